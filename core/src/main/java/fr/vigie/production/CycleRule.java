package fr.vigie.production;

import fr.vigie.column.Column;
import fr.vigie.signal.Quality;
import fr.vigie.time.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Cycles from a state signal: one starts at the first {@code start} after the end of the previous
 * one and ends at the next {@code end}; what the signal says between does not matter.
 */
public record CycleRule(String start, String end) {
  /**
   * @throws IllegalArgumentException when both values are the same
   */
  public CycleRule {
    if (start.equals(end)) {
      throw new IllegalArgumentException("a cycle cannot start and end with '" + start + "'");
    }
  }

  /**
   * The complete cycles in samples of a state signal that are in order of time.
   *
   * @throws IllegalArgumentException when the column holds numbers
   */
  public List<Cycle> cycles(Column state) {
    if (!state.readsAs(true)) {
      throw new IllegalArgumentException("cycles need a signal of texts, found one of numbers");
    }
    List<Cycle> cycles = new ArrayList<>();
    int started = -1;
    for (int i = 0; i < state.size(); i++) {
      if (state.quality(i) == Quality.MISSING) {
        continue;
      }
      if (started < 0 && state.text(i).equals(start)) {
        started = i;
      } else if (started >= 0 && state.text(i).equals(end)) {
        Instant from = state.time(started);
        cycles.add(new Cycle(new Span(from, state.time(i))));
        started = -1;
      }
    }
    return List.copyOf(cycles);
  }
}
