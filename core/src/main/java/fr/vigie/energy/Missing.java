package fr.vigie.energy;

import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Stretches of which it is known that samples are missing: in order of time, none touch. */
final class Missing {
  private final List<Span> spans = new ArrayList<>();

  Missing(List<Span> given) {
    List<Span> sorted = new ArrayList<>(given);
    sorted.removeIf(Span::isEmpty);
    sorted.sort(Comparator.comparing(Span::start));
    for (Span span : sorted) {
      Span last = spans.isEmpty() ? span : spans.get(spans.size() - 1);
      if (spans.isEmpty() || span.start().isAfter(last.end())) {
        spans.add(span);
      } else if (span.end().isAfter(last.end())) {
        spans.set(spans.size() - 1, new Span(last.start(), span.end()));
      }
    }
  }

  boolean touch(long from, long to) {
    int next = after(from);
    return next < spans.size() && start(next) < to;
  }

  /** A part of a stretch, missing or not. */
  interface Part {
    void take(long from, long to, boolean missing);
  }

  /** Cuts a stretch at the borders of what is missing. */
  void cut(long from, long to, Part part) {
    long at = from;
    for (int i = after(from); i < spans.size() && start(i) < to; i++) {
      if (start(i) > at) {
        part.take(at, start(i), false);
        at = start(i);
      }
      long end = Math.min(to, Nanos.of(spans.get(i).end()));
      part.take(at, end, true);
      at = end;
    }
    if (at < to) {
      part.take(at, to, false);
    }
  }

  private long start(int index) {
    return Nanos.of(spans.get(index).start());
  }

  /** The first that ends after an instant. */
  private int after(long instant) {
    int low = 0;
    int high = spans.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Nanos.of(spans.get(middle).end()) <= instant) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
