package fr.vigie.reason;

import fr.vigie.column.Column;
import fr.vigie.time.Span;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a machine did, as far as its reasons depend on it.
 *
 * @param span how far it was read
 * @param stops of the threshold or longer, in order of time, whole
 * @param runsAgain the first instant at or after another at which it ran, empty when none is known
 * @param signals samples of each signal that a rule reads, in order of time
 */
public record Evidence(
    Span span,
    List<Span> stops,
    Function<Instant, Optional<Instant>> runsAgain,
    Map<String, Column> signals) {
  public Evidence {
    stops = List.copyOf(stops);
    signals = Map.copyOf(signals);
  }
}
