package fr.vigie.agent.refine;

import fr.vigie.time.BootTime;
import fr.vigie.time.Nanos;
import java.time.Duration;
import java.time.Instant;

/**
 * Windows of one length that begin at midnight UTC and follow each other; one at most is open. What
 * lies on a border belongs to the later window. A window is known by its beginning, or by its first
 * sample when it was not observed from its beginning on: after a start, and after the time went
 * back. So no window is told twice by the same time.
 */
final class Grid {
  /** What a sample may be late before its window is closed without it. */
  private static final long GRACE = Duration.ofSeconds(1).toNanos();

  private final long width;
  private boolean open;
  private boolean observed;
  private long last;
  private long start;
  private long begin;

  Grid(Duration width) {
    this.width = width.toNanos();
  }

  boolean isOpen() {
    return open;
  }

  /** Whether a window is open, and not the one of a moment. */
  boolean isLeftAt(long nanos) {
    return open && startOf(nanos) != start;
  }

  /** Opens the window of a moment, unless it is open. */
  void enter(long nanos) {
    if (!open) {
      long entered = startOf(nanos);
      boolean whole = observed && entered > last && BootTime.is(entered) == BootTime.is(last);
      begin = whole ? entered : nanos;
      start = entered;
      open = true;
    }
  }

  private long startOf(long nanos) {
    return Math.floorDiv(nanos, width) * width;
  }

  /** What the open window is known by. */
  Instant time() {
    return Nanos.instant(begin);
  }

  /** The beginning of the part of the open window that is observed. */
  long begin() {
    return begin;
  }

  long end() {
    return start + width;
  }

  boolean isOver(Instant present) {
    return open && BootTime.is(present) == BootTime.is(start) && Nanos.of(present) >= end() + GRACE;
  }

  void leave() {
    boolean goesOn = observed && BootTime.is(start) == BootTime.is(last);
    last = goesOn ? Math.max(last, start) : start;
    open = false;
    observed = true;
  }

  /** Nothing is observed until the next window is entered. */
  void forget() {
    open = false;
    observed = false;
  }
}
