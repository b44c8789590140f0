package fr.vigie.agent;

import java.time.Duration;

/**
 * Which refusals of a sensor's readings are worth telling: a new reason, not more often than once a
 * minute, and a reason that goes on, once an hour. For one thread.
 */
final class Refusals {
  private static final long BETWEEN = Duration.ofMinutes(1).toNanos();
  private static final long AGAIN = Duration.ofHours(1).toNanos();

  private String told = "";
  private long toldAt;

  /**
   * @param nanos monotonic
   */
  boolean isWorthTelling(String why, long nanos) {
    boolean worth = told.isEmpty() || nanos - toldAt >= (why.equals(told) ? AGAIN : BETWEEN);
    if (worth) {
      told = why;
      toldAt = nanos;
    }
    return worth;
  }
}
