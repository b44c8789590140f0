package fr.vigie.agent.driver.line;

import fr.vigie.time.Nanos;
import java.time.Duration;
import java.time.Instant;

/**
 * Dates what a device reads by the device's own milliseconds. Delays only ever make a frame late,
 * so the least distance between the device's clock and ours, both monotonic, is the true one; it is
 * taken over the last half minute to a minute, because the resonator of a cheap board is wrong by
 * up to half a percent. A reading is dated by its arrival less its delay, so a step of the wall
 * clock moves no offset. Times of one session never go back unless the wall clock does. Not safe
 * for use by several threads.
 */
final class DeviceClock {
  private static final long ROLL_OVER = 1L << 32;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long WINDOW = Duration.ofSeconds(30).toNanos();
  private static final long LONGEST_DELAY = Duration.ofSeconds(30).toNanos();
  private static final long STEP = Duration.ofSeconds(10).toNanos();

  private boolean learned;
  private long lastMillis;
  private long rolledOver;
  private long windowStart;
  private long leastNow;
  private long leastBefore;
  private long lastTime = Long.MIN_VALUE;

  /**
   * The time of a reading.
   *
   * @param millis the device's unsigned 32-bit milliseconds
   * @param arrival when its frame came
   * @param monotonic the same moment, in nanoseconds that never go back
   */
  Instant date(long millis, Instant arrival, long monotonic) {
    if (learned && millis < lastMillis && lastMillis - millis > ROLL_OVER / 2) {
      rolledOver += ROLL_OVER;
    }
    lastMillis = millis;
    long distance = monotonic - (rolledOver + millis) * NANOS_PER_MILLI;
    if (!learned || distance - Math.min(leastNow, leastBefore) > LONGEST_DELAY) {
      begin(distance, monotonic);
    }
    if (monotonic - windowStart >= WINDOW) {
      leastBefore = leastNow;
      leastNow = distance;
      windowStart = monotonic;
    }
    leastNow = Math.min(leastNow, distance);
    long time = Nanos.of(arrival) - (distance - Math.min(leastNow, leastBefore));
    lastTime = time < lastTime && lastTime - time < STEP ? lastTime : time;
    return Nanos.instant(lastTime);
  }

  private void begin(long distance, long monotonic) {
    learned = true;
    leastNow = distance;
    leastBefore = distance;
    windowStart = monotonic;
  }
}
