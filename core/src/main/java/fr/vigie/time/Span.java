package fr.vigie.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A half-open stretch of time: {@code start} belongs to it, {@code end} does not. */
public record Span(Instant start, Instant end) {
  /**
   * @throws IllegalArgumentException when {@code end} is before {@code start}
   */
  public Span {
    if (end.isBefore(start)) {
      throw new IllegalArgumentException("a span ends before it starts: " + start + " to " + end);
    }
  }

  public Duration length() {
    return Duration.between(start, end);
  }

  public boolean isEmpty() {
    return start.equals(end);
  }

  public boolean contains(Instant instant) {
    return !instant.isBefore(start) && instant.isBefore(end);
  }

  /** The time that both spans share, empty when they share none. */
  public Optional<Span> overlap(Span other) {
    Instant from = start.isAfter(other.start) ? start : other.start;
    Instant to = end.isBefore(other.end) ? end : other.end;
    return from.isBefore(to) ? Optional.of(new Span(from, to)) : Optional.empty();
  }
}
