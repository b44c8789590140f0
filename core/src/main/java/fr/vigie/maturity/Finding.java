package fr.vigie.maturity;

import java.util.List;
import java.util.OptionalDouble;

/** What was found of an indicator. */
public sealed interface Finding {
  /**
   * A ratio, never clamped: above 1 something is counted twice or declared wrong.
   *
   * @param unit of numerator and denominator: a word such as {@code machines} or a UCUM symbol
   * @param details what else belongs to it
   * @param evidence addresses under which the figures behind it are found
   */
  record Measured(
      double numerator,
      double denominator,
      String unit,
      List<Detail> details,
      List<String> evidence)
      implements Finding {
    public Measured {
      if (!Double.isFinite(numerator) || !Double.isFinite(denominator) || denominator < 0) {
        throw new IllegalArgumentException("not a ratio: " + numerator + " / " + denominator);
      }
      details = List.copyOf(details);
      evidence = List.copyOf(evidence);
    }

    /** Empty when there was nothing to measure. */
    public OptionalDouble ratio() {
      return denominator == 0 ? OptionalDouble.empty() : OptionalDouble.of(numerator / denominator);
    }
  }

  /**
   * Nothing.
   *
   * @param because a word for why, such as {@code site-meter}
   */
  record NotMeasured(String because) implements Finding {}

  /**
   * @param name a word, such as {@code manual}
   * @param unit as in {@link Measured}; empty for a number without one
   */
  record Detail(String name, double value, String unit) {}
}
