package fr.vigie.statistics.control;

import org.hipparchus.special.Gamma;

/**
 * Constants of control charts for subgroups of a normal process. Those of ranges are the three
 * decimals that ISO 7870-2 and ASTM E2587 print: published indices were made with them, and exact
 * ones would differ from all of them in the fourth digit.
 */
final class Constants {
  /** Of a range for subgroups from 2 on: d2, D3 and D4. */
  private static final double[][] RANGES = {
    {1.128, 0, 3.267},
    {1.693, 0, 2.574},
    {2.059, 0, 2.282},
    {2.326, 0, 2.114},
    {2.534, 0, 2.004},
    {2.704, 0.076, 1.924},
    {2.847, 0.136, 1.864},
    {2.970, 0.184, 1.816},
    {3.078, 0.223, 1.777}
  };

  private static final int LARGEST = RANGES.length + 1;

  private Constants() {}

  /** Mean range over σ. */
  static double d2(int size) {
    return range(size)[0];
  }

  /** Lower limit of ranges over their mean. */
  static double lowerRange(int size) {
    return range(size)[1];
  }

  /** Upper limit of ranges over their mean. */
  static double upperRange(int size) {
    return range(size)[2];
  }

  /** Mean standard deviation over σ, c4 = √(2/(n−1)) Γ(n/2) / Γ((n−1)/2). */
  static double c4(int size) {
    return Math.sqrt(2.0 / (size - 1))
        * Math.exp(Gamma.logGamma(size / 2.0) - Gamma.logGamma((size - 1) / 2.0));
  }

  private static double[] range(int size) {
    if (size < 2 || size > LARGEST) {
      throw new IllegalArgumentException(
          "ranges serve subgroups of 2 to " + LARGEST + ", found " + size);
    }
    return RANGES[size - 2];
  }
}
