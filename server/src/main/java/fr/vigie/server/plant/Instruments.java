package fr.vigie.server.plant;

import fr.vigie.condition.Drift;
import fr.vigie.condition.HoldOff;
import fr.vigie.condition.Limit;
import fr.vigie.condition.VibrationScale;
import fr.vigie.energy.MeterRule;
import fr.vigie.statistics.Band;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a machine's energy and condition are read from.
 *
 * @param watched signals that tell of its condition, each once
 */
public record Instruments(Optional<Meter> meter, List<Watched> watched) {
  public static final Instruments NONE = new Instruments(Optional.empty(), List.of());

  public Instruments {
    watched = List.copyOf(watched);
  }

  /**
   * @param rule how the signal is read
   */
  public record Meter(String signal, MeterRule rule, Optional<Price> price) {}

  /** Of a kWh, above zero. */
  public record Price(double perKilowattHour, Currency currency) {
    public double of(double kilowattHours) {
      return kilowattHours * perKilowattHour;
    }
  }

  /**
   * @param label what people call it; free text
   * @param vibration how it is judged when it is a velocity in mm/s RMS
   * @param limits what is bad of it
   * @param holdOff for how long it must be, to be told of
   * @param drift how drift is looked for, if it is
   */
  public record Watched(
      String signal,
      String label,
      Optional<Vibration> vibration,
      List<Limit> limits,
      HoldOff holdOff,
      Optional<DriftWatch> drift) {
    public Watched {
      limits = List.copyOf(limits);
    }
  }

  /**
   * @param sensed the frequencies that the sensor really hears
   * @param usual the velocity when all was well, in mm/s RMS
   */
  public record Vibration(VibrationScale scale, Band sensed, OptionalDouble usual) {}

  /**
   * @param since from when on it is learned what is usual: when nothing was the matter
   */
  public record DriftWatch(Drift.Rule rule, Instant since) {}
}
