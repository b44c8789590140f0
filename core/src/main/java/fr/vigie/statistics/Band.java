package fr.vigie.statistics;

import java.util.Locale;
import java.util.Optional;

/**
 * Frequencies from one to another, both included.
 *
 * @param low above zero, in Hz
 * @param high above {@code low}, in Hz
 */
public record Band(double low, double high) {
  /** The band of broadband vibration in ISO 20816-3 for machines of 600 rpm and more. */
  public static final Band BROAD = new Band(10, 1000);

  /** Samples in a period of the highest frequency that can be trusted, as analysers have it. */
  private static final double SAMPLES_A_PERIOD = 2.56;

  /** Periods of the lowest one in a burst, below which the window's own spectrum shows. */
  private static final double PERIODS = 3;

  public Band {
    if (!(low > 0 && high > low && high < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "a band goes from one frequency above zero to a higher one, found "
              + low
              + " to "
              + high
              + " Hz");
    }
  }

  /**
   * The part of the band of which a burst can tell: up to 1/2.56 of its rate, from three periods in
   * its length; empty when of none.
   */
  public Optional<Band> within(Burst burst) {
    double from = Math.max(low, PERIODS * burst.hertz() / burst.size());
    double to = Math.min(high, burst.hertz() / SAMPLES_A_PERIOD);
    return from < to ? Optional.of(new Band(from, to)) : Optional.empty();
  }

  /** Such as {@code 10-390.6 Hz}, to be shown with a figure that does not cover all of its band. */
  @Override
  public String toString() {
    return number(low) + '-' + number(high) + " Hz";
  }

  private static String number(double hertz) {
    return hertz == Math.rint(hertz)
        ? Long.toString((long) hertz)
        : String.format(Locale.ROOT, "%.1f", hertz);
  }
}
