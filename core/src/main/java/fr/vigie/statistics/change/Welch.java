package fr.vigie.statistics.change;

import fr.vigie.statistics.regression.Estimate;

/** Comparison of two means whose samples need not spread alike (Welch, Biometrika, 1947). */
public final class Welch {
  private Welch() {}

  /**
   * Mean after less mean before, with the degrees of freedom of Satterthwaite. Its t and p are
   * those of Welch's test.
   */
  public static Estimate difference(Moments before, Moments after) {
    double first = before.meanVariance();
    double second = after.meanVariance();
    double sum = first + second;
    double freedom =
        sum == 0
            ? before.size() + after.size() - 2
            : sum
                * sum
                / (first * first / (before.size() - 1) + second * second / (after.size() - 1));
    return new Estimate(after.mean() - before.mean(), Math.sqrt(sum), freedom);
  }
}
