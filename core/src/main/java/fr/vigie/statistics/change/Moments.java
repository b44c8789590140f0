package fr.vigie.statistics.change;

import java.util.Arrays;
import org.hipparchus.stat.descriptive.moment.Variance;

/**
 * What a comparison of means needs to know of a sample.
 *
 * @param variance of one observation (n − 1)
 * @param size as many independent observations, above 1; need not be a whole number
 */
public record Moments(double mean, double variance, double size) {
  public Moments {
    if (!(size > 1 && variance >= 0 && Double.isFinite(mean + variance + size))) {
      throw new IllegalArgumentException(
          "a sample of " + size + " about " + mean + " with variance " + variance);
    }
  }

  /** Of independent observations. */
  public static Moments of(double... values) {
    return new Moments(
        Arrays.stream(values).average().orElse(0), new Variance().evaluate(values), values.length);
  }

  /** Of observations of which each may follow from the one before it. */
  public static Moments correlated(double... values) {
    Moments plain = of(values);
    return new Moments(plain.mean, plain.variance, Autocorrelation.effectiveSize(values));
  }

  double meanVariance() {
    return variance / size;
  }
}
