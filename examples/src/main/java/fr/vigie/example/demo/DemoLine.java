package fr.vigie.example.demo;

import fr.vigie.example.checker.Finding;
import fr.vigie.example.checker.Report;
import java.util.Map;
import java.util.OptionalDouble;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The last line of a demo that ends by itself. */
final class DemoLine {
  private static final JsonMapper JSON = new JsonMapper();

  private DemoLine() {}

  /**
   * @param report produced as the ledger counts it, stored as the store does
   * @param trs by machine, empty where there is none
   */
  static String of(Report report, Map<String, OptionalDouble> trs) {
    Finding total = report.total();
    ObjectNode line = JSON.createObjectNode();
    line.put("produced", total.produced());
    line.put("stored", total.stored());
    line.put("lost", lost(total));
    line.put("duplicated", total.duplicated());
    ObjectNode rates = line.putObject("trs");
    trs.forEach(
        (machine, ratio) -> {
          if (ratio.isPresent()) {
            rates.put(machine, ratio.getAsDouble());
          } else {
            rates.putNull(machine);
          }
        });
    return JSON.writeValueAsString(line);
  }

  /** Everything that was said and is not stored, declared or not. */
  static long lost(Finding total) {
    return total.missing() + total.declared();
  }
}
