package fr.vigie.statistics.change;

import java.util.Arrays;
import java.util.OptionalDouble;

/** How far observations follow from those before them. */
public final class Autocorrelation {
  private Autocorrelation() {}

  /**
   * The correlation of a series with itself so many observations later, by the estimator that
   * divides by the size (biased towards zero, and never beyond ±1); empty when all observations are
   * alike.
   *
   * @param lag at least 1 and less than the size of the series
   */
  public static OptionalDouble at(int lag, double... values) {
    if (lag < 1 || lag >= values.length) {
      throw new IllegalArgumentException("a lag of " + lag + " in " + values.length + " values");
    }
    double mean = Arrays.stream(values).average().orElseThrow();
    double all = 0;
    double together = 0;
    for (int i = 0; i < values.length; i++) {
      double off = values[i] - mean;
      all += off * off;
      together += i < lag ? 0 : off * (values[i - lag] - mean);
    }
    return all == 0 ? OptionalDouble.empty() : OptionalDouble.of(together / all);
  }

  /**
   * As many independent observations tell as much about a mean: n (1 − r₁) / (1 + r₁) for a series
   * in which only neighbours follow from each other. A negative r₁ is not taken for more
   * observations than there are, since a few of them show one by chance.
   */
  public static double effectiveSize(double... values) {
    double first = values.length < 2 ? 0 : at(1, values).orElse(0);
    return first <= 0 ? values.length : values.length * (1 - first) / (1 + first);
  }
}
