package fr.vigie.server.store.sqlite;

import fr.vigie.server.store.Store.Window;
import fr.vigie.time.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;

/**
 * Sorts numbers into windows of equal width; the last one ends with the span. Roll-ups of that very
 * width are kept as they are as long as nothing else falls into their windows, since copying the
 * minutes of a year takes longer than reading them.
 */
public final class WindowFold {
  private static final int MOST_ROOM = 1 << 16;

  private final Span span;
  private final Duration width;
  private final Bounds bounds;
  private final long nanosWide;
  private final Stretches windows;
  private final List<Rollup> whole = new ArrayList<>();
  private long wholeThrough = Long.MIN_VALUE;

  /**
   * @throws IllegalArgumentException when the width is not positive
   */
  public WindowFold(Span span, Duration width) {
    if (width.isZero() || width.isNegative()) {
      throw new IllegalArgumentException("a window cannot be " + width + " wide");
    }
    this.span = span;
    this.width = width;
    this.bounds = Bounds.of(span);
    this.nanosWide = width.compareTo(span.length()) >= 0 ? Long.MAX_VALUE : width.toNanos();
    long most = Long.divideUnsigned(bounds.to() - bounds.from(), nanosWide) + 1;
    this.windows = new Stretches((int) Long.min(most, MOST_ROOM));
  }

  public Bounds bounds() {
    return bounds;
  }

  /** The widest roll-ups that make up these windows, all but the very end of the last. */
  Optional<Level> level() {
    return Level.of(bounds.from(), nanosWide);
  }

  public void add(long nanos, double number) {
    windows.add(open(index(nanos)), nanos, number);
  }

  /** Adds those windows of a roll-up that lie within bounds. */
  void add(Rollup rollup, Bounds within) {
    long first = rollup.start(0);
    long last = last(rollup);
    if (rollup.level().width() == nanosWide
        && within.holds(first, last)
        && index(first) > wholeThrough
        && windows.size() == 0) {
      whole.add(rollup);
      wholeThrough = index(last);
    } else {
      copy(rollup, within);
    }
  }

  /** Takes a whole chunk by its figures if one window, and the bounds, hold all of it. */
  boolean takes(Chunk chunk, Bounds within) {
    if (chunk.summary().isEmpty()
        || !within.holds(chunk.first(), chunk.last())
        || index(chunk.first()) != index(chunk.last())) {
      return false;
    }
    windows.add(open(index(chunk.first())), chunk.summary().get());
    return true;
  }

  /** The windows that hold numbers; each is made when it is asked for. */
  public List<Window> windows() {
    return new Windows(whole, windows.sorted());
  }

  private void copy(Rollup rollup, Bounds within) {
    for (int i = 0; i < rollup.size(); i++) {
      long start = rollup.start(i);
      if (within.contains(start)) {
        windows.add(open(index(start)), rollup, i);
      }
    }
  }

  /** Makes sure that a window can still be added to. */
  private long open(long index) {
    while (index <= wholeThrough) {
      Rollup last = whole.remove(whole.size() - 1);
      wholeThrough = whole.isEmpty() ? Long.MIN_VALUE : index(last(whole.get(whole.size() - 1)));
      copy(last, bounds);
    }
    return index;
  }

  private static long last(Rollup rollup) {
    return rollup.start(rollup.size() - 1);
  }

  private long index(long nanos) {
    return Long.divideUnsigned(nanos - bounds.from(), nanosWide);
  }

  private Span span(long index) {
    Instant start = span.start().plus(width.multipliedBy(index));
    Instant end = nanosWide == Long.MAX_VALUE ? span.end() : start.plus(width);
    return new Span(start, end.isAfter(span.end()) ? span.end() : end);
  }

  private final class Windows extends AbstractList<Window> implements RandomAccess {
    private final List<Figures> parts;
    private final int[] starts;
    private final int size;

    Windows(List<Rollup> whole, Stretches rest) {
      parts = new ArrayList<>(whole);
      parts.add(rest);
      starts = new int[parts.size()];
      int next = 0;
      for (int i = 0; i < starts.length; i++) {
        starts[i] = next;
        next += parts.get(i).size();
      }
      size = next;
    }

    @Override
    public Window get(int index) {
      Objects.checkIndex(index, size);
      int found = Arrays.binarySearch(starts, index);
      int part = found < 0 ? -2 - found : found;
      Figures figures = parts.get(part);
      int i = index - starts[part];
      return new Window(
          span(part < starts.length - 1 ? index(whole.get(part).start(i)) : figures.place(i)),
          figures.count(i),
          figures.sum(i),
          figures.min(i),
          figures.max(i),
          figures.first(i),
          figures.last(i));
    }

    @Override
    public int size() {
      return size;
    }
  }
}
