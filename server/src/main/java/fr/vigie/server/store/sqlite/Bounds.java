package fr.vigie.server.store.sqlite;

import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import java.time.Instant;

/** A half-open span in nanoseconds since 1970, cut to the years that fit. */
public record Bounds(long from, long to) {
  private static final Instant EARLIEST = Nanos.instant(Long.MIN_VALUE);
  private static final Instant LATEST = Nanos.instant(Long.MAX_VALUE);

  public static Bounds of(Span span) {
    return new Bounds(nanos(span.start()), nanos(span.end()));
  }

  /** Everything up to a time, and that time itself. */
  public static Bounds through(long nanos) {
    return new Bounds(Long.MIN_VALUE, nanos == Long.MAX_VALUE ? nanos : nanos + 1);
  }

  public static long nanos(Instant instant) {
    if (!instant.isAfter(EARLIEST)) {
      return Long.MIN_VALUE;
    }
    return instant.isBefore(LATEST) ? Nanos.of(instant) : Long.MAX_VALUE;
  }

  public boolean contains(long nanos) {
    return nanos >= from && nanos < to;
  }

  public boolean touches(long first, long last) {
    return first < to && last >= from;
  }

  /** What is left of them when they end where a window of a level does. */
  Bounds wholeWindows(Level level) {
    return new Bounds(from, Math.max(from, level.place(to) * level.width()));
  }

  public boolean holds(long first, long last) {
    return first >= from && last < to;
  }
}
