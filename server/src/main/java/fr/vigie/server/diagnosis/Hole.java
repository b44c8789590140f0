package fr.vigie.server.diagnosis;

import fr.vigie.time.Span;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A stretch of time that was not seen, or not for sure.
 *
 * @param count how many readings are missing, when anybody knows
 * @param source the sensor, the agent or the signal that tells of it; {@code *} for every sensor of
 *     an agent, empty when nobody does
 */
public record Hole(Span span, HoleReason reason, OptionalLong count, String source) {
  Hole(Span span, HoleReason reason, String source) {
    this(span, reason, OptionalLong.empty(), source);
  }

  /** The part of it within a span; the count stays that of the whole. */
  Optional<Hole> within(Span bounds) {
    if (span.isEmpty()) {
      return bounds.contains(span.start()) ? Optional.of(this) : Optional.empty();
    }
    return span.overlap(bounds).map(part -> new Hole(part, reason, count, source));
  }
}
