package fr.vigie.server.store.sqlite;

import fr.vigie.server.store.Store.Window;
import fr.vigie.time.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sorts numbers into windows of equal width; the last one ends with the span. */
public final class WindowFold {
  private final Span span;
  private final Duration width;
  private final Bounds bounds;
  private final long nanosWide;
  private final Map<Long, Stretch> windows = new TreeMap<>();
  private long current = -1;
  private Stretch stretch = new Stretch();

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
  }

  public Bounds bounds() {
    return bounds;
  }

  public void add(long nanos, double number) {
    window(index(nanos)).add(nanos, number);
  }

  /** Takes a whole chunk by its figures if one window holds all of it. */
  boolean takes(Chunk chunk) {
    if (chunk.summary().isEmpty()
        || !bounds.holds(chunk.first(), chunk.last())
        || index(chunk.first()) != index(chunk.last())) {
      return false;
    }
    window(index(chunk.first())).add(chunk.summary().get());
    return true;
  }

  public List<Window> windows() {
    List<Window> list = new ArrayList<>(windows.size());
    windows.forEach(
        (index, figures) ->
            figures
                .summary()
                .ifPresent(
                    it ->
                        list.add(
                            new Window(
                                span(index),
                                it.count(),
                                it.sum(),
                                it.min(),
                                it.max(),
                                it.first(),
                                it.last()))));
    return list;
  }

  private long index(long nanos) {
    return Long.divideUnsigned(nanos - bounds.from(), nanosWide);
  }

  private Stretch window(long index) {
    if (index != current) {
      stretch = windows.computeIfAbsent(index, key -> new Stretch());
      current = index;
    }
    return stretch;
  }

  private Span span(long index) {
    java.time.Instant start = span.start().plus(width.multipliedBy(index));
    java.time.Instant end = nanosWide == Long.MAX_VALUE ? span.end() : start.plus(width);
    return new Span(start, end.isAfter(span.end()) ? span.end() : end);
  }
}
