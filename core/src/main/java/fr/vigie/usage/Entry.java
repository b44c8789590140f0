package fr.vigie.usage;

import fr.vigie.production.MachineState;
import fr.vigie.time.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * One link of a contract's chain: what was used in a span, as known when it was recorded.
 *
 * @param sequence from 1 on, without holes
 * @param corrects the entry whose span is read anew; empty for a first reading
 * @param why of a correction, one line; empty for a first reading
 * @param previous hash of the entry before, or of the contract for the first
 * @param hash SHA-256 of all the rest, in hexadecimal
 */
public record Entry(
    long sequence,
    Instant recorded,
    Span span,
    OptionalLong corrects,
    String why,
    Quantities quantities,
    String previous,
    String hash) {
  public Entry {
    Line.check("why", why);
  }

  /** The next entry of a chain. */
  static Entry linked(
      Contract contract,
      long sequence,
      Instant recorded,
      Span span,
      OptionalLong corrects,
      String why,
      Quantities quantities,
      String previous) {
    Entry open = new Entry(sequence, recorded, span, corrects, why, quantities, previous, "");
    return new Entry(
        sequence, recorded, span, corrects, why, quantities, previous, open.computed(contract));
  }

  /** The hash that its contents have. */
  String computed(Contract contract) {
    return Line.sha256(text(contract));
  }

  private String text(Contract contract) {
    StringBuilder text = new StringBuilder("vigie-usage-entry 1\n");
    text.append("contract=" + contract.id() + '\n')
        .append("sequence=" + sequence + '\n')
        .append("recorded=" + recorded + '\n')
        .append("from=" + span.start() + '\n')
        .append("to=" + span.end() + '\n')
        .append("corrects=" + text(corrects) + '\n')
        .append("why=" + why + '\n');
    for (MachineState state : MachineState.values()) {
      Duration time = quantities.time(state);
      text.append(state.name().toLowerCase(Locale.ROOT) + "-ms=" + time.toMillis() + '\n');
    }
    return text.append("cycles=" + text(quantities.cycles()) + '\n')
        .append("parts=" + text(quantities.parts()) + '\n')
        .append("energy-wh=" + text(quantities.wattHours()) + '\n')
        .append("previous=" + previous + '\n')
        .toString();
  }

  private static String text(OptionalLong number) {
    return number.isPresent() ? Long.toString(number.getAsLong()) : "";
  }
}
