package fr.vigie.energy;

import fr.vigie.time.Span;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Mean powers of windows of one width.
 *
 * @param known those of which all is known, in order of time
 * @param asked how many there are in the span, known or not
 */
public record Windows(Duration width, List<Window> known, int asked) {
  /** Mean power of one, in kW. */
  public record Window(Span span, double kilowatts) {}

  public Windows {
    known = List.copyOf(known);
  }

  /** The highest, the first of equal ones. */
  public Optional<Window> peak() {
    Window top = null;
    for (Window each : known) {
      if (top == null || each.kilowatts() > top.kilowatts()) {
        top = each;
      }
    }
    return Optional.ofNullable(top);
  }
}
