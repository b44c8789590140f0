package fr.vigie.production;

import fr.vigie.column.Column;
import fr.vigie.time.Nanos;
import java.time.Duration;
import java.time.Instant;

/** Lets a change of state count only once the new state has held for the dwell. */
final class Debounce {
  private final Timeline.Builder timeline;
  private final long dwell;
  private MachineState current = MachineState.UNOBSERVED;
  private MachineState candidate = MachineState.UNOBSERVED;
  private long since;
  private boolean pending;

  private Debounce(long start, int changes, long dwell) {
    this.timeline = new Timeline.Builder(start, changes);
    this.dwell = dwell;
  }

  static Debounce from(Column signal, boolean text, Duration dwell, Instant until) {
    if (!signal.readsAs(text)) {
      throw new IllegalArgumentException(
          "the state rule reads " + (text ? "texts, found numbers" : "numbers, found texts"));
    }
    long start = signal.isEmpty() ? Nanos.of(until) : signal.nanos(0);
    return new Debounce(start, signal.size(), dwell.toNanos());
  }

  static void checkDwell(Duration dwell) {
    if (dwell.isNegative()) {
      throw new IllegalArgumentException("a dwell is not negative: found " + dwell);
    }
  }

  /** From {@code time} on the signal means {@code state}. Times never go back. */
  void at(long time, MachineState state) {
    settle(time);
    if (state == current) {
      pending = false;
    } else if (dwell == 0 || !state.isObserved() || !current.isObserved()) {
      accept(time, state);
    } else if (!pending || candidate != state) {
      candidate = state;
      since = time;
      pending = true;
    }
  }

  /** What has held long enough by {@code end}; the last change may still be waiting. */
  Timeline timeline(long end) {
    settle(end);
    return timeline.build(end);
  }

  private void settle(long time) {
    if (pending && time - since >= dwell) {
      accept(since, candidate);
    }
  }

  private void accept(long time, MachineState state) {
    timeline.change(time, state);
    current = state;
    pending = false;
  }
}
