package fr.vigie.server.diagnosis;

import fr.vigie.energy.EnergyUse;
import fr.vigie.energy.Gap;
import fr.vigie.energy.PerPart;
import fr.vigie.production.Figures;
import java.util.List;

/**
 * What a machine used over a span.
 *
 * @param gaps of the meter that touch the span
 */
public record EnergyReckoning(EnergyUse use, Figures figures, List<Gap> gaps) {
  public EnergyReckoning {
    gaps = List.copyOf(gaps);
  }

  /** All energy of the span over its good parts. */
  public PerPart perGoodPart() {
    return new PerPart(use.total(), figures.good());
  }
}
