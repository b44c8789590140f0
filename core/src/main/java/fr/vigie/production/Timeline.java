package fr.vigie.production;

import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import fr.vigie.time.Stretches;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.RandomAccess;

/**
 * The states of a machine over one span: periods that touch each other and cover it, neighbours in
 * different states. Immutable.
 */
public final class Timeline {
  private static final MachineState[] STATES = MachineState.values();

  private final long end;

  /** Where each period starts; at {@code size} stands the end of the last one. */
  private final long[] starts;

  private final byte[] states;

  private Timeline(long[] starts, byte[] states, long end) {
    this.starts = starts;
    this.states = states;
    this.end = end;
  }

  /**
   * The periods as one timeline, neighbours in the same state merged.
   *
   * @throws IllegalArgumentException when the periods leave a hole or overlap, or there are none
   */
  public static Timeline of(List<Period> periods) {
    if (periods.isEmpty()) {
      throw new IllegalArgumentException("a timeline has at least one period");
    }
    Builder builder = new Builder(Nanos.of(periods.get(0).span().start()));
    Instant reached = periods.get(0).span().start();
    for (Period period : periods) {
      if (!period.span().start().equals(reached)) {
        throw new IllegalArgumentException(
            "a period starts at " + period.span().start() + ", the one before ends at " + reached);
      }
      builder.change(Nanos.of(reached), period.state());
      reached = period.span().end();
    }
    return builder.build(Nanos.of(reached));
  }

  public Span span() {
    return new Span(Nanos.instant(starts[0]), Nanos.instant(end));
  }

  /** The periods in order of time; none when the span is empty. */
  public List<Period> periods() {
    return new Periods();
  }

  /** The state at an instant, {@link MachineState#UNOBSERVED} outside the span. */
  public MachineState stateAt(Instant instant) {
    long at = Nanos.of(instant);
    return at < starts[0] || at >= end ? MachineState.UNOBSERVED : state(indexAt(at));
  }

  /** The first instant at or after another at which the machine runs, if it does. */
  public Optional<Instant> runsFrom(Instant instant) {
    long at = Nanos.of(instant);
    for (int i = states.length == 0 ? 0 : indexAt(at); i < states.length; i++) {
      if (state(i) == MachineState.RUNNING && starts[i + 1] > at) {
        return Optional.of(Nanos.instant(Math.max(at, starts[i])));
      }
    }
    return Optional.empty();
  }

  /** This timeline over {@code span}; what lies outside it is {@link MachineState#UNOBSERVED}. */
  public Timeline restrict(Span span) {
    return restrict(Nanos.of(span.start()), Nanos.of(span.end()));
  }

  /** How long the machine was in a state. */
  public Duration time(MachineState state) {
    return Duration.ofNanos(nanos()[state.ordinal()]);
  }

  /** How long the machine was in each state; every state has its entry. */
  public Map<MachineState, Duration> times() {
    long[] nanos = nanos();
    Map<MachineState, Duration> times = new EnumMap<>(MachineState.class);
    for (MachineState state : STATES) {
      times.put(state, Duration.ofNanos(nanos[state.ordinal()]));
    }
    return times;
  }

  int size() {
    return states.length;
  }

  long start(int index) {
    return starts[index];
  }

  long end(int index) {
    return starts[index + 1];
  }

  MachineState state(int index) {
    return STATES[states[index]];
  }

  /** The index of the first period that ends after {@code at}. */
  int indexAt(long at) {
    int found = Arrays.binarySearch(starts, 0, states.length, at);
    return found >= 0 ? found : Math.max(0, -found - 2);
  }

  /** Adds the time in each state between two instants to {@code nanos}, by the states' order. */
  void addTimes(long from, long to, long[] nanos) {
    long known = 0;
    if (states.length > 0) {
      for (int i = indexAt(from); i < states.length && starts[i] < to; i++) {
        long length = Math.min(to, starts[i + 1]) - Math.max(from, starts[i]);
        if (length > 0) {
          nanos[states[i]] += length;
          known += length;
        }
      }
    }
    nanos[MachineState.UNOBSERVED.ordinal()] += to - from - known;
  }

