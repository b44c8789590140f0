package fr.vigie.server.ingest;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits that double from one failure to the next, each shortened at random by up to a half. */
final class Backoff {
  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;
  private Duration next;

  Backoff(Duration first, Duration longest, RandomGenerator random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
    this.next = first;
  }

  Duration next() {
    long millis = next.toMillis();
    next = next.multipliedBy(2).compareTo(longest) > 0 ? longest : next.multipliedBy(2);
    return Duration.ofMillis(millis - random.nextLong(millis / 2 + 1));
  }

  void reset() {
    next = first;
  }
}
