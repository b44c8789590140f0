package fr.vigie.statistics;

import org.hipparchus.distribution.continuous.ChiSquaredDistribution;

/** Bounds of the mean of a Poisson distribution, of which one number of events was seen. */
public final class PoissonBound {
  private PoissonBound() {}

  /**
   * What the mean is at most: half of the chi-squared quantile of 2N + 2 degrees of freedom
   * (Garwood 1936).
   *
   * @param events N, not negative
   * @param confidence one-sided, between 0 and 1
   */
  public static double upper(int events, double confidence) {
    return new ChiSquaredDistribution(2.0 * events + 2).inverseCumulativeProbability(confidence)
        / 2;
  }
}
