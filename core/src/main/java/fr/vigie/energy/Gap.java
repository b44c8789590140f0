package fr.vigie.energy;

import fr.vigie.time.Span;
import java.util.OptionalDouble;

/**
 * A stretch of which a meter does not tell how it went.
 *
 * @param kilowattHours what was used in all of it, when a counter tells; never shared out
 */
public record Gap(Span span, Reason reason, OptionalDouble kilowattHours) {
  public enum Reason {
    /** No sample for longer than the rule allows. */
    SILENCE,
    /** Somebody else knows that samples are missing. */
    DECLARED,
    /** The device said that it has no value. */
    MISSING,
    /** A reading gone wrong: no machine draws or gives back that much. */
    IMPOSSIBLE,
    /** The counter began anew, at zero or elsewhere. */
    RESET,
    /** Two samples of a load curve claim the same time; the earlier one stands. */
    TWICE
  }
}
