package fr.vigie.improvement;

import fr.vigie.production.Rate;
import fr.vigie.time.Span;
import java.time.Duration;
import java.util.Map;

/**
 * A shift or a day: long enough not to follow from the one before it.
 *
 * @param numerator in hours or in parts
 * @param denominator likewise; how much the unit weighs, 0 when it says nothing
 * @param coverage observed over required time, 0 to 1
 * @param conditions under which it was measured, by their name: sensors, reference cycle,
 *     thresholds
 */
public record Unit(
    Span span,
    double numerator,
    double denominator,
    double coverage,
    Map<String, String> conditions) {
  private static final double NANOS_AN_HOUR = Duration.ofHours(1).toNanos();

  public Unit {
    if (!(denominator >= 0 && coverage >= 0) || !Double.isFinite(numerator + denominator)) {
      throw new IllegalArgumentException(
          "a unit of " + numerator + " over " + denominator + ", seen " + coverage);
    }
    conditions = Map.copyOf(conditions);
  }

  /** Of a rate, times in hours. */
  public static Unit of(Span span, Rate rate, Rate coverage, Map<String, String> conditions) {
    double scale = rate.of() == Rate.Of.NANOSECONDS ? NANOS_AN_HOUR : 1;
    return new Unit(
        span,
        rate.numerator() / scale,
        rate.denominator() / scale,
        coverage.ratio().orElse(0),
        conditions);
  }

  double ratio() {
    return numerator / denominator;
  }
}
