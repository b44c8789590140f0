package fr.vigie.example.trial;

import fr.vigie.example.workshop.Workshop;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the server is told of the workshop's machines. */
final class Machines {
  private Machines() {}

  /** The trees of the REST API, by machine. */
  static Map<String, Map<String, Object>> trees(String site, Instant inService) {
    Map<String, Map<String, Object>> trees = new LinkedHashMap<>();
    trees.put(
        Workshop.PRESS,
        tree(
            site,
            inService,
            Map.of("label", "Presse 40 t", "line", "Emboutissage", "reference-cycle", "6s"),
            Map.of("AUTO", "running", "WAITING", "idle", "FAULT", "stopped"),
            Map.of("parts", Map.of("counter", "parts"), "scrap", Map.of("counter", "scrap"))));
    trees.put(
        Workshop.FILLER,
        tree(
            site,
            inService,
            Map.of("label", "Remplisseuse", "line", "Conditionnement", "reference-cycle", "2s"),
            Map.of("RUN", "running", "JAM", "stopped", "ALARM", "stopped"),
            Map.of(
                "parts",
                Map.of("counter", "count"),
                "scrap",
                Map.of("counter", "scrap"),
                "speed",
                Map.of("signal", "speed"))));
    return trees;
  }

  private static Map<String, Object> tree(
      String site,
      Instant inService,
      Map<String, Object> texts,
      Map<String, String> states,
      Map<String, Object> counters) {
    Map<String, Object> tree = new LinkedHashMap<>(texts);
    tree.put("site", site);
    tree.put("micro-stop", "60s");
    tree.put("in-service-since", inService.toString());
    tree.put("shifts", "none");
    tree.put(
        "state",
        Map.of("signal", "state", "values", states, "otherwise", "unobserved", "dwell", "0s"));
    tree.putAll(counters);
    return tree;
  }
}