  /** When the machine was known to run between two instants. */
  Stretches running(long from, long to) {
    List<Span> running = new ArrayList<>();
    if (states.length > 0) {
      for (int i = indexAt(from); i < states.length && starts[i] < to; i++) {
        if (state(i) == MachineState.RUNNING) {
          running.add(new Span(Nanos.instant(starts[i]), Nanos.instant(starts[i + 1])));
        }
      }
    }
    return Stretches.of(running).within(from, to);
  }

  Timeline restrict(long from, long to) {
    Builder builder = new Builder(from);
    if (states.length > 0) {
      for (int i = indexAt(from); i < states.length && starts[i] < to; i++) {
        builder.change(Math.max(from, starts[i]), state(i));
      }
      if (end < to) {
        builder.change(Math.max(from, end), MachineState.UNOBSERVED);
      }
    }
    return builder.build(to);
  }

  /** This timeline with these stretches made {@link MachineState#UNOBSERVED}. */
  Timeline without(Stretches hidden) {
    if (hidden.size() == 0) {
      return this;
    }
    Builder builder = new Builder(starts[0]);
    int next = 0;
    for (int i = 0; i < states.length; i++) {
      long at = starts[i];
      while (at < end(i)) {
        while (next < hidden.size() && hidden.end(next) <= at) {
          next++;
        }
        boolean none = next == hidden.size() || hidden.start(next) >= end(i);
        if (none || hidden.start(next) > at) {
          builder.change(at, state(i));
          at = none ? end(i) : hidden.start(next);
        } else {
          builder.change(at, MachineState.UNOBSERVED);
          at = Math.min(end(i), hidden.end(next));
        }
      }
    }
    return builder.build(end);
  }

  private long[] nanos() {
    long[] nanos = new long[STATES.length];
    for (int i = 0; i < states.length; i++) {
      nanos[states[i]] += starts[i + 1] - starts[i];
    }
    return nanos;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Timeline that
        && Arrays.equals(starts, that.starts)
        && Arrays.equals(states, that.states);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(starts) * 31 + Arrays.hashCode(states);
  }

  @Override
  public String toString() {
    return periods().toString();
  }

  private final class Periods extends AbstractList<Period> implements RandomAccess {
    @Override
    public Period get(int index) {
      Instant from = Nanos.instant(starts[index]);
      return new Period(new Span(from, Nanos.instant(starts[index + 1])), state(index));
    }

    @Override
    public int size() {
      return states.length;
    }
  }

  /** Gathers changes of state in order of time; starts {@link MachineState#UNOBSERVED}. */
  static final class Builder {
    private final long start;
    private long[] starts;
    private byte[] states;
    private int size;

    Builder(long start) {
      this(start, 16);
    }

    Builder(long start, int expected) {
      this.start = start;
      starts = new long[expected + 2];
      states = new byte[expected + 2];
      starts[0] = start;
      states[0] = (byte) MachineState.UNOBSERVED.ordinal();
      size = 1;
    }

    void change(long at, MachineState to) {
      byte state = (byte) to.ordinal();
      if (at == starts[size - 1]) {
        if (size > 1 && states[size - 2] == state) {
          size--;
        } else {
          states[size - 1] = state;
        }
      } else if (states[size - 1] != state) {
        if (size + 1 == starts.length) {
          starts = Arrays.copyOf(starts, size * 2);
          states = Arrays.copyOf(states, size * 2);
        }
        starts[size] = at;
        states[size++] = state;
      }
    }

    Timeline build(long end) {
      if (end <= start) {
        return new Timeline(new long[] {start}, new byte[0], start);
      }
      while (starts[size - 1] >= end) {
        size--;
      }
      long[] borders = Arrays.copyOf(starts, size + 1);
      borders[size] = end;
      return new Timeline(borders, Arrays.copyOf(states, size), end);
    }
  }
}
