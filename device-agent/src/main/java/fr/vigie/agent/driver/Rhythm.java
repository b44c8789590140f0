package fr.vigie.agent.driver;

import java.time.Duration;

/**
 * When a device is to be asked: at once, then on a fixed grid of the monotonic clock. A cycle that
 * takes longer than the grid is followed by the next point of the grid; the points between are
 * counted as missed. For one thread.
 */
public final class Rhythm {
  private static final long LONGEST_WAIT = Duration.ofMillis(200).toNanos();

  private final long every;
  private final DriverContext context;
  private long due;
  private long missed;

  /**
   * @param every more than zero
   */
  public Rhythm(Duration every, DriverContext context) {
    this.every = every.toNanos();
    this.context = context;
    this.due = context.monotonic().getAsLong();
  }

  /** Waits until a cycle is due, 200 ms at most; false when none is due by then. */
  public boolean isDue() {
    long wait = due - context.monotonic().getAsLong();
    if (wait > 0) {
      context.pause(Math.min(wait, LONGEST_WAIT));
      if (due - context.monotonic().getAsLong() > 0) {
        return false;
      }
    }
    long late = (context.monotonic().getAsLong() - due) / every;
    missed += late;
    due += (late + 1) * every;
    return true;
  }

  /** Points of the grid that passed while a cycle took too long. */
  public long missed() {
    return missed;
  }
}
