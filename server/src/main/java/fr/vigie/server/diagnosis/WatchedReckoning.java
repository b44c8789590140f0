package fr.vigie.server.diagnosis;

import fr.vigie.condition.Drift;
import fr.vigie.condition.HoldOff;
import fr.vigie.condition.Mean;
import fr.vigie.condition.Trend;
import fr.vigie.server.plant.Instruments.Watched;
import fr.vigie.signal.Sample;
import java.util.List;
import java.util.Optional;

/**
 * What a watched signal says over a span.
 *
 * @param last sample up to the end of the span
 * @param alarm by its limits, over the span; nothing is known of it before
 * @param drift from when it was learned to the end of the span; empty when none is looked for
 * @param means that the trend goes through
 * @param trend empty with too few means
 */
public record WatchedReckoning(
    Watched watched,
    Optional<Sample> last,
    HoldOff.Step alarm,
    Optional<Drift> drift,
    List<Mean> means,
    Optional<Trend> trend) {
  public WatchedReckoning {
    means = List.copyOf(means);
  }
}
