package fr.vigie.statistics.control;

import fr.vigie.statistics.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hipparchus.distribution.continuous.ChiSquaredDistribution;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.stat.descriptive.moment.StandardDeviation;

/**
 * How well a process fits its tolerance. Cp and Cpk take the short-term σ of a chart, Pp, Ppk and
 * Cpm the standard deviation of all observations (n − 1). What a tolerance of one side has no
 * meaning for is empty, and so is everything when all observations are alike.
 */
public final class Capability {
  /** Fewer observations than this say too little. */
  public static final int FEWEST = 25;

  /** Fewer than this are to be taken with care. */
  public static final int ENOUGH = 50;

  private final ControlCharts charts;
  private final Tolerance tolerance;
  private final double mean;
  private final double overall;

  private Capability(ControlCharts charts, Tolerance tolerance) {
    this.charts = charts;
    this.tolerance = tolerance;
    double[] all = charts.observations().stream().mapToDouble(each -> each).toArray();
    mean = Arrays.stream(all).average().orElseThrow();
    overall = new StandardDeviation().evaluate(all);
  }

  public static Capability of(ControlCharts charts, Tolerance tolerance) {
    return new Capability(charts, tolerance);
  }

  /** Why indices are not to be shown as a result. */
  public enum Refusal {
    TOO_FEW_OBSERVATIONS,
    ALL_ALIKE
  }

  /** An index and where the true one lies if the process is stable and normal. */
  public record Index(double value, Interval interval) {}

  public int observations() {
    return charts.observations().size();
  }

  public double mean() {
    return mean;
  }

  /** Short-term standard deviation, of the chart. */
  public double within() {
    return charts.sigma();
  }

  /** Standard deviation of all observations. */
  public double overall() {
    return overall;
  }

  /** Why the indices are not to be shown, if so; they still say what there is. */
  public Optional<Refusal> refusal() {
    if (observations() < FEWEST) {
      return Optional.of(Refusal.TOO_FEW_OBSERVATIONS);
    }
    return overall == 0 ? Optional.of(Refusal.ALL_ALIKE) : Optional.empty();
  }

  /** Whether the observations are so few that the indices are to be taken with care. */
  public boolean isUncertain() {
    return observations() < ENOUGH;
  }

  /** Nelson's rules that the chart of location breaks: not stable, so capability means little. */
  public Map<Rule, List<Integer>> instability() {
    return charts.location().broken(Rule.NELSON);
  }

  /** Width of the tolerance over 6 σ; only for a tolerance of two sides. */
  public Optional<Index> cp(double confidence) {
    return index(width(charts.sigma()), value -> byVariance(value, observations() - 1, confidence));
  }

  /** From the mean to the nearer limit over 3 σ. */
  public Optional<Index> cpk(double confidence) {
    return index(nearer(charts.sigma()), value -> byBissell(value, confidence));
  }

  /** {@link #cp} with the standard deviation of all observations. */
  public Optional<Index> pp(double confidence) {
    return index(width(overall), value -> byVariance(value, observations() - 1, confidence));
  }

  /** {@link #cpk} with the standard deviation of all observations. */
  public Optional<Index> ppk(double confidence) {
    return index(nearer(overall), value -> byBissell(value, confidence));
  }

  /** Width of the tolerance over 6 √(s² + (mean − target)²); only for a tolerance of two sides. */
  public Optional<Index> cpm(double confidence) {
    OptionalDouble target = tolerance.target();
    if (target.isEmpty() || overall == 0) {
      return Optional.empty();
    }
    double off = mean - target.getAsDouble();
    double ratio = off * off / (overall * overall);
    double freedom = observations() * (1 + ratio) * (1 + ratio) / (1 + 2 * ratio);
    return index(width(Math.hypot(overall, off)), value -> byVariance(value, freedom, confidence));
  }

  private interface Range {
    Interval of(double value);
  }

  private static Optional<Index> index(OptionalDouble value, Range range) {
    return value.isEmpty()
        ? Optional.empty()
        : Optional.of(new Index(value.getAsDouble(), range.of(value.getAsDouble())));
  }

  private OptionalDouble width(double sigma) {
    if (tolerance.lower().isEmpty() || tolerance.upper().isEmpty() || sigma == 0) {
      return OptionalDouble.empty();
    }
    double width = tolerance.upper().getAsDouble() - tolerance.lower().getAsDouble();
    return OptionalDouble.of(width / (6 * sigma));
  }

  private OptionalDouble nearer(double sigma) {
    if (sigma == 0) {
      return OptionalDouble.empty();
    }
    double above = tolerance.upper().orElse(Double.POSITIVE_INFINITY) - mean;
    double below = mean - tolerance.lower().orElse(Double.NEGATIVE_INFINITY);
    return OptionalDouble.of(Math.min(above, below) / (3 * sigma));
  }

  private static Interval byVariance(double value, double freedom, double confidence) {
    Interval.checkConfidence(confidence);
    ChiSquaredDistribution law = new ChiSquaredDistribution(freedom);
    double low = law.inverseCumulativeProbability((1 - confidence) / 2);
    double high = law.inverseCumulativeProbability((1 + confidence) / 2);
    return new Interval(
        value * Math.sqrt(low / freedom), value * Math.sqrt(high / freedom), confidence);
  }

  /** Bissell (Applied Statistics, 1990). */
  private Interval byBissell(double value, double confidence) {
    Interval.checkConfidence(confidence);
    double quantile = new NormalDistribution().inverseCumulativeProbability((1 + confidence) / 2);
    int size = observations();
    double error = Math.sqrt(1.0 / (9 * size) + value * value / (2.0 * (size - 1)));
    return Interval.about(value, quantile * error, confidence);
  }
}
