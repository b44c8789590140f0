package fr.vigie.reason;

import fr.vigie.time.Span;
import java.time.Instant;

/**
 * A stretch for which a reason given by hand is in force.
 *
 * @param entry the line of the journal that gave it
 */
public record Given(Span span, String code, Entry entry) {
  /** Whether it ends when the machine runs again, and only at the latest with its span. */
  public boolean isOpen() {
    return entry.act() instanceof Act.GiveUntilRunning;
  }

  Given within(Instant from, Instant to) {
    return new Given(new Span(from, to), code, entry);
  }
}
