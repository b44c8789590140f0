package fr.vigie.server.alert;

import fr.vigie.condition.Judgement;
import fr.vigie.time.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** From an instant on, until the next turn, something is judged so. */
record Turn(Instant at, Judgement judgement) {
  /**
   * The turns, with another judgement within spans; before the first turn nothing is known.
   *
   * @param turns in order of time
   * @param spans may overlap
   */
  static List<Turn> within(List<Turn> turns, Collection<Span> spans, Judgement there) {
    return replaced(turns, union(spans), there);
  }

  /** The turns, with another judgement outside of spans. */
  static List<Turn> outside(
      List<Turn> turns, Collection<Span> spans, Span asked, Judgement elsewhere) {
    List<Span> others = new ArrayList<>();
    Instant at = asked.start();
    for (Span span : union(spans)) {
      if (span.start().isAfter(at)) {
        others.add(new Span(at, span.start()));
      }
      at = span.end().isAfter(at) ? span.end() : at;
    }
    if (at.isBefore(asked.end())) {
      // It also holds at the very end, which no span contains.
      others.add(new Span(at, asked.end().plusNanos(1)));
    }
    return replaced(turns, others, elsewhere);
  }

  /** Spans that neither touch nor overlap, in order. */
  static List<Span> union(Collection<Span> spans) {
    List<Span> union = new ArrayList<>();
    for (Span span : spans.stream().sorted(Comparator.comparing(Span::start)).toList()) {
      Span last = union.isEmpty() ? null : union.get(union.size() - 1);
      if (last == null || span.start().isAfter(last.end())) {
        union.add(span);
      } else if (span.end().isAfter(last.end())) {
        union.set(union.size() - 1, new Span(last.start(), span.end()));
      }
    }
    return union;
  }

  private static List<Turn> replaced(List<Turn> turns, List<Span> spans, Judgement there) {
    List<Turn> all = new ArrayList<>();
    int next = 0;
    Judgement inForce = Judgement.NEITHER;
    for (Span span : spans) {
      while (next < turns.size() && turns.get(next).at().isBefore(span.start())) {
        inForce = turns.get(next).judgement();
        all.add(turns.get(next++));
      }
      all.add(new Turn(span.start(), there));
      while (next < turns.size() && turns.get(next).at().isBefore(span.end())) {
        inForce = turns.get(next++).judgement();
      }
      all.add(new Turn(span.end(), inForce));
    }
    all.addAll(turns.subList(next, turns.size()));
    return all;
  }
}
