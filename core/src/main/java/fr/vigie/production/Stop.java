package fr.vigie.production;

import fr.vigie.time.Span;
import java.time.Duration;

/**
 * A maximal stretch of required time in which a machine was known not to run.
 *
 * @param span the part of it that lies in the span asked for
 * @param state the state that lasted longest within the whole of it
 * @param whole all of it, beyond the span asked for too: its length decides between stop and
 *     micro-stop
 */
public record Stop(Span span, MachineState state, Span whole) {
  /** How much of it lies in the span asked for. */
  public Duration length() {
    return span.length();
  }
}
