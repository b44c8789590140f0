package fr.vigie.agent.bus;

/**
 * Tells the changes of a level that hold from those that bounce, by the times of its edges alone.
 * For one thread.
 */
public final class Debounce {
  private final long riseHold;
  private final long fallHold;
  private final Change changes;
  private boolean active;
  private boolean pending;
  private long since;

  /** Takes a change that held, with the time at which it began. */
  public interface Change {
    void to(boolean active, long nanos);
  }

  /**
   * @param active the level now
   * @param riseHold nanoseconds for which it must be active before that counts as a change, 0 or
   *     more
   * @param fallHold the same for inactive
   */
  public Debounce(boolean active, long riseHold, long fallHold, Change changes) {
    this.active = active;
    this.riseHold = riseHold;
    this.fallHold = fallHold;
    this.changes = changes;
  }

  /**
   * Takes an edge.
   *
   * @param missed edges before it that nobody could read: what was pending is then not known to
   *     have held
   */
  public void edge(boolean towards, long nanos, long missed) {
    if (missed > 0) {
      pending = false;
    }
    settle(nanos);
    pending = towards != active;
    since = nanos;
    settle(nanos);
  }

  /** Nothing happened up to a moment. */
  public void quiet(long nanos) {
    settle(nanos);
  }

  private void settle(long nanos) {
    if (pending && nanos - since >= hold()) {
      active = !active;
      pending = false;
      changes.to(active, since);
    }
  }

  private long hold() {
    return active ? fallHold : riseHold;
  }

  public boolean isActive() {
    return active;
  }

  /** Nanoseconds from a moment until what is pending has held, if nothing else happens. */
  public long remaining(long nanos) {
    return pending ? Math.max(0, since + hold() - nanos) : Long.MAX_VALUE;
  }
}
