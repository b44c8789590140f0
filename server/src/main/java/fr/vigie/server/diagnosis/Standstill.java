package fr.vigie.server.diagnosis;

import fr.vigie.production.Stop;
import fr.vigie.reason.Capture;
import fr.vigie.reason.ReasonedStop;
import java.time.Duration;
import java.time.Instant;

/**
 * A stop in time that the calendar requires, with its reasons; also one whose reason says that it
 * was planned.
 *
 * @param reasons of all of it, beyond the span asked for too
 * @param inTime its reasons as they were {@link #IN_TIME} after its end
 */
public record Standstill(Stop stop, ReasonedStop reasons, ReasonedStop inTime) {
  /** How long after its end a stop's reason is in time. */
  public static final Duration IN_TIME = Duration.ofHours(24);

  /**
   * Whether its whole reason came in time.
   *
   * @param threshold the machine's, from which on a rest without a reason counts
   */
  public Capture capture(Duration threshold, Instant now) {
    boolean open = reasons.span().end().plus(IN_TIME).isAfter(now);
    return Capture.of(inTime, threshold, open);
  }
}
