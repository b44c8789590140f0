package fr.vigie.server.store.sqlite;

import java.time.Duration;
import java.util.Optional;

/** The widths of windows whose figures are kept ready. They begin at multiples of it since 1970. */
enum Level {
  MINUTE(Duration.ofMinutes(1)),
  QUARTER(Duration.ofMinutes(15)),
  HOUR(Duration.ofHours(1));

  private final long nanos;

  Level(Duration width) {
    this.nanos = width.toNanos();
  }

  /** In nanoseconds. */
  long width() {
    return nanos;
  }

  /** The window that holds a time, counted from the one that begins in 1970. */
  long place(long time) {
    return Math.floorDiv(time, nanos);
  }

  /**
   * The widest level whose windows make up windows of a width that begin at a time.
   *
   * @param width in nanoseconds; {@code Long.MAX_VALUE} when there is but one window
   */
  static Optional<Level> of(long from, long width) {
    for (int i = values().length - 1; i >= 0; i--) {
      Level level = values()[i];
      boolean fits = width == Long.MAX_VALUE || width % level.nanos == 0;
      if (fits && from % level.nanos == 0) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }
}
