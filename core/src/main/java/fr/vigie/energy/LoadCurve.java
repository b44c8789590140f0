package fr.vigie.energy;

import fr.vigie.column.Column;
import fr.vigie.production.MachineState;
import fr.vigie.production.Period;
import fr.vigie.production.Timeline;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import fr.vigie.time.Stretches;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * When how much energy was used: slices of even use that do not overlap, and gaps. A gap whose sum
 * is known counts in a span that holds all of it, and in no shorter one. Immutable.
 */
public final class LoadCurve {
  private final long[] starts;
  private final long[] ends;
  private final double[] kilowattHours;

  /** Which of them are gaps of known sum, never to be shared out. */
  private final BitSet whole;

  private final List<Gap> gaps;

  LoadCurve(Slices slices) {
    this.starts = slices.starts();
    this.ends = slices.ends();
    this.kilowattHours = slices.kilowattHours();
    this.whole = slices.whole();
    this.gaps = slices.gaps();
  }

  /**
   * Reads the samples of a meter, in any order.
   *
   * @param missing when samples are known to be missing, whatever those around it say
   * @param end until when the last sample of a power may hold
   * @throws IllegalArgumentException when the samples are texts
   */
  public static LoadCurve of(MeterRule rule, Column samples, List<Span> missing, Instant end) {
    if (!samples.readsAs(false)) {
      throw new IllegalArgumentException("a meter needs numbers, found texts");
    }
    Column sorted = samples.sorted();
    if (rule instanceof MeterRule.Counter counter) {
      return new CounterReader(counter, sorted, Stretches.of(missing)).read();
    }
    if (rule instanceof MeterRule.Power power) {
      return PowerReader.read(power, sorted, Stretches.of(missing), Nanos.of(end));
    }
    return IntervalReader.read((MeterRule.Intervals) rule, sorted);
  }

  /** In order of time. */
  public List<Gap> gaps() {
    return gaps;
  }

  public Energy within(Span span) {
    return within(Nanos.of(span.start()), Nanos.of(span.end()));
  }

  /** Of spans that do not overlap. */
  public Energy within(List<Span> spans) {
    return spans.stream().map(this::within).reduce(Energy.NONE, Energy::plus);
  }

  /**
   * Energy by what the machine did, every state with its entry. The sum of a gap that lies within
   * one period is known; that of a longer one belongs to no state.
   */
  public Map<MachineState, Energy> byState(Timeline timeline) {
    Map<MachineState, Energy> energies = new EnumMap<>(MachineState.class);
    for (MachineState state : MachineState.values()) {
      energies.put(state, Energy.NONE);
    }
    for (Period period : timeline.periods()) {
      energies.merge(period.state(), within(period.span()), Energy::plus);
    }
    return energies;
  }

  /**
   * The windows of a width that lie within a span and of which all is known, aligned so that one
   * begins at the first instant of 1970; for a width of a quarter of an hour that is on the
   * quarters of any clock.
   */
  public Windows windows(Span span, Duration width) {
    long step = width.toNanos();
    long first = -Math.floorDiv(-Nanos.of(span.start()), step) * step;
    List<Windows.Window> known = new ArrayList<>();
    int asked = 0;
    for (long at = first; at + step <= Nanos.of(span.end()); at += step) {
      Energy energy = within(at, at + step);
      asked++;
      if (energy.known().equals(width)) {
        Span window = new Span(Nanos.instant(at), Nanos.instant(at + step));
        known.add(new Windows.Window(window, energy.kilowatts().orElseThrow()));
      }
    }
    return new Windows(width, known, asked);
  }

  private Energy within(long from, long to) {
    double sum = 0;
    double shared = 0;
    long known = 0;
    for (int i = endingAfter(from); i < starts.length && starts[i] < to; i++) {
      long overlap = Math.min(to, ends[i]) - Math.max(from, starts[i]);
      if (overlap == ends[i] - starts[i]) {
        sum += kilowattHours[i];
        known += overlap;
      } else if (!whole.get(i)) {
        double share = kilowattHours[i] * overlap / (ends[i] - starts[i]);
        sum += share;
        shared += share;
        known += overlap;
      }
    }
    return Energy.of(sum, shared, known, to - from);
  }

  private int endingAfter(long instant) {
    int found = Arrays.binarySearch(ends, instant);
    return found >= 0 ? found + 1 : -found - 1;
  }
}
