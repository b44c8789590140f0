package fr.vigie.time;

import java.time.Instant;

/** Instants as nanoseconds since 1970-01-01T00:00Z, for arrays: 1677-09-21 to 2262-04-11. */
public final class Nanos {
  private static final long PER_SECOND = 1_000_000_000L;

  private Nanos() {}

  /**
   * @throws ArithmeticException when the instant lies outside the years that fit
   */
  public static long of(Instant instant) {
    long seconds = instant.getEpochSecond();
    long nano = instant.getNano();
    if (seconds < 0 && nano > 0) {
      return Math.addExact(Math.multiplyExact(seconds + 1, PER_SECOND), nano - PER_SECOND);
    }
    return Math.addExact(Math.multiplyExact(seconds, PER_SECOND), nano);
  }

  public static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, PER_SECOND), Math.floorMod(nanos, PER_SECOND));
  }
}
