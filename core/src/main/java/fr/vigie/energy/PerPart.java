package fr.vigie.energy;

import java.util.OptionalDouble;

/** Energy over good parts; adds up. */
public record PerPart(Energy energy, long goodParts) {
  /** In kWh; empty without a good part. */
  public OptionalDouble kilowattHours() {
    return goodParts > 0
        ? OptionalDouble.of(energy.kilowattHours() / goodParts)
        : OptionalDouble.empty();
  }

  public PerPart plus(PerPart other) {
    return new PerPart(energy.plus(other.energy), goodParts + other.goodParts);
  }
}
