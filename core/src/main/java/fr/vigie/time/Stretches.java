package fr.vigie.time;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Disjoint stretches of time that do not touch, in order, as nanoseconds since 1970. Immutable. */
public final class Stretches {
  public static final Stretches NONE = new Stretches(new long[0], 0);

  /** Start and end of each in turn. */
  private final long[] borders;

  private final int size;

  private Stretches(long[] borders, int size) {
    this.borders = borders;
    this.size = size;
  }

  public static Stretches of(long from, long to) {
    return from < to ? new Stretches(new long[] {from, to}, 1) : NONE;
  }

  /** All time that lies in at least one of the spans. */
  public static Stretches of(List<Span> spans) {
    List<Span> sorted = new ArrayList<>(spans);
    sorted.sort(Comparator.comparing(Span::start));
    Gatherer gatherer = new Gatherer(spans.size());
    for (Span span : sorted) {
      gatherer.add(Nanos.of(span.start()), Nanos.of(span.end()));
    }
    return gatherer.gathered();
  }

  public int size() {
    return size;
  }

  public long start(int index) {
    return borders[2 * index];
  }

  public long end(int index) {
    return borders[2 * index + 1];
  }

  /** Each of them, in order. */
  public List<Span> spans() {
    List<Span> spans = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      spans.add(new Span(Nanos.instant(start(i)), Nanos.instant(end(i))));
    }
    return spans;
  }

  /** Whether an instant lies in one of them. */
  public boolean contains(long instant) {
    int index = firstEndingAfter(instant);
    return index < size && start(index) <= instant;
  }

  /** How long they are together, in nanoseconds. */
  public long length() {
    long length = 0;
    for (int i = 0; i < size; i++) {
      length += end(i) - start(i);
    }
    return length;
  }

  /** The part of them between two instants. */
  public Stretches within(long from, long to) {
    Gatherer gatherer = new Gatherer(size);
    for (int i = firstEndingAfter(from); i < size && start(i) < to; i++) {
      gatherer.add(Math.max(from, start(i)), Math.min(to, end(i)));
    }
    return gatherer.gathered();
  }

  /** How much of them lies between two instants, in nanoseconds. */
  public long overlap(long from, long to) {
    long length = 0;
    for (int i = firstEndingAfter(from); i < size && start(i) < to; i++) {
      length += Math.min(to, end(i)) - Math.max(from, start(i));
    }
    return length;
  }

  /** The time that lies in them and in none of the others. */
  public Stretches minus(Stretches others) {
    Gatherer gatherer = new Gatherer(size + others.size);
    int next = 0;
    for (int i = 0; i < size; i++) {
      long at = start(i);
      while (next < others.size && others.end(next) <= at) {
        next++;
      }
      for (int j = next; j < others.size && others.start(j) < end(i); j++) {
        gatherer.add(at, others.start(j));
        at = Math.max(at, others.end(j));
      }
      gatherer.add(at, end(i));
    }
    return gatherer.gathered();
  }

  /** The time that lies in both. */
  public Stretches and(Stretches others) {
    return minus(minus(others));
  }

  private int firstEndingAfter(long at) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (end(middle) <= at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Joins stretches that come in order of their starts. */
  private static final class Gatherer {
    private long[] borders;
    private int size;

    Gatherer(int expected) {
      borders = new long[2 * Math.max(1, expected)];
    }

    void add(long from, long to) {
      if (from >= to) {
        return;
      }
      if (size > 0 && from <= borders[2 * size - 1]) {
        borders[2 * size - 1] = Math.max(to, borders[2 * size - 1]);
        return;
      }
      if (2 * size == borders.length) {
        borders = Arrays.copyOf(borders, 4 * size);
      }
      borders[2 * size] = from;
      borders[2 * size + 1] = to;
      size++;
    }

    Stretches gathered() {
      return size == 0 ? NONE : new Stretches(borders, size);
    }
  }
}
