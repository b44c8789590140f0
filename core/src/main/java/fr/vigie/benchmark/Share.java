package fr.vigie.benchmark;

import java.util.OptionalDouble;

/**
 * What the machines of one company add to a measure.
 *
 * @param machines how many, at least one
 * @param minutes the rate's numerator; negative when more scrap was declared than was made
 * @param ofMinutes its denominator
 */
public record Share(long machines, long minutes, long ofMinutes) {
  static final Share NOTHING = new Share(0, 0, 0);

  /** Of a million machines in a month of 31 days. */
  private static final long MOST = 1_000_000L * 31 * 24 * 60;

  /**
   * @throws IllegalArgumentException when a number is out of range
   */
  public Share {
    if (machines < 0 || ofMinutes < 0 || ofMinutes > MOST * 1_000 || machines > MOST) {
      throw new IllegalArgumentException(
          "a share has at least 0 machines and 0 minutes: found " + machines + ", " + ofMinutes);
    }
    if (Math.abs(minutes) > MOST * 1_000) {
      throw new IllegalArgumentException("a share's minutes are out of range: found " + minutes);
    }
  }

  Share plus(Share other) {
    return new Share(
        machines + other.machines, minutes + other.minutes, ofMinutes + other.ofMinutes);
  }

  /** 1 for 100 %, never clamped; empty when the denominator is zero. */
  public OptionalDouble ratio() {
    return ofMinutes == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) minutes / ofMinutes);
  }
}
