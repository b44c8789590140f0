package fr.vigie.reason;

import java.time.Instant;

/**
 * One line of a journal of reasons. Lines are added and never changed.
 *
 * @param number above those of all earlier lines of the machine
 * @param who said it
 * @param at when it was said
 * @param why in their own words; may be empty
 */
public record Entry(long number, String who, Instant at, String why, Act act) {
  /**
   * @throws IllegalArgumentException when nobody said it
   */
  public Entry {
    if (who.isBlank()) {
      throw new IllegalArgumentException("an entry about reasons says who made it");
    }
  }
}
