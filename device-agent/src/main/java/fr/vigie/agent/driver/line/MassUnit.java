package fr.vigie.agent.driver.line;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Units of mass that scales speak. */
public enum MassUnit {
  MG("mg", true, -6),
  G("g", true, -3),
  KG("kg", true, 0),
  T("t", true, 3),
  LB("[lb_av]", false, 0),
  OZ("[oz_av]", false, 0);

  /** As UCUM writes it. */
  final String symbol;

  private final boolean metric;
  private final int exponent;

  MassUnit(String symbol, boolean metric, int exponent) {
    this.symbol = symbol;
    this.metric = metric;
    this.exponent = exponent;
  }

  /** The unit that a scale writes so. */
  static Optional<MassUnit> of(String text) {
    return Arrays.stream(values()).filter(unit -> unit.toString().equals(text)).findFirst();
  }

  /** An amount of this unit in another one, exactly; empty unless both are metric or the same. */
  OptionalDouble in(MassUnit other, BigDecimal amount) {
    if (this != other && !(metric && other.metric)) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(amount.scaleByPowerOfTen(exponent - other.exponent).doubleValue());
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
