package fr.vigie.server.diagnosis;

import fr.vigie.production.Figures;
import fr.vigie.reason.Capture;
import fr.vigie.server.plant.Machine;
import java.time.Instant;
import java.util.List;

/**
 * The figures of a span, what of it was seen, and why the machine stood.
 *
 * @param stops without micro-stops, in order of time
 */
public record Reckoning(Figures figures, Coverage coverage, List<Standstill> stops) {
  public Reckoning {
    stops = List.copyOf(stops);
  }

  /** How many of the stops had their whole reason in time. */
  public Capture capture(Machine machine, Instant now) {
    return stops.stream()
        .map(stop -> stop.capture(machine.rules().microStop(), now))
        .reduce(Capture.NOTHING, Capture::plus);
  }
}
