package fr.vigie.example.workshop;

/** Numbers as a small device has them: with two decimals. */
final class Decimal {
  private Decimal() {}

  /** The number nearest to {@code value} that has at most two decimals. */
  static double hundredths(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
