package fr.vigie.statistics.control;

import java.util.OptionalDouble;

/**
 * What a characteristic may measure, in its own unit.
 *
 * @param lower LSL, if there is one
 * @param upper USL, if there is one
 * @param target what it should measure; without one the middle of two limits
 */
public record Tolerance(OptionalDouble lower, OptionalDouble upper, OptionalDouble target) {
  /**
   * @throws IllegalArgumentException when there is no limit, or the lower is not below the upper
   */
  public Tolerance {
    double low = lower.orElse(Double.NEGATIVE_INFINITY);
    double high = upper.orElse(Double.POSITIVE_INFINITY);
    if (!(low < high) || lower.isEmpty() && upper.isEmpty()) {
      throw new IllegalArgumentException("a tolerance from " + low + " to " + high);
    }
    if (target.isEmpty() && lower.isPresent() && upper.isPresent()) {
      target = OptionalDouble.of(low / 2 + high / 2);
    }
  }

  public static Tolerance between(double lower, double upper) {
    return new Tolerance(
        OptionalDouble.of(lower), OptionalDouble.of(upper), OptionalDouble.empty());
  }

  /** Only too much is wrong. */
  public static Tolerance atMost(double upper) {
    return new Tolerance(OptionalDouble.empty(), OptionalDouble.of(upper), OptionalDouble.empty());
  }

  /** Only too little is wrong. */
  public static Tolerance atLeast(double lower) {
    return new Tolerance(OptionalDouble.of(lower), OptionalDouble.empty(), OptionalDouble.empty());
  }

  public Tolerance withTarget(double wanted) {
    return new Tolerance(lower, upper, OptionalDouble.of(wanted));
  }
}
