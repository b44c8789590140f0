package fr.vigie.production;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Currency;

/** What an hour of a machine costs. */
public record HourlyCost(BigDecimal perHour, Currency currency) {
  private static final BigDecimal HOUR = BigDecimal.valueOf(3_600_000_000_000L);

  /**
   * @throws IllegalArgumentException when it is below zero
   */
  public HourlyCost {
    if (perHour.signum() < 0) {
      throw new IllegalArgumentException("cost of an hour: found " + perHour);
    }
  }

  /**
   * What lost time costs, to the smallest coin, a half to the even neighbour. Add times and not
   * money: rounded sums differ from rounded parts.
   */
  public BigDecimal of(Duration time) {
    return perHour
        .multiply(BigDecimal.valueOf(time.toNanos()))
        .divide(HOUR, Math.max(0, currency.getDefaultFractionDigits()), RoundingMode.HALF_EVEN);
  }
}
