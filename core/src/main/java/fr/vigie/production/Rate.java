package fr.vigie.production;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * A ratio that keeps its numerator and denominator, so that rates of several shifts are added and
 * not averaged. Never clamped to 0..1.
 *
 * @param numerator nanoseconds or parts
 * @param denominator in the unit of the numerator
 * @param of what both count
 */
public record Rate(long numerator, long denominator, Of of) {
  /** Not known, whatever the numbers: something that the rate needs is not configured. */
  public static final Rate UNKNOWN = new Rate(0, 0, Of.NOTHING);

  /** What the two numbers of a rate count. */
  public enum Of {
    NANOSECONDS,
    PARTS,
    NOTHING
  }

  /** A rate of times; 292 years stand for any longer time. */
  public static Rate of(Duration numerator, Duration denominator) {
    return new Rate(nanos(numerator), nanos(denominator), Of.NANOSECONDS);
  }

  public static Rate ofParts(long numerator, long denominator) {
    return new Rate(numerator, denominator, Of.PARTS);
  }

  /** The quotient, 1 for 100 %; empty when the denominator is zero or the rate is not known. */
  public OptionalDouble ratio() {
    return denominator == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) numerator / denominator);
  }

  /** Above 100 %: for a performance rate, the reference cycle is longer than the real one. */
  public boolean isOverReference() {
    return denominator > 0 && numerator > denominator;
  }

  private static long nanos(Duration time) {
    if (time.abs().compareTo(Duration.ofNanos(Long.MAX_VALUE)) > 0) {
      return time.isNegative() ? -Long.MAX_VALUE : Long.MAX_VALUE;
    }
    return time.toNanos();
  }

  /**
   * The rate over both; not known when one of them is not.
   *
   * @throws IllegalArgumentException when one counts time and the other parts
   */
  public Rate plus(Rate other) {
    if (of == Of.NOTHING || other.of == Of.NOTHING) {
      return UNKNOWN;
    }
    if (of != other.of) {
      throw new IllegalArgumentException("cannot add a rate of " + other.of + " to one of " + of);
    }
    return new Rate(
        Math.addExact(numerator, other.numerator),
        Math.addExact(denominator, other.denominator),
        of);
  }
}
