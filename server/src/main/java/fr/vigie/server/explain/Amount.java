package fr.vigie.server.explain;

import fr.vigie.production.Rate;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The value of a figure.
 *
 * @param value in the unit; empty when the figure is not defined or something that it needs is not
 *     known
 */
public record Amount(OptionalDouble value, Unit unit) {
  /** Units of figures. */
  public enum Unit {
    /** A ratio: 1 stands for 100 %. */
    RATIO("1"),
    SECONDS("s"),
    PARTS("parts"),
    /** Seconds for one part. */
    SECONDS_A_PART("s/part"),
    PER_HOUR("1/h"),
    NUMBER(""),
    EUROS("EUR");

    private final String symbol;

    Unit(String symbol) {
      this.symbol = symbol;
    }

    /** As it stands in an answer; empty for a plain number. */
    public String symbol() {
      return symbol;
    }
  }

  static Amount of(Rate rate) {
    return new Amount(rate.ratio(), Unit.RATIO);
  }

  static Amount of(Duration time) {
    return new Amount(OptionalDouble.of(seconds(time)), Unit.SECONDS);
  }

  static Amount of(Optional<Duration> time) {
    return new Amount(
        time.map(Amount::seconds).map(OptionalDouble::of).orElse(OptionalDouble.empty()),
        Unit.SECONDS);
  }

  static Amount parts(long count) {
    return new Amount(OptionalDouble.of(count), Unit.PARTS);
  }

  private static double seconds(Duration time) {
    return time.getSeconds() + time.getNano() / 1e9;
  }
}
