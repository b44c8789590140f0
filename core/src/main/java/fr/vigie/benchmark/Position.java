package fr.vigie.benchmark;

/** Where a company's own rate lies among the quartiles of all; on a border, above it. */
public enum Position {
  LOWEST_QUARTER,
  BELOW_MEDIAN,
  ABOVE_MEDIAN,
  HIGHEST_QUARTER;

  /**
   * @param ratio the company's own, 1 for 100 %
   */
  public static Position of(double ratio, Cell.Quartiles quartiles) {
    double percent = 100 * ratio;
    if (percent < quartiles.lower()) {
      return LOWEST_QUARTER;
    }
    if (percent < quartiles.median()) {
      return BELOW_MEDIAN;
    }
    return percent < quartiles.upper() ? ABOVE_MEDIAN : HIGHEST_QUARTER;
  }
}
