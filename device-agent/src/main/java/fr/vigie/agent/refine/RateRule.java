package fr.vigie.agent.refine;

import fr.vigie.agent.setting.Default;
import fr.vigie.agent.setting.Mistakes;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * How fast a counter counts, as a signal of its own.
 *
 * @param rate the length of the windows of which each tells one rate
 * @param ratePer the time of its unit
 * @param rateMost what the counter can do at the most, in the rate's unit; a jump beyond is not
 *     believed
 * @param modulus at which the counter rolls over to 0
 */
public record RateRule(
    Optional<Duration> rate,
    @Default("min") Per ratePer,
    Optional<Double> rateMost,
    Optional<Double> modulus) {
  static final RateRule NONE =
      new RateRule(Optional.empty(), Per.MIN, Optional.empty(), Optional.empty());

  /** The time of a rate's unit, by its UCUM symbol. */
  public enum Per {
    S(Duration.ofSeconds(1)),
    MIN(Duration.ofMinutes(1)),
    H(Duration.ofHours(1));

    private final Duration length;

    Per(Duration length) {
      this.length = length;
    }
  }

  public RateRule {
    new Mistakes()
        .unless(
            rate.isEmpty() || Windows.fits(rate.get()),
            "rate",
            rate.map(Windows::inWords).orElse(""),
            "100ms to 1d, so that a day is a whole number of windows")
        .unless(
            rate.isPresent() || rateMost.isEmpty(), "rate-most", "a limit", "rate: 1m beside it")
        .unless(rate.isPresent() || ratePer == Per.MIN, "rate-per", "a unit", "rate: 1m beside it")
        .unless(rate.isPresent() || modulus.isEmpty(), "modulus", "a modulus", "rate: 1m beside it")
        .unless(
            rateMost.orElse(1.0) > 0,
            "rate-most",
            rateMost.map(Object::toString).orElse(""),
            "more than 0")
        .unless(
            modulus.orElse(1.0) > 0,
            "modulus",
            modulus.map(Object::toString).orElse(""),
            "more than 0")
        .refuse();
  }

  double nanosPerUnit() {
    return ratePer.length.toNanos();
  }

  /** Such as {@code kW.h/h}; {@code 1/min} for a counter without a unit. */
  String unit(String counted) {
    return (counted.isEmpty() ? "1" : counted) + '/' + ratePer.name().toLowerCase(Locale.ROOT);
  }
}
