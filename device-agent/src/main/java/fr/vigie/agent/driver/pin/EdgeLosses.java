package fr.vigie.agent.driver.pin;

import fr.vigie.agent.driver.DriverContext;
import fr.vigie.time.Span;
import fr.vigie.wire.Loss;
import java.time.Duration;

/**
 * Declares the edges that the kernel saw and could not keep, by its own count of them: the first at
 * once, then at most every ten seconds. For one thread.
 */
final class EdgeLosses {
  private static final long BETWEEN = Duration.ofSeconds(10).toNanos();

  private final DriverContext context;
  private final KernelTime time;
  private long before;
  private long from;
  private long to;
  private long missed;
  private long due;

  EdgeLosses(DriverContext context, KernelTime time) {
    this.context = context;
    this.time = time;
    this.before = context.monotonic().getAsLong();
    this.due = before;
  }

  /** Takes note of an edge. */
  void edge(long nanos, long missedBefore) {
    if (missedBefore > 0) {
      from = missed == 0 ? before : from;
      to = nanos;
      missed += missedBefore;
    }
    before = nanos;
  }

  /** Declares what is due. */
  void step(long now) {
    if (missed > 0 && now - due >= 0) {
      declare();
      due = now + BETWEEN;
    }
  }

  /** Declares what is left. */
  void close() {
    if (missed > 0) {
      declare();
    }
  }

  private void declare() {
    Span when = new Span(time.at(Math.min(from, to)), time.at(to));
    context.sink().lost(new Loss(context.sensor(), when, missed, Loss.Reason.DEVICE_GAP));
    missed = 0;
  }
}
