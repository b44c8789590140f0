package fr.vigie.server.explain;

import fr.vigie.production.Rate;
import java.time.Duration;
import java.util.Currency;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The value of a figure.
 *
 * @param value in the unit; empty when the figure is not defined or something that it needs is not
 *     known
 * @param unit its symbol; empty for a plain number, {@code 1} for a ratio, of which 1 is 100 %
 * @param text what the value stands for, where that is more than a number
 */
record Amount(OptionalDouble value, String unit, Optional<String> text) {
  private static Amount of(OptionalDouble value, String unit) {
    return new Amount(value, unit, Optional.empty());
  }

  static Amount of(double value, String unit) {
    return of(OptionalDouble.of(value), unit);
  }

  static Amount of(Optional<Double> value, String unit) {
    return of(value.map(OptionalDouble::of).orElse(OptionalDouble.empty()), unit);
  }

  static Amount of(Rate rate) {
    return ratio(rate.ratio());
  }

  static Amount ratio(OptionalDouble ratio) {
    return of(ratio, "1");
  }

  static Amount of(Duration time) {
    return of(Optional.of(time));
  }

  static Amount of(Optional<Duration> time) {
    return of(time.map(it -> it.getSeconds() + it.getNano() / 1e9), "s");
  }

  static Amount parts(Optional<Long> count) {
    return of(count.map(Long::doubleValue), "parts");
  }

  static Amount partsAnHour(OptionalDouble rate) {
    return of(rate, "parts/h");
  }

  static Amount count(double number) {
    return of(number, "");
  }

  static Amount kilowattHours(Optional<Double> energy) {
    return of(energy, "kWh");
  }

  static Amount kilowatts(OptionalDouble power) {
    return of(power, "kW");
  }

  static Amount kilowattHoursAPart(OptionalDouble energy) {
    return of(energy, "kWh/part");
  }

  static Amount money(Optional<Double> money, Currency currency) {
    return of(money, currency.getCurrencyCode());
  }

  /** The price of an hour, or of a kWh. */
  static Amount price(OptionalDouble money, Currency currency, String of) {
    return of(money, currency.getCurrencyCode() + '/' + of);
  }

  Amount saying(String meant) {
    return new Amount(value, unit, Optional.of(meant));
  }
}
