package fr.vigie.energy;

import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalDouble;

/** Gathers what a meter tells, in order of time. */
final class Slices {
  private long[] starts = new long[64];
  private long[] ends = new long[64];
  private double[] kilowattHours = new double[64];
  private int size;
  private final BitSet whole = new BitSet();
  private final List<Gap> gaps = new ArrayList<>();

  /** An evenly used amount. */
  void add(long from, long to, double amount) {
    if (to <= from) {
      return;
    }
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size);
      kilowattHours = Arrays.copyOf(kilowattHours, 2 * size);
    }
    starts[size] = from;
    ends[size] = to;
    kilowattHours[size++] = amount;
  }

  /** A stretch of which only the sum is known. */
  void sum(long from, long to, Gap.Reason reason, double amount) {
    if (to > from) {
      whole.set(size);
      add(from, to, amount);
      gaps.add(gap(from, to, reason, OptionalDouble.of(amount)));
    }
  }

  /** A stretch of which nothing is known. */
  void gap(long from, long to, Gap.Reason reason) {
    if (to > from) {
      gaps.add(gap(from, to, reason, OptionalDouble.empty()));
    }
  }

  /** An amount for a stretch that is told of already. */
  void twice(long from, long to, double amount) {
    gaps.add(gap(from, to, Gap.Reason.TWICE, OptionalDouble.of(amount)));
  }

  private static Gap gap(long from, long to, Gap.Reason reason, OptionalDouble amount) {
    return new Gap(new Span(Nanos.instant(from), Nanos.instant(to)), reason, amount);
  }

  long[] starts() {
    return Arrays.copyOf(starts, size);
  }

  long[] ends() {
    return Arrays.copyOf(ends, size);
  }

  double[] kilowattHours() {
    return Arrays.copyOf(kilowattHours, size);
  }

  BitSet whole() {
    return (BitSet) whole.clone();
  }

  List<Gap> gaps() {
    return List.copyOf(gaps);
  }
}
