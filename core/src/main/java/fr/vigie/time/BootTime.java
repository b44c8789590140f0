package fr.vigie.time;

import java.time.Instant;

/**
 * Moments of a board whose date is not known yet: nanoseconds since its boot, written as instants
 * of the years 1679 to 1768. No device speaks of those years, so such a moment can be told from a
 * date anywhere, be it in a sample, a loss or a file, and dated later.
 */
public final class BootTime {
  private static final long BOOT = Nanos.of(Instant.parse("1679-01-01T00:00:00Z"));
  private static final long END = Nanos.of(Instant.parse("1769-01-01T00:00:00Z"));

  /** The first instant that is a date. */
  public static final Instant FIRST_DATE = Nanos.instant(END);

  private BootTime() {}

  /**
   * @param monotonic nanoseconds since the boot
   * @throws IllegalArgumentException when they are negative or more than ninety years
   */
  public static Instant of(long monotonic) {
    if (monotonic < 0 || monotonic >= END - BOOT) {
      throw new IllegalArgumentException("no board has run for " + monotonic + " ns");
    }
    return Nanos.instant(BOOT + monotonic);
  }

  /** Whether a moment waits for its date. */
  public static boolean is(Instant moment) {
    return moment.isBefore(FIRST_DATE);
  }

  /** As {@link #is(Instant)}, for nanoseconds since 1970. */
  public static boolean is(long nanos) {
    return nanos < END;
  }

  /** Nanoseconds from the boot to a moment that waits for its date. */
  public static long monotonic(long nanos) {
    return nanos - BOOT;
  }
}
