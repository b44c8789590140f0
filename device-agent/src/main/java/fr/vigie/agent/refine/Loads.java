package fr.vigie.agent.refine;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How long a quantity had which value, in classes that are 2.3 % wide, from a millionth to a
 * million of its unit; what is less, zero and below included, is one class.
 */
final class Loads {
  private static final int PER_DECADE = 100;
  private static final double LEAST = 1e-6;
  private static final int CLASSES = 15 * PER_DECADE + 1;

  private final long[] nanos;

  Loads() {
    this(new long[CLASSES]);
  }

  private Loads(long[] nanos) {
    this.nanos = nanos;
  }

  /**
   * @throws IllegalArgumentException when a class or time is none
   */
  static Loads of(SortedMap<Integer, Long> nanosByClass) {
    Loads loads = new Loads();
    nanosByClass.forEach(
        (its, time) -> {
          if (its < 0 || its >= CLASSES || time < 0) {
            throw new IllegalArgumentException("no class of loads: " + its + ' ' + time);
          }
          loads.nanos[its] = time;
        });
    return loads;
  }

  void add(double value, long time) {
    double above = value > LEAST ? 1 + Math.floor(Math.log10(value / LEAST) * PER_DECADE) : 0;
    nanos[(int) Math.min(above, CLASSES - 1)] += time;
  }

  long total() {
    return Arrays.stream(nanos).sum();
  }

  /** The value that is not exceeded for a part of the time. */
  double quantile(double part) {
    double wanted = part * total();
    long sum = 0;
    for (int i = 0; i < CLASSES; i++) {
      sum += nanos[i];
      if (sum > 0 && sum >= wanted) {
        return value(i);
      }
    }
    return 0;
  }

  /** The times by class, without those that have none. */
  SortedMap<Integer, Long> byClass() {
    SortedMap<Integer, Long> times = new TreeMap<>();
    for (int i = 0; i < CLASSES; i++) {
      if (nanos[i] > 0) {
        times.put(i, nanos[i]);
      }
    }
    return times;
  }

  /** The middle of a class. */
  static double value(int its) {
    return its == 0 ? 0 : LEAST * Math.pow(10, (its - 0.5) / PER_DECADE);
  }

  Loads copy() {
    return new Loads(nanos.clone());
  }
}
