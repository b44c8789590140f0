package fr.vigie.agent.health;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/** How fast a total grows, over about the last ten minutes. Not safe for several threads. */
public final class Rate {
  private static final long EVERY = Duration.ofSeconds(30).toNanos();
  private static final int MOST = 21;
  private static final long SHORTEST = Duration.ofSeconds(10).toNanos();

  private final Deque<Point> points = new ArrayDeque<>();

  private record Point(long nanos, long total) {}

  /** The growth an hour; empty until the total has been seen for ten seconds. */
  public OptionalDouble anHour(long nanos, long total) {
    if (points.isEmpty() || nanos - points.getLast().nanos() >= EVERY) {
      points.addLast(new Point(nanos, total));
      if (points.size() > MOST) {
        points.removeFirst();
      }
    }
    Point first = points.getFirst();
    long passed = nanos - first.nanos();
    return passed < SHORTEST
        ? OptionalDouble.empty()
        : OptionalDouble.of((total - first.total()) * 3.6e12 / passed);
  }
}
