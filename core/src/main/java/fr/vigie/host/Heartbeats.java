package fr.vigie.host;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Which workers come back from their steps. Safe for use by several threads. */
public final class Heartbeats {
  private final LongSupplier monotonic;
  private final Map<String, AtomicLong> last = new ConcurrentSkipListMap<>();

  /**
   * @param monotonic nanoseconds that never go back
   */
  public Heartbeats(LongSupplier monotonic) {
    this.monotonic = monotonic;
  }

  /** A worker begins a step. */
  public void beat(String worker) {
    last.computeIfAbsent(worker, first -> new AtomicLong()).set(monotonic.getAsLong());
  }

  /** A worker has ended as it should. */
  public void done(String worker) {
    last.remove(worker);
  }

  /** The worker that has not come back for longest, if that is longer than it may be. */
  public Optional<Stuck> stuck(Duration longest) {
    long now = monotonic.getAsLong();
    return last.entrySet().stream()
        .map(each -> new Stuck(each.getKey(), Duration.ofNanos(now - each.getValue().get())))
        .filter(each -> each.length().compareTo(longest) > 0)
        .max((a, b) -> a.length().compareTo(b.length()));
  }

  /** A worker that does not come back from its step. */
  public record Stuck(String worker, Duration length) {
    @Override
    public String toString() {
      return worker + " has been stuck for " + length.toSeconds() + " s";
    }
  }
}
