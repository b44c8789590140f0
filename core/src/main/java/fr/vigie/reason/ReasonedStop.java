package fr.vigie.reason;

import fr.vigie.time.Span;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A stop with its reasons.
 *
 * @param parts fill the stop in order of time, without rest or overlap
 */
public record ReasonedStop(Span span, List<Part> parts) {
  public ReasonedStop {
    parts = List.copyOf(parts);
  }

  /**
   * @param cause empty when nobody and nothing has told
   */
  public record Part(Span span, Optional<Cause> cause) {}

  /** What of it lies in a span; empty when nothing does. */
  public Optional<ReasonedStop> within(Span other) {
    return span.overlap(other).map(common -> new ReasonedStop(common, cut(common)));
  }

  /** How much of it has no reason. */
  public Duration unknown() {
    return parts.stream()
        .filter(part -> part.cause().isEmpty())
        .map(part -> part.span().length())
        .reduce(Duration.ZERO, Duration::plus);
  }

  /**
   * Whether a person should say why. A rest that would be a micro-stop by itself does not wait: a
   * border that late samples moved a little asks nobody again.
   */
  public boolean waits(Duration threshold) {
    Duration unknown = unknown();
    return !unknown.isZero() && unknown.compareTo(threshold) >= 0;
  }

  /** Whether a person said any of it. */
  public boolean isByHand() {
    return parts.stream().flatMap(part -> part.cause().stream()).anyMatch(Cause::isByHand);
  }

  private List<Part> cut(Span common) {
    return parts.stream()
        .flatMap(
            part -> part.span().overlap(common).map(span -> new Part(span, part.cause())).stream())
        .toList();
  }
}
