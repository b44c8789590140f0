package fr.vigie.statistics.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Patterns that points of a stable process hardly ever make: those of Nelson (Journal of Quality
 * Technology, 1984) and those of the Western Electric handbook (1956). A point on the centre line
 * is on neither side and ends a run.
 */
public enum Rule {
  /** One point beyond three sigma. */
  NELSON_1(1, (points, limits) -> beyond(points, limits, 3, 1)),
  /** Nine on one side of the centre. */
  NELSON_2(9, (points, limits) -> beyond(points, limits, 0, 9)),
  /** Six steadily up, or steadily down. */
  NELSON_3(6, (points, limits) -> turns(points, 1) == 0),
  /** Fourteen that go up and down in turn. */
  NELSON_4(14, (points, limits) -> turns(points, -1) == 0),
  /** Two of three beyond two sigma on one side. */
  NELSON_5(3, (points, limits) -> beyond(points, limits, 2, 2)),
  /** Four of five beyond one sigma on one side. */
  NELSON_6(5, (points, limits) -> beyond(points, limits, 1, 4)),
  /** Fifteen within one sigma. */
  NELSON_7(15, (points, limits) -> within(points, limits) == 15),
  /** Eight in a row of which none is within one sigma, on either side. */
  NELSON_8(8, (points, limits) -> outside(points, limits) == 8),
  /** One point beyond three sigma. */
  WESTERN_ELECTRIC_1(1, (points, limits) -> beyond(points, limits, 3, 1)),
  /** Two of three beyond two sigma on one side. */
  WESTERN_ELECTRIC_2(3, (points, limits) -> beyond(points, limits, 2, 2)),
  /** Four of five beyond one sigma on one side. */
  WESTERN_ELECTRIC_3(5, (points, limits) -> beyond(points, limits, 1, 4)),
  /** Eight on one side of the centre. */
  WESTERN_ELECTRIC_4(8, (points, limits) -> beyond(points, limits, 0, 8));

  public static final Set<Rule> NELSON =
      Set.of(NELSON_1, NELSON_2, NELSON_3, NELSON_4, NELSON_5, NELSON_6, NELSON_7, NELSON_8);

  public static final Set<Rule> WESTERN_ELECTRIC =
      Set.of(WESTERN_ELECTRIC_1, WESTERN_ELECTRIC_2, WESTERN_ELECTRIC_3, WESTERN_ELECTRIC_4);

  /** What points in a row make, or do not make. */
  private interface Pattern {
    boolean isMadeBy(List<Double> points, Limits limits);
  }

  private final int length;
  private final Pattern pattern;

  Rule(int length, Pattern pattern) {
    this.length = length;
    this.pattern = pattern;
  }

  /** The indexes, from 0, of the points at which the pattern is complete, in order. */
  public List<Integer> lasts(List<Double> points, Limits limits) {
    List<Integer> lasts = new ArrayList<>();
    for (int end = length; end <= points.size(); end++) {
      if (pattern.isMadeBy(points.subList(end - length, end), limits)) {
        lasts.add(end - 1);
      }
    }
    return lasts;
  }

  private static boolean beyond(List<Double> points, Limits limits, double sigmas, int wanted) {
    int above = 0;
    int below = 0;
    for (double point : points) {
      double off = point - limits.centre();
      above += off > sigmas * limits.sigma() ? 1 : 0;
      below += -off > sigmas * limits.sigma() ? 1 : 0;
    }
    return Math.max(above, below) >= wanted;
  }

  /** How many steps do not go as the one before them, which is {@code wanted}: 1 the same way. */
  private static int turns(List<Double> points, int wanted) {
    int turns = 0;
    double before = 0;
    for (int i = 1; i < points.size(); i++) {
      double step = Math.signum(points.get(i) - points.get(i - 1));
      boolean goes = i == 1 ? step != 0 : step != 0 && step == wanted * before;
      turns += goes ? 0 : 1;
      before = step;
    }
    return turns;
  }

  private static int within(List<Double> points, Limits limits) {
    return count(points, limits, true);
  }

  private static int outside(List<Double> points, Limits limits) {
    return count(points, limits, false);
  }

  private static int count(List<Double> points, Limits limits, boolean inside) {
    int count = 0;
    for (double point : points) {
      double off = Math.abs(point - limits.centre());
      count += inside ? (off < limits.sigma() ? 1 : 0) : (off > limits.sigma() ? 1 : 0);
    }
    return count;
  }
}
