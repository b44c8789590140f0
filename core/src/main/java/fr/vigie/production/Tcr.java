package fr.vigie.production;

import java.time.Duration;

/**
 * Reference cycle time (temps de cycle de référence, NF E60-182): so many parts in so much time,
 * which keeps a reference given as a rate exact.
 *
 * @param time in which {@code parts} parts are made at the reference
 */
public record Tcr(Duration time, long parts) {
  private static final int MOST_DAYS = 100;

  /**
   * @throws IllegalArgumentException when time or parts are not above zero, or the time is longer
   *     than 100 days
   */
  public Tcr {
    boolean inRange = !time.isNegative() && !time.isZero() && time.toDays() < MOST_DAYS;
    if (!inRange || parts <= 0) {
      throw new IllegalArgumentException(
          "a reference cycle makes parts in some time: found " + parts + " in " + time);
    }
  }

  /** One part each {@code cycle}. */
  public static Tcr of(Duration cycle) {
    return new Tcr(cycle, 1);
  }

  public static Tcr perHour(long parts) {
    return new Tcr(Duration.ofHours(1), parts);
  }

  /** The time that so many parts take at the reference, rounded towards zero to the nanosecond. */
  public Duration forParts(long made) {
    return time.multipliedBy(made).dividedBy(parts);
  }
}
