package fr.vigie.server.explain;

/**
 * How a figure follows from its inputs. Units are carried along: 1,800 s at 40 EUR/h are 20 EUR.
 * Money lost with time is rounded to the smallest coin.
 */
public enum Operation {
  /** The first input divided by the second. */
  QUOTIENT(" / "),
  /** All inputs added. */
  SUM(" + "),
  /** The first input less all others. */
  DIFFERENCE(" − "),
  /** All inputs multiplied. */
  PRODUCT(" × "),
  /** One more than the number of other inputs that the first exceeds. */
  RANK(" > "),
  /** The most, at one-sided 95 %, that a Poisson law of which the input was counted may expect. */
  BOUND(""),
  /** Taken from samples of a signal. */
  MEASURED(""),
  /** Taken from the calendar. */
  PLANNED(""),
  /** Set by whoever described the machine, decided for the site, or asked. */
  SET("");

  private final String sign;

  Operation(String sign) {
    this.sign = sign;
  }

  /** Between inputs, as it is written; empty where there is nothing to write between. */
  String sign() {
    return sign;
  }
}
