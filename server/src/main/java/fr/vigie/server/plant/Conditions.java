package fr.vigie.server.plant;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * How a machine was described over time: every description that it ever had, the oldest first. What
 * a description says of names and money has no part in figures.
 */
public final class Conditions {
  private static final Set<String> NO_PART_IN_FIGURES =
      Set.of(
          "machine",
          "label",
          "line",
          "site",
          "speed",
          "in-service-since",
          "cost-per-hour",
          "condition");

  private final List<Description> descriptions;

  record Description(Instant since, Map<String, Object> tree) {}

  Conditions(List<Description> descriptions) {
    this.descriptions = List.copyOf(descriptions);
  }

  /**
   * The keys of the description that was in force and what they said; before the first one, that of
   * the first.
   */
  public Map<String, String> at(Instant instant) {
    Map<String, String> conditions = new TreeMap<>();
    Map<String, Object> tree = Map.of();
    for (Description each : descriptions) {
      if (tree.isEmpty() || !each.since().isAfter(instant)) {
        tree = each.tree();
      }
    }
    tree.forEach(
        (key, value) ->
            Optional.ofNullable(value)
                .ifPresent(said -> conditions.put(key, withoutPrice(inOrder(said)))));
    conditions.keySet().removeAll(NO_PART_IN_FIGURES);
    return conditions;
  }

  private static String withoutPrice(Object value) {
    if (value instanceof Map<?, ?> map) {
      map.remove("price");
    }
    return value.toString();
  }

  /** The same description in another order of keys is the same. */
  private static Object inOrder(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> sorted = new TreeMap<>();
      map.forEach((key, inner) -> sorted.put(String.valueOf(key), inOrder(inner)));
      return sorted;
    }
    return value instanceof List<?> list ? list.stream().map(Conditions::inOrder).toList() : value;
  }
}
