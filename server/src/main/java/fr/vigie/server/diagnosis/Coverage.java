package fr.vigie.server.diagnosis;

import fr.vigie.production.Rate;
import fr.vigie.time.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * How much of a span was seen, and every hole in it.
 *
 * @param asked the span
 * @param holes within the span, by their start; they may overlap, and some have no length
 */
public record Coverage(Span asked, List<Hole> holes) {
  private static final Comparator<Hole> IN_ORDER =
      Comparator.comparing((Hole hole) -> hole.span().start())
          .thenComparing(hole -> hole.span().end())
          .thenComparing(Hole::reason)
          .thenComparing(Hole::source)
          .thenComparingLong(hole -> hole.count().orElse(-1));

  public Coverage {
    holes = List.copyOf(holes);
  }

  static Coverage of(Span asked, Collection<Hole> holes) {
    return new Coverage(
        asked,
        new LinkedHashSet<>(holes)
            .stream()
                .map(hole -> hole.within(asked))
                .flatMap(Optional::stream)
                .sorted(IN_ORDER)
                .toList());
  }

  /** The time of the span that lies in no hole. */
  public Duration observed() {
    return asked.length().minus(hiddenTime());
  }

  private Duration hiddenTime() {
    return hidden().stream().map(Span::length).reduce(Duration.ZERO, Duration::plus);
  }

  /** The time of the span whose samples were dropped on purpose. */
  public Duration droppedOnPurpose() {
    return new Coverage(
            asked, holes.stream().filter(hole -> hole.reason() == HoleReason.RETENTION).toList())
        .hiddenTime();
  }

  /** Observed over asked time. */
  public Rate rate() {
    return Rate.of(observed(), asked.length());
  }

  /** The holes as stretches that do not touch. */
  List<Span> hidden() {
    List<Span> hidden = new ArrayList<>();
    for (Hole hole : holes) {
      Span last = hidden.isEmpty() ? new Span(asked.start(), asked.start()) : last(hidden);
      if (hole.span().isEmpty()) {
        continue;
      }
      if (hidden.isEmpty() || hole.span().start().isAfter(last.end())) {
        hidden.add(hole.span());
      } else if (hole.span().end().isAfter(last.end())) {
        hidden.set(hidden.size() - 1, new Span(last.start(), hole.span().end()));
      }
    }
    return hidden;
  }

  /** This coverage, where what else was not observed and no hole explains is a hole of its own. */
  Coverage with(Collection<Span> unobserved, HoleReason reason, String source) {
    List<Hole> all = new ArrayList<>(holes);
    List<Span> hidden = hidden();
    for (Span span : unobserved) {
      Instant at = span.start();
      for (Span known : hidden) {
        if (known.end().isAfter(at) && known.start().isBefore(span.end())) {
          if (known.start().isAfter(at)) {
            all.add(new Hole(new Span(at, known.start()), reason, source));
          }
          at = known.end();
        }
      }
      if (at.isBefore(span.end())) {
        all.add(new Hole(new Span(at, span.end()), reason, source));
      }
    }
    return of(asked, all);
  }

  private static Span last(List<Span> spans) {
    return spans.get(spans.size() - 1);
  }
}
