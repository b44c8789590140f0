package fr.vigie.production;

import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import fr.vigie.time.Stretches;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Things laid upon time that may overlap: at each instant the one that starts last holds, of two
 * that start together the shorter one, of two of the same span the one whose name comes last.
 *
 * @param pieces in order of time; no two overlap
 * @param overlaps when more than one was laid
 */
record Laid<T>(List<Piece<T>> pieces, Stretches overlaps) {
  record Piece<T>(Span span, T what) {}

  static <T> Laid<T> of(List<Piece<T>> things, Function<T, String> name) {
    List<Piece<T>> sorted = new ArrayList<>(things);
    sorted.removeIf(piece -> piece.span().isEmpty());
    sorted.sort(
        Comparator.comparing((Piece<T> piece) -> piece.span().start())
            .thenComparing(piece -> piece.span().end(), Comparator.reverseOrder())
            .thenComparing(piece -> name.apply(piece.what())));
    List<Span> overlaps = new ArrayList<>();
    Instant reached = Instant.MIN;
    for (Piece<T> piece : sorted) {
      Span span = piece.span();
      Instant until = span.end().isBefore(reached) ? span.end() : reached;
      if (until.isAfter(span.start())) {
        overlaps.add(new Span(span.start(), until));
      }
      reached = span.end().isAfter(reached) ? span.end() : reached;
    }
    return new Laid<>(
        overlaps.isEmpty() ? List.copyOf(sorted) : disjoint(sorted), Stretches.of(overlaps));
  }

  private static <T> List<Piece<T>> disjoint(List<Piece<T>> sorted) {
    List<Piece<T>> pieces = new ArrayList<>();
    List<Span> taken = new ArrayList<>();
    for (int i = sorted.size() - 1; i >= 0; i--) {
      Piece<T> piece = sorted.get(i);
      for (Span span : Stretches.of(List.of(piece.span())).minus(Stretches.of(taken)).spans()) {
        pieces.add(new Piece<>(span, piece.what()));
      }
      taken.add(piece.span());
    }
    pieces.sort(Comparator.comparing(piece -> piece.span().start()));
    return List.copyOf(pieces);
  }

  /** When anything lies of which this is true. */
  Stretches where(Predicate<T> wanted) {
    return Stretches.of(
        pieces.stream().filter(piece -> wanted.test(piece.what())).map(Piece::span).toList());
  }

  boolean overlapsIn(Span span) {
    return overlaps.overlap(Nanos.of(span.start()), Nanos.of(span.end())) > 0;
  }
}
