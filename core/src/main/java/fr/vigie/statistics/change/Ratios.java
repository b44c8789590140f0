package fr.vigie.statistics.change;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * A series of ratios in order of time, such as useful over required time of shifts. Its ratio is
 * that of the sums: a shift of eight hours weighs twice as much as one of four.
 *
 * @param denominators above zero, one for each numerator
 */
public record Ratios(double[] numerators, double[] denominators) {
  /**
   * @throws IllegalArgumentException when there are none or not as many of both, one is not finite,
   *     or a denominator is not above zero
   */
  public Ratios {
    if (numerators.length == 0 || numerators.length != denominators.length) {
      throw new IllegalArgumentException(
          numerators.length + " numerators over " + denominators.length + " denominators");
    }
    numerators = numerators.clone();
    denominators = denominators.clone();
    for (int i = 0; i < numerators.length; i++) {
      if (!Double.isFinite(numerators[i]) || !(denominators[i] > 0 && denominators[i] < 1 / 0.0)) {
        throw new IllegalArgumentException(
            "a ratio of " + numerators[i] + " over " + denominators[i]);
      }
    }
  }

  /** Plain observations, which all weigh the same. */
  public static Ratios ofValues(double... values) {
    double[] ones = new double[values.length];
    Arrays.fill(ones, 1);
    return new Ratios(values, ones);
  }

  @Override
  public double[] numerators() {
    return numerators.clone();
  }

  @Override
  public double[] denominators() {
    return denominators.clone();
  }

  public int size() {
    return numerators.length;
  }

  /** Sum of the numerators over that of the denominators. */
  public double ratio() {
    return ratio(i -> i);
  }

  public double weight() {
    return Arrays.stream(denominators).sum();
  }

  /**
   * What each element adds to the ratio, so that the mean of these values is the ratio and their
   * variance over their number is the ratio's: R + (numerator − R × denominator) / mean denominator
   * (linearisation of a ratio estimator; Cochran, Sampling Techniques, 6). The plain observations
   * when all weigh the same.
   */
  public double[] influences() {
    double ratio = ratio();
    double mean = weight() / size();
    double[] influences = new double[size()];
    for (int i = 0; i < influences.length; i++) {
      influences[i] = ratio + (numerators[i] - ratio * denominators[i]) / mean;
    }
    return influences;
  }

  /** The ratio of as many elements, those that {@code chosen} says. */
  double ratio(IntUnaryOperator chosen) {
    double above = 0;
    double below = 0;
    for (int i = 0; i < size(); i++) {
      int at = chosen.applyAsInt(i);
      above += numerators[at];
      below += denominators[at];
    }
    return above / below;
  }
}
