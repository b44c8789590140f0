package fr.vigie.agent.driver.pin;

import fr.vigie.agent.driver.DriverContext;
import java.time.Instant;

/** Dates the moments of the monotonic clock that the kernel stamps. For one thread. */
final class KernelTime {
  private static final int LOOKS = 3;
  private static final long CLOSE_ENOUGH = 20_000;

  private final DriverContext context;

  KernelTime(DriverContext context) {
    this.context = context;
  }

  /**
   * Both clocks are read, again if something came between them, and what has passed since is taken
   * off.
   */
  Instant at(long nanos) {
    long smallest = Long.MAX_VALUE;
    long base = 0;
    Instant now = Instant.EPOCH;
    for (int look = 0; look < LOOKS && smallest > CLOSE_ENOUGH; look++) {
      long before = context.monotonic().getAsLong();
      Instant seen = context.clock().instant();
      long apart = context.monotonic().getAsLong() - before;
      if (apart < smallest) {
        smallest = apart;
        base = before + apart / 2;
        now = seen;
      }
    }
    return now.minusNanos(base - nanos);
  }
}
