package fr.vigie.outbox;

import fr.vigie.time.Span;

/**
 * Records that left the outbox without a release and are gone.
 *
 * @param epoch of the records, as far as it can be known after damage
 * @param first sequence of the range
 * @param last sequence of the range
 * @param records how many; exact, also where the range is a guess
 * @param when the times between which they were appended, by the clock handed to {@link
 *     Outbox#open}
 * @param reason why
 */
public record Dropped(long epoch, long first, long last, long records, Span when, Reason reason) {
  /** Why records were dropped. */
  public enum Reason {
    /** The outbox was at its limit and gave up its oldest segment. */
    FULL,
    /** The medium gave back other bytes than were written. */
    DAMAGED
  }
}
