package fr.vigie.server.improvement;

import fr.vigie.energy.Energy;
import fr.vigie.energy.PerPart;
import fr.vigie.improvement.Measure;
import fr.vigie.improvement.Unit;
import fr.vigie.production.Rate;
import fr.vigie.production.TimeTree;
import fr.vigie.time.Span;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A shift or a day, and what the machine did in it.
 *
 * @param perPart its energy, when that was asked for and is measured
 * @param conditions how the machine was described then
 */
record Seen(Span span, TimeTree tree, Optional<PerPart> perPart, Map<String, String> conditions) {
  Unit unit(Measure measure) {
    return measure == Measure.ENERGY_PER_GOOD_PART
        ? ofEnergy()
        : Unit.of(span, measure.of(tree), tree.coverage(), withoutMeter());
  }

  /** How energy is measured has no part in times and parts. */
  private Map<String, String> withoutMeter() {
    Map<String, String> others = new HashMap<>(conditions);
    others.remove("energy");
    return others;
  }

  /** Says nothing without a good part, or without a meter. */
  private Unit ofEnergy() {
    long parts = perPart.map(PerPart::goodParts).orElse(0L);
    Energy energy = perPart.map(PerPart::energy).orElse(Energy.NONE);
    return new Unit(
        span,
        energy.kilowattHours(),
        parts > 0 ? parts : 0,
        energy.coverage().orElse(0),
        conditions);
  }

  boolean countsParts(Measure measure) {
    return measure.of(tree).of() == Rate.Of.PARTS;
  }
}
