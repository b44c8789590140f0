package fr.vigie.production;

import fr.vigie.column.Column;
import fr.vigie.signal.Quality;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import fr.vigie.time.Stretches;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long a state signal held each of its texts, as the machine said it: nothing is debounced.
 *
 * @param times by text, each above zero; with {@code unobserved} they fill the span exactly
 * @param unobserved time without a value: before the first sample, while it was missing, in gaps
 */
public record RawStates(Map<String, Duration> times, Duration unobserved) {
  public RawStates {
    times = Collections.unmodifiableMap(new TreeMap<>(times));
  }

  /**
   * @param state samples in order of time, those before the span included: the last of them is in
   *     force at its start
   * @param gaps in which nothing is known, whatever the samples say
   * @throws IllegalArgumentException when the column holds numbers
   */
  public static RawStates of(Column state, Span span, List<Span> gaps) {
    return of(state, Nanos.of(span.start()), Nanos.of(span.end()), Stretches.of(gaps));
  }

  static RawStates of(Column state, long from, long to, Stretches gaps) {
    if (!state.readsAs(true)) {
      throw new IllegalArgumentException("raw states need a signal of texts, found numbers");
    }
    Stretches hidden = gaps.within(from, to);
    Map<String, long[]> nanos = new HashMap<>();
    long known = 0;
    int first = Math.max(0, Samples.firstAfter(state, from) - 1);
    for (int i = first; i < state.size() && state.nanos(i) < to; i++) {
      long start = Math.max(from, state.nanos(i));
      long end = i + 1 < state.size() ? Math.min(to, state.nanos(i + 1)) : to;
      if (end > start && state.quality(i) != Quality.MISSING) {
        long length = end - start - hidden.overlap(start, end);
        nanos.computeIfAbsent(state.text(i), text -> new long[1])[0] += length;
        known += length;
      }
    }
    Map<String, Duration> times = new TreeMap<>();
    nanos.forEach(
        (text, sum) -> {
          if (sum[0] > 0) {
            times.put(text, Duration.ofNanos(sum[0]));
          }
        });
    return new RawStates(times, Duration.ofNanos(Math.max(0, to - from) - known));
  }

  /** How long the signal held a text, zero when it never did. */
  public Duration time(String text) {
    return times.getOrDefault(text, Duration.ZERO);
  }
}
