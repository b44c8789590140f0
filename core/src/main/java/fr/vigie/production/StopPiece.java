package fr.vigie.production;

import fr.vigie.reason.Reason;
import fr.vigie.time.Span;
import java.time.Duration;
import java.util.Optional;

/**
 * A part of a stop, or of a micro-stop, that has one reason or none.
 *
 * @param span the part of it that lies in the span asked for
 * @param reason empty while it is not known
 * @param micro whether the whole stop is shorter than the threshold
 */
public record StopPiece(Span span, Optional<Reason> reason, boolean micro) {
  public Duration length() {
    return span.length();
  }
}
