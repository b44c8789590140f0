package fr.vigie.improvement;

import fr.vigie.time.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When an action takes place: the baseline, then the works, of which nothing counts, then the time
 * in which it is to show.
 *
 * @param baseline before the works
 * @param after from the end of the works on
 * @param exclusions stretches that count for neither, each known beforehand: a strike, a trial
 */
public record Course(Span baseline, Span after, List<Span> exclusions) {
  /**
   * @throws IllegalArgumentException when baseline or after are empty, or after starts before the
   *     baseline ends
   */
  public Course {
    if (baseline.isEmpty() || after.isEmpty() || after.start().isBefore(baseline.end())) {
      throw new IllegalArgumentException(
          "a baseline of " + baseline + " and a time after of " + after);
    }
    exclusions = List.copyOf(exclusions);
  }

  /** To which part a stretch of time belongs. */
  public enum Part {
    BASELINE,
    AFTER
  }

  /** When the works begin. */
  public Instant worksStart() {
    return baseline.end();
  }

  /** The part in which all of a stretch lies; empty during works, and elsewhere. */
  Optional<Part> partOf(Span span) {
    if (isWithin(span, baseline)) {
      return Optional.of(Part.BASELINE);
    }
    return isWithin(span, after) ? Optional.of(Part.AFTER) : Optional.empty();
  }

  boolean excludes(Span span) {
    return exclusions.stream().anyMatch(each -> each.overlap(span).isPresent());
  }

  /** How long the time after has been going on when it is over or, before that, now. */
  Duration lengthAfter(Instant now) {
    Instant end = now.isBefore(after.end()) ? now : after.end();
    if (!end.isAfter(after.start())) {
      return Duration.ZERO;
    }
    Span seen = new Span(after.start(), end);
    return exclusions.stream()
        .flatMap(each -> each.overlap(seen).stream())
        .map(Span::length)
        .reduce(seen.length(), Duration::minus);
  }

  private static boolean isWithin(Span span, Span outer) {
    return !span.start().isBefore(outer.start()) && !span.end().isAfter(outer.end());
  }
}
