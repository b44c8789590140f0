package fr.vigie.agent.driver;

import fr.vigie.signal.Kind;
import java.time.Duration;
import java.util.Locale;
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
    boolean banded = deadband.isPresent();
    double band = deadband.orElse(0.0);
    new Mistakes()
        .unless(band >= 0, "deadband", Double.toString(band), "0 or more")
        .unless(
            band == 0 || !kind.isText(),
            "deadband",
            Double.toString(band),
            "0 for a " + words(kind))
        .unless(
            !banded || kind != Kind.EVENT,
            "deadband",
            "a deadband for events",
            "none: two equal events are two events")
        .unless(
            silence.isEmpty() || banded,
            "silence",
            "a silence without a deadband",
            "deadband and silence together")
        .unless(
            silence.isEmpty() || !silence.get().isZero(), "silence", "0", "a duration such as 60s")
        .unless(
            unit.length() <= 32, "unit", "'" + unit + "'", "a UCUM symbol of at most 32 characters")
        .refuse();
  }

  private static String words(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
