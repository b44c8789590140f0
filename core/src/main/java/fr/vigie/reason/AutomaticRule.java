package fr.vigie.reason;

import fr.vigie.column.Column;
import fr.vigie.signal.Names;
import fr.vigie.signal.Quality;
import fr.vigie.time.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives a stop its reason from a signal: an alarm that is on, a pressure that is gone.
 *
 * @param lasting how long the condition must hold without a break to count
 * @param before how long before the stop it may have ceased to hold
 * @param code the reason
 */
public record AutomaticRule(
    String signal, Condition condition, Duration lasting, Duration before, String code) {
  public AutomaticRule {
    Names.check("signal of a rule", signal);
    if (lasting.isNegative() || before.isNegative()) {
      throw new IllegalArgumentException(
          "durations of a rule are not negative: found " + lasting + " and " + before);
    }
  }

  /**
   * When the condition held long enough, in order of time. A sample holds until the next one, a
   * missing one ends it.
   *
   * @param samples in order of time
   * @param until what the last sample holds to
   * @throws IllegalArgumentException when the column is not of the sort that the rule reads
   */
  List<Span> stretches(Column samples, Instant until) {
    if (!samples.readsAs(condition.isText())) {
      throw new IllegalArgumentException(
          "the rule for "
              + code
              + " reads "
              + (condition.isText() ? "texts, found numbers" : "numbers, found texts")
              + " in "
              + signal);
    }
    List<Span> found = new ArrayList<>();
    for (int i = 0; i < samples.size(); ) {
      int next = i + 1;
      if (holds(samples, i)) {
        while (next < samples.size() && holds(samples, next)) {
          next++;
        }
        Instant start = samples.time(i);
        Instant end = next < samples.size() ? samples.time(next) : until;
        if (start.isBefore(end) && Duration.between(start, end).compareTo(lasting) >= 0) {
          found.add(new Span(start, end));
        }
      }
      i = next;
    }
    return found;
  }

  /** Whether one of the stretches is the cause of a stop: it lies in it, or shortly before. */
  boolean explains(Span stop, List<Span> stretches) {
    Instant from = stop.start().minus(before);
    int low = 0;
    int high = stretches.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (stretches.get(middle).end().isAfter(from)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low < stretches.size() && stretches.get(low).start().isBefore(stop.end());
  }

  private boolean holds(Column samples, int index) {
    return samples.quality(index) != Quality.MISSING && condition.holds(samples, index);
  }
}
