package fr.vigie.statistics.control;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.hipparchus.stat.descriptive.moment.StandardDeviation;

/**
 * A chart of location, the chart of spread beside it, and σ as the spread of neighbours tells it.
 * Limits come from the observations themselves (phase I); hold new ones against them with {@link
 * Chart} and these limits.
 *
 * @param observations all of them, in order of time
 * @param location individuals, or means of subgroups
 * @param spread moving ranges, ranges or standard deviations
 * @param sigma short-term standard deviation of an observation, zero when all are alike
 */
public record ControlCharts(List<Double> observations, Chart location, Chart spread, double sigma) {
  public ControlCharts {
    observations = List.copyOf(observations);
  }

  /**
   * Individuals and moving ranges (I-MR): σ is the mean moving range over 1.128. The first moving
   * range belongs to the second observation.
   *
   * @throws IllegalArgumentException when there are fewer than 2, or one is not finite
   */
  public static ControlCharts individuals(double... observations) {
    if (observations.length < 2) {
      throw new IllegalArgumentException(
          "individuals and moving ranges want 2 observations, found " + observations.length);
    }
    List<Double> ranges = new ArrayList<>();
    for (int i = 1; i < observations.length; i++) {
      ranges.add(Math.abs(observations[i] - observations[i - 1]));
    }
    List<Double> points = Arrays.stream(observations).boxed().toList();
    double sigma = mean(ranges) / Constants.d2(2);
    return new ControlCharts(
        points, new Chart(points, Limits.about(mean(points), sigma)), rangeChart(ranges, 2), sigma);
  }

  /**
   * Means and ranges (X̄/R): σ is the mean range over d2.
   *
   * @param subgroups at least 2, all of one size from 2 to 10
   * @throws IllegalArgumentException when they are not, or an observation is not finite
   */
  public static ControlCharts meansAndRanges(double[]... subgroups) {
    int size = size(subgroups);
    List<Double> ranges = each(subgroups, ControlCharts::range);
    double sigma = mean(ranges) / Constants.d2(size);
    return of(subgroups, rangeChart(ranges, size), sigma);
  }

  /**
   * Means and standard deviations (X̄/S): σ is the mean standard deviation over c4.
   *
   * @param subgroups at least 2, all of one size of 2 or more
   * @throws IllegalArgumentException when they are not, or an observation is not finite
   */
  public static ControlCharts meansAndDeviations(double[]... subgroups) {
    int size = size(subgroups);
    List<Double> deviations = each(subgroups, group -> new StandardDeviation().evaluate(group));
    double c4 = Constants.c4(size);
    double mean = mean(deviations);
    double reach = 3 * mean * Math.sqrt(1 - c4 * c4) / c4;
    Limits limits = new Limits(Math.max(0, mean - reach), mean, mean + reach);
    return of(subgroups, new Chart(deviations, limits), mean / c4);
  }

  private static ControlCharts of(double[][] subgroups, Chart spread, double sigma) {
    List<Double> means = each(subgroups, group -> Arrays.stream(group).average().orElseThrow());
    List<Double> all = Arrays.stream(subgroups).flatMapToDouble(Arrays::stream).boxed().toList();
    Limits limits = Limits.about(mean(means), sigma / Math.sqrt(subgroups[0].length));
    return new ControlCharts(all, new Chart(means, limits), spread, sigma);
  }

  private static Chart rangeChart(List<Double> ranges, int size) {
    double mean = mean(ranges);
    return new Chart(
        ranges,
        new Limits(Constants.lowerRange(size) * mean, mean, Constants.upperRange(size) * mean));
  }

  private static int size(double[][] subgroups) {
    int size = subgroups.length == 0 ? 0 : subgroups[0].length;
    boolean even = Arrays.stream(subgroups).allMatch(group -> group.length == size);
    if (subgroups.length < 2 || size < 2 || !even) {
      throw new IllegalArgumentException(
          "wanted 2 or more subgroups of one size of 2 or more, found sizes "
              + Arrays.stream(subgroups).map(group -> group.length).toList());
    }
    return size;
  }

  private static double range(double[] group) {
    return Arrays.stream(group).max().orElseThrow() - Arrays.stream(group).min().orElseThrow();
  }

  private static List<Double> each(double[][] subgroups, ToDoubleFunction<double[]> figure) {
    return Arrays.stream(subgroups).mapToDouble(figure).boxed().toList();
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(value -> value).average().orElseThrow();
  }
}
