package fr.vigie.energy;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * What was used within a stretch of time, and how much of that time is known. Adds up.
 *
 * @param kilowattHours of the known time; negative when more was given back than used
 * @param shared what of it was measured over a longer stretch, of which it is the share by time
 * @param known how long the meter tells of
 * @param asked how long was asked for
 */
public record Energy(double kilowattHours, double shared, Duration known, Duration asked) {
  public static final Energy NONE = new Energy(0, 0, Duration.ZERO, Duration.ZERO);

  private static final double NANOS_AN_HOUR = 3.6e12;

  static Energy of(double kilowattHours, double shared, long knownNanos, long askedNanos) {
    return new Energy(
        kilowattHours, shared, Duration.ofNanos(knownNanos), Duration.ofNanos(askedNanos));
  }

  public Energy plus(Energy other) {
    return new Energy(
        kilowattHours + other.kilowattHours,
        shared + other.shared,
        known.plus(other.known),
        asked.plus(other.asked));
  }

  /** Mean power over the known time, in kW; empty when none is known. */
  public OptionalDouble kilowatts() {
    return known.isZero()
        ? OptionalDouble.empty()
        : OptionalDouble.of(kilowattHours * NANOS_AN_HOUR / known.toNanos());
  }

  /** Known over asked time; empty when nothing was asked for. */
  public OptionalDouble coverage() {
    return asked.isZero()
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) known.toNanos() / asked.toNanos());
  }
}
