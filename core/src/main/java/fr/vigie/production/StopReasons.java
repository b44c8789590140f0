package fr.vigie.production;

import fr.vigie.reason.Reason;
import fr.vigie.reason.Reasoned;
import fr.vigie.reason.StopKind;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import fr.vigie.time.Stretches;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Reasons laid upon the stops of a machine. */
record StopReasons(Laid<Reason> laid) {
  static StopReasons of(List<Reasoned> reasons) {
    return new StopReasons(
        Laid.of(
            reasons.stream()
                .map(reasoned -> new Laid.Piece<>(reasoned.span(), reasoned.reason()))
                .toList(),
            Reason::code));
  }

  /** The time of reasons of some kinds in which the machine was not known to run. */
  Stretches standing(Timeline timeline, Predicate<StopKind> kinds) {
    Stretches wanted = laid.where(reason -> kinds.test(reason.kind()));
    List<Span> running = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      running.addAll(timeline.running(wanted.start(i), wanted.end(i)).spans());
    }
    return wanted.minus(Stretches.of(running));
  }

  boolean touch(Span span) {
    return laid.pieces().stream().anyMatch(piece -> piece.span().overlap(span).isPresent());
  }

  /** Cuts stops, which are in order of time, at the borders of their reasons. */
  List<StopPiece> pieces(List<Stop> stops, boolean micro) {
    List<StopPiece> pieces = new ArrayList<>();
    int next = 0;
    for (Stop stop : stops) {
      Instant at = stop.span().start();
      Instant end = stop.span().end();
      while (next < laid.pieces().size() && !laid.pieces().get(next).span().end().isAfter(at)) {
        next++;
      }
      for (int i = next; i < laid.pieces().size() && at.isBefore(end); i++) {
        Laid.Piece<Reason> piece = laid.pieces().get(i);
        Optional<Span> part = piece.span().overlap(new Span(at, end));
        if (part.isEmpty()) {
          break;
        }
        if (part.get().start().isAfter(at)) {
          pieces.add(new StopPiece(new Span(at, part.get().start()), Optional.empty(), micro));
        }
        pieces.add(new StopPiece(part.get(), Optional.of(piece.what()), micro));
        at = part.get().end();
      }
      if (at.isBefore(end)) {
        pieces.add(new StopPiece(new Span(at, end), Optional.empty(), micro));
      }
    }
    return pieces;
  }

  /** Every failure in some stops, in order of time. */
  List<Failure> failures(Stops stops, Timeline timeline) {
    Stretches breakdowns = laid.where(reason -> reason.kind() == StopKind.BREAKDOWN);
    List<Failure> failures = new ArrayList<>();
    for (int i = 0; breakdowns.size() > 0 && i < stops.size(); i++) {
      Stretches broken = breakdowns.within(stops.start(i), stops.end(i));
      if (broken.size() == 0) {
        continue;
      }
      Instant start = Nanos.instant(stops.start(i));
      Instant end = Nanos.instant(broken.end(broken.size() - 1));
      boolean over = end.isBefore(timeline.span().end());
      Failure failure = new Failure(start, end, Duration.between(start, end), over);
      Optional<Failure> last =
          failures.isEmpty() ? Optional.empty() : Optional.of(failures.get(failures.size() - 1));
      boolean goesOn =
          last.isPresent()
              && timeline.running(Nanos.of(last.get().end()), stops.start(i)).size() == 0;
      if (goesOn) {
        failures.set(failures.size() - 1, together(last.get(), failure));
      } else {
        failures.add(failure);
      }
    }
    return List.copyOf(failures);
  }

  private static Failure together(Failure one, Failure other) {
    return new Failure(one.start(), other.end(), one.repair().plus(other.repair()), other.isOver());
  }
}
