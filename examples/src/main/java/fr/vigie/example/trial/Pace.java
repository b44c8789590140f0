package fr.vigie.example.trial;

import java.util.function.LongSupplier;

/** The machines' own time, which can be made to run faster than ours. Any thread may call. */
public final class Pace implements LongSupplier {
  private final LongSupplier monotonic;
  private long factor = 1;
  private long since;
  private long passed;

  /** Begins at our pace. */
  public Pace(LongSupplier monotonic) {
    this.monotonic = monotonic;
    this.since = monotonic.getAsLong();
  }

  /** Lets the machines do in one of our seconds what takes them so many. */
  public synchronized void factor(int times) {
    passed = getAsLong();
    since = monotonic.getAsLong();
    factor = times;
  }

  @Override
  public synchronized long getAsLong() {
    return passed + factor * (monotonic.getAsLong() - since);
  }
}
