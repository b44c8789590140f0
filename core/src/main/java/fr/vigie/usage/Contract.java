package fr.vigie.usage;

import fr.vigie.signal.Names;
import fr.vigie.time.Span;

/**
 * Who uses which machine, and when.
 *
 * @param id a {@linkplain Names name}
 * @param customer free text
 * @param period from its start up to and without its end
 */
public record Contract(String id, String customer, String machine, Span period) {
  /**
   * @throws IllegalArgumentException when id or machine is not a name, the customer is not a line
   *     of 1 to 120 characters, or the period is empty
   */
  public Contract {
    Names.check("contract", id);
    Names.check("machine", machine);
    Line.check("customer", customer);
    if (customer.isBlank() || period.isEmpty()) {
      throw new IllegalArgumentException("a contract has a customer and a period");
    }
  }

  /** What the first entry of its chain stands on, so that nobody exchanges the contract. */
  String root() {
    return Line.sha256(
        "vigie-usage-contract 1\n"
            + ("contract=" + id + '\n')
            + ("customer=" + customer + '\n')
            + ("machine=" + machine + '\n')
            + ("from=" + period.start() + '\n')
            + ("to=" + period.end() + '\n'));
  }
}
