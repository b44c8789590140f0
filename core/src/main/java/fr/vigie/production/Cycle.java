package fr.vigie.production;

import fr.vigie.time.Span;
import java.time.Duration;

/** One complete cycle of a machine. It counts where it ends. */
public record Cycle(Span span) {
  public Duration length() {
    return span.length();
  }
}
