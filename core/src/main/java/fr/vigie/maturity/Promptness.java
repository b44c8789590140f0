package fr.vigie.maturity;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** How long readings take from their own time to the store. For one thread. */
public final class Promptness {
  /** What counts as prompt. */
  public static final Duration PROMPT = Duration.ofSeconds(10);

  private static final long[] BOUNDS_MS = {
    100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 60_000, 300_000, 3_600_000, Long.MAX_VALUE
  };

  private final long[] counts = new long[BOUNDS_MS.length];

  /**
   * @param delay negative when the agent's clock is ahead: prompt, as far as one can know
   */
  public void took(Duration delay) {
    int place = Arrays.binarySearch(BOUNDS_MS, delay.toMillis());
    counts[place >= 0 ? place : -place - 1]++;
  }

  /**
   * As {@link #counts} told it.
   *
   * @throws IllegalArgumentException when these are not as many counts
   */
  public static Promptness of(long[] counts) {
    if (counts.length != BOUNDS_MS.length) {
      throw new IllegalArgumentException(
          "found " + counts.length + " counts, wanted " + BOUNDS_MS.length);
    }
    Promptness known = new Promptness();
    System.arraycopy(counts, 0, known.counts, 0, counts.length);
    return known;
  }

  /** How many readings took how long, to be kept. */
  public long[] counts() {
    return counts.clone();
  }

  /** Counts those of another, too. */
  public void add(Promptness other) {
    Arrays.setAll(counts, i -> counts[i] + other.counts[i]);
  }

  public long prompt() {
    long sum = 0;
    for (int i = 0; BOUNDS_MS[i] <= PROMPT.toMillis(); i++) {
      sum += counts[i];
    }
    return sum;
  }

  public long all() {
    return Arrays.stream(counts).sum();
  }

  /** Seconds within which 95 of a hundred arrive, rounded up to 1, 2 or 5; an hour at most. */
  public List<Finding.Detail> details() {
    long reached = 0;
    for (int i = 0; i < counts.length - 1; i++) {
      reached += counts[i];
      if (all() > 0 && 100 * reached >= 95 * all()) {
        return List.of(new Finding.Detail("p95-at-most", BOUNDS_MS[i] / 1e3, "s"));
      }
    }
    return all() == 0
        ? List.of()
        : List.of(new Finding.Detail("p95-above", BOUNDS_MS[counts.length - 2] / 1e3, "s"));
  }
}
