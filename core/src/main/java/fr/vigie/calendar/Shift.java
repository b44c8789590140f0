package fr.vigie.calendar;

import fr.vigie.time.Span;
import java.time.LocalDate;
import java.util.List;

/**
 * One shift as it took place.
 *
 * @param day the local day on which it started
 * @param breaks within it, in order of time: open, and not required
 */
public record Shift(String name, LocalDate day, Span span, List<Span> breaks) {
  public Shift {
    breaks = List.copyOf(breaks);
  }
}
