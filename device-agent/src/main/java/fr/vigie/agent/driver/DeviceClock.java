package fr.vigie.agent.driver;

import fr.vigie.time.Nanos;
import java.time.Duration;
import java.time.Instant;

/**
 * Dates what a device reads by the device's own milliseconds. The offset to wall time is the least
 * that any frame arrived with: delays only ever make a frame late. It may grow by 100 millionths of
 * the time that passes, as far apart as two quartz clocks drift. Times of one session never go
 * back. Not safe for use by several threads.
 */
final class DeviceClock {
  private static final long ROLL_OVER = 1L << 32;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long MILLIONTH = 1_000_000;
  private static final long DRIFT = 100;
  private static final long STEP = Duration.ofSeconds(10).toNanos();

  private boolean learned;
  private long lastMillis;
  private long rolledOver;
  private long offset;
  private long lastArrival;
  private long lastTime = Long.MIN_VALUE;

  /**
   * The time of a reading.
   *
   * @param millis the device's unsigned 32-bit milliseconds
   * @param arrival when its frame came
   */
  Instant date(long millis, Instant arrival) {
    if (learned && millis < lastMillis && lastMillis - millis > ROLL_OVER / 2) {
      rolledOver += ROLL_OVER;
    }
    lastMillis = millis;
    long came = Nanos.of(arrival);
    long device = (rolledOver + millis) * NANOS_PER_MILLI;
    long seen = came - device;
    if (!learned || Math.abs(seen - offset) > STEP) {
      offset = seen;
      lastTime = Long.MIN_VALUE;
    } else if (seen < offset) {
      offset = seen;
    } else {
      long slack = Math.max(0, came - lastArrival) / MILLIONTH * DRIFT;
      offset += Math.min(seen - offset, slack);
    }
    learned = true;
    lastArrival = came;
    lastTime = Math.max(lastTime, device + offset);
    return Nanos.instant(lastTime);
  }
}
