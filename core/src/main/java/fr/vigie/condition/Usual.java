package fr.vigie.condition;

import fr.vigie.statistics.change.Autocorrelation;
import java.util.Arrays;
import java.util.Optional;

/**
 * What is usual of a signal, learned from means over blocks of a stretch in which nothing was the
 * matter.
 *
 * @param level their median
 * @param spread their standard deviation from the median absolute deviation, so that a few outliers
 *     do not count
 * @param correlation how many blocks tell as much as one that depends on no other: the sum of the
 *     autocorrelations to either side, up to the first that is not positive
 */
public record Usual(double level, double spread, double correlation) {
  /** Of a normal distribution, the standard deviation over the median absolute deviation. */
  private static final double NORMAL = 1.4826;

  /** The deviation over which sums build up as sums of independent blocks would. */
  public double longRunSpread() {
    return spread * Math.sqrt(correlation);
  }

  /** Empty when the signal hardly moved, so that nothing is known of its spread. */
  static Optional<Usual> learn(double[] means) {
    if (means.length == 0) {
      return Optional.empty();
    }
    double level = median(means);
    double spread = NORMAL * median(Arrays.stream(means).map(it -> Math.abs(it - level)).toArray());
    return spread > 0
        ? Optional.of(new Usual(level, spread, correlation(means)))
        : Optional.empty();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  private static double correlation(double[] values) {
    double sum = 1;
    for (int lag = 1; lag < values.length / 2; lag++) {
      double correlation = Autocorrelation.at(lag, values).orElse(0);
      if (correlation <= 0) {
        break;
      }
      sum += 2 * correlation;
    }
    return sum;
  }
}
