package fr.vigie.agent.driver;

import fr.vigie.signal.Kind;
import java.time.Duration;
import java.util.Optional;

/**
 * A signal of a device that prints lines.
 *
 * @param unit UCUM symbol, such as {@code Cel} or {@code kW.h}
 * @param from the key in the line, when it differs from the signal's name
 * @param deadband in the signal's unit: a sample leaves only when it differs by more; 0 holds back
 *     repetitions; without it every sample leaves
 * @param silence the longest time without a sample while a deadband holds them back
 */
public record LineSignal(
    Kind kind,
    @Default("") String unit,
    Optional<String> from,
    Optional<Double> deadband,
    Optional<Duration> silence) {
  public LineSignal {
    if (deadband.isPresent() && deadband.get() < 0) {
      throw new Mistake("deadband", deadband.get().toString(), "0 or more");
    }
    if (silence.isPresent() && deadband.isEmpty()) {
      throw new Mistake("silence", "a silence without a deadband", "deadband and silence together");
    }
    if (unit.length() > 32) {
      throw new Mistake("unit", "'" + unit + "'", "a UCUM symbol of at most 32 characters");
    }
  }
}
