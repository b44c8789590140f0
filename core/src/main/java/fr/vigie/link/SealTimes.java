package fr.vigie.link;

import java.time.Duration;

/**
 * When the head is to be sealed: every batch interval. The first readings after a start go as soon
 * as the broker listens, for somebody who has just wired a sensor waits to see its value.
 */
final class SealTimes {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration BEGINNING = Duration.ofSeconds(10);

  private final long interval;
  private final long start;
  private long last;
  private boolean begun;

  /**
   * @param now nanoseconds that never go back, as everywhere here
   */
  SealTimes(Duration interval, long now) {
    this.interval = interval.toNanos();
    this.start = now;
    this.last = now;
  }

  /**
   * @param heard whether the broker listens
   */
  boolean isDue(long now, boolean heard) {
    return left(now, heard) == 0;
  }

  /** For how many nanoseconds nothing is to be sealed. */
  long left(long now, boolean heard) {
    boolean first = heard && !begun && now - start < BEGINNING.toNanos();
    long pause = first ? Math.min(FIRST.toNanos(), interval) : interval;
    return Math.max(0, pause - (now - last));
  }

  /**
   * @param readings whether there were any to seal
   */
  void sealed(long now, boolean readings) {
    last = now;
    begun |= readings;
  }
}
