package fr.vigie.statistics.control;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Points in order of time, and where they may lie. */
public record Chart(List<Double> points, Limits limits) {
  /**
   * @throws IllegalArgumentException when a point is not finite
   */
  public Chart {
    points = List.copyOf(points);
    for (double point : points) {
      if (!Double.isFinite(point)) {
        throw new IllegalArgumentException("a chart cannot hold " + point);
      }
    }
  }

  /**
   * Where rules are broken: for each that is, the indexes from 0 of the points that complete the
   * pattern. Rules other than those of one point hold for means and individuals only.
   */
  public Map<Rule, List<Integer>> broken(Set<Rule> rules) {
    Map<Rule, List<Integer>> broken = new TreeMap<>();
    for (Rule rule : rules) {
      List<Integer> lasts = rule.lasts(points, limits);
      if (!lasts.isEmpty()) {
        broken.put(rule, lasts);
      }
    }
    return broken;
  }

  /** The indexes from 0 of points beyond a limit: the only rule that a chart of spread has. */
  public List<Integer> beyond() {
    return IntStream.range(0, points.size())
        .filter(i -> points.get(i) > limits.upper() || points.get(i) < limits.lower())
        .boxed()
        .toList();
  }
}
