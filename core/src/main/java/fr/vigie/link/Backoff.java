package fr.vigie.link;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Growing waits between attempts, each drawn between half and the whole of its step, so that many
 * agents that lost one broker do not come back in one instant. Not safe for use by several threads.
 */
final class Backoff {
  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;
  private Duration step;

  Backoff(Duration first, Duration longest, RandomGenerator random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
    this.step = first;
  }

  Duration next() {
    long nanos = step.toNanos();
    Duration wait = Duration.ofNanos(nanos / 2 + random.nextLong(nanos / 2 + 1));
    Duration doubled = step.multipliedBy(2);
    step = doubled.compareTo(longest) > 0 ? longest : doubled;
    return wait;
  }

  void reset() {
    step = first;
  }
}
