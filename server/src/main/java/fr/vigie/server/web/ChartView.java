package fr.vigie.server.web;

import fr.vigie.statistics.control.Chart;
import fr.vigie.statistics.control.Limits;
import fr.vigie.statistics.control.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A chart and which rules it breaks, in the unit of the signal.
 *
 * @param broken by rule, the indexes from 0 of the points that complete its pattern; rules that are
 *     not broken are left out
 */
record ChartView(
    double lower,
    double centre,
    double upper,
    List<PointView> points,
    Map<String, List<Integer>> broken) {
  /**
   * @param time of the last observation in it
   */
  record PointView(Instant time, double value) {}

  /** A chart of location, to which all rules apply. */
  static ChartView ofLocation(Chart chart, List<Instant> times) {
    Map<String, List<Integer>> broken = new LinkedHashMap<>();
    for (Set<Rule> rules : List.of(Rule.NELSON, Rule.WESTERN_ELECTRIC)) {
      broken.putAll(words(chart.broken(rules)));
    }
    return of(chart, times, broken);
  }

  /** A chart of spread, of which points can only lie beyond a limit. */
  static ChartView ofSpread(Chart chart, List<Instant> times) {
    List<Integer> beyond = chart.beyond();
    return of(chart, times, beyond.isEmpty() ? Map.of() : Map.of("beyond", beyond));
  }

  static Map<String, List<Integer>> words(Map<Rule, List<Integer>> broken) {
    Map<String, List<Integer>> words = new LinkedHashMap<>();
    broken.forEach((rule, points) -> words.put(LossesView.word(rule), points));
    return words;
  }

  private static ChartView of(Chart chart, List<Instant> times, Map<String, List<Integer>> broken) {
    List<PointView> points = new ArrayList<>();
    for (int i = 0; i < times.size(); i++) {
      points.add(new PointView(times.get(i), chart.points().get(i)));
    }
    Limits limits = chart.limits();
    return new ChartView(limits.lower(), limits.centre(), limits.upper(), points, broken);
  }
}
