package fr.vigie.production;

import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import fr.vigie.time.Stretches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Every stretch of required time in which the machine was known not to run, in order of time. */
final class Stops {
  private static final int STATES = MachineState.values().length;

  private long[] starts;
  private long[] ends;
  private byte[] states;
  private int size;

  private final long[] inState = new long[STATES];

  private Stops(int expected) {
    starts = new long[expected];
    ends = new long[expected];
    states = new byte[expected];
  }

  static Stops of(Timeline timeline, Stretches required) {
    Stops stops = new Stops(timeline.size() / 2 + 16);
    int period = 0;
    for (int i = 0; i < required.size(); i++) {
      boolean open = false;
      while (period < timeline.size() && timeline.end(period) <= required.start(i)) {
        period++;
      }
      for (; period < timeline.size() && timeline.start(period) < required.end(i); period++) {
        long from = Math.max(required.start(i), timeline.start(period));
        long to = Math.min(required.end(i), timeline.end(period));
        open = stops.add(open, from, to, timeline.state(period));
        if (timeline.end(period) > required.end(i)) {
          break;
        }
      }
      stops.close(open);
    }
    return stops;
  }

  int size() {
    return size;
  }

  long start(int index) {
    return starts[index];
  }

  long end(int index) {
    return ends[index];
  }

  /** Nanoseconds of stops between two instants whose whole length is the threshold or more. */
  long stopped(long from, long to, long threshold) {
    long sum = 0;
    for (int i = firstEndingAfter(from); i < size && starts[i] < to; i++) {
      if (ends[i] - starts[i] >= threshold) {
        sum += Math.min(to, ends[i]) - Math.max(from, starts[i]);
      }
    }
    return sum;
  }

  /** The stops between two instants, or the micro-stops. */
  List<Stop> list(long from, long to, long threshold, boolean micro) {
    List<Stop> stops = new ArrayList<>();
    MachineState[] values = MachineState.values();
    for (int i = firstEndingAfter(from); i < size && starts[i] < to; i++) {
      if (ends[i] - starts[i] < threshold == micro) {
        Span whole = new Span(Nanos.instant(starts[i]), Nanos.instant(ends[i]));
        boolean inside = starts[i] >= from && ends[i] <= to;
        Span part =
            inside
                ? whole
                : new Span(
                    Nanos.instant(Math.max(from, starts[i])), Nanos.instant(Math.min(to, ends[i])));
        stops.add(new Stop(part, values[states[i]], whole));
      }
    }
    return List.copyOf(stops);
  }

  private boolean add(boolean open, long from, long to, MachineState state) {
    if (!state.isStop()) {
      close(open);
      return false;
    }
    if (!open) {
      if (size == starts.length) {
        starts = Arrays.copyOf(starts, size * 2);
        ends = Arrays.copyOf(ends, size * 2);
        states = Arrays.copyOf(states, size * 2);
      }
      starts[size] = from;
      states[size] = (byte) state.ordinal();
      Arrays.fill(inState, 0);
    }
    ends[size] = to;
    inState[state.ordinal()] += to - from;
    if (inState[state.ordinal()] > inState[states[size]]) {
      states[size] = (byte) state.ordinal();
    }
    return true;
  }

  private void close(boolean open) {
    if (open) {
      size++;
    }
  }

  private int firstEndingAfter(long at) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ends[middle] <= at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
