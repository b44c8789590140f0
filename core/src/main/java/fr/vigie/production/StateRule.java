package fr.vigie.production;

import fr.vigie.column.Column;
import fr.vigie.signal.Quality;
import fr.vigie.time.Nanos;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How the state of a machine follows from the samples of one signal. */
public sealed interface StateRule {
  /**
   * How long a state must hold to count. It then starts at its own first instant; a shorter pulse
   * never was, and its time belongs to the state before.
   */
  Duration dwell();

  /**
   * The states from the first sample to {@code until}. A missing sample makes the machine
   * unobserved at once, and the state that follows needs no dwell, for there is none to keep.
   *
   * @param signal samples in order of time
   * @throws IllegalArgumentException when the column is not of the sort that the rule reads
   */
  Timeline timeline(Column signal, Instant until);

  /**
   * From a signal of texts.
   *
   * @param states what each text means
   * @param otherwise what every other text means
   */
  record Texts(Map<String, MachineState> states, MachineState otherwise, Duration dwell)
      implements StateRule {
    public Texts {
      states = Map.copyOf(states);
      Debounce.checkDwell(dwell);
    }

    @Override
    public Timeline timeline(Column signal, Instant until) {
      Debounce debounce = Debounce.from(signal, true, dwell, until);
      for (int i = 0; i < signal.size(); i++) {
        if (signal.quality(i) == Quality.MISSING) {
          debounce.at(signal.nanos(i), MachineState.UNOBSERVED);
        } else {
          debounce.at(signal.nanos(i), states.getOrDefault(signal.text(i), otherwise));
        }
      }
      return debounce.timeline(Nanos.of(until));
    }
  }

  /**
   * From a signal of numbers, such as the current of a spindle. Each level is entered above one
   * limit and left below another, lower one; between the two the machine stays as it was.
   *
   * @param below the state under the lowest level
   * @param levels from the lowest to the highest
   */
  record Levels(MachineState below, List<Level> levels, Duration dwell) implements StateRule {
    /**
     * @throws IllegalArgumentException when the limits do not grow from level to level
     */
    public Levels {
      levels = List.copyOf(levels);
      Debounce.checkDwell(dwell);
      for (int i = 1; i < levels.size(); i++) {
        Level lower = levels.get(i - 1);
        Level upper = levels.get(i);
        if (!(lower.above < upper.above && lower.until < upper.until)) {
          throw new IllegalArgumentException(
              "levels go from the lowest to the highest: found " + lower + " before " + upper);
        }
      }
    }

    /**
     * @param state entered when the number is greater than {@code above}, left when it is less than
     *     {@code until}
     */
    public record Level(MachineState state, double above, double until) {
      /**
       * @throws IllegalArgumentException when the limits are not finite or {@code until} is greater
       *     than {@code above}
       */
      public Level {
        if (!(Double.isFinite(above) && Double.isFinite(until) && until <= above)) {
          throw new IllegalArgumentException(
              state + " above " + above + " until below " + until + ": the second must be lower");
        }
      }
    }

    @Override
    public Timeline timeline(Column signal, Instant until) {
      Debounce debounce = Debounce.from(signal, false, dwell, until);
      int rank = 0;
      for (int i = 0; i < signal.size(); i++) {
        if (signal.quality(i) == Quality.MISSING) {
          rank = 0;
          debounce.at(signal.nanos(i), MachineState.UNOBSERVED);
        } else {
          rank = rank(rank, signal.number(i));
          debounce.at(signal.nanos(i), rank == 0 ? below : levels.get(rank - 1).state);
        }
      }
      return debounce.timeline(Nanos.of(until));
    }

    private int rank(int from, double number) {
      int rank = from;
      while (rank < levels.size() && number > levels.get(rank).above) {
        rank++;
      }
      while (rank > 0 && number < levels.get(rank - 1).until) {
        rank--;
      }
      return rank;
    }
  }
}
