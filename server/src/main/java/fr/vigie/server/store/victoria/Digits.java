package fr.vigie.server.store.victoria;

/**
 * Numbers that VictoriaMetrics gives back as it took them. It keeps a block of values as whole
 * numbers with one power of ten for all, of which it finds the digits only up to about the twelfth.
 * Numbers with at most twelve digits, six of them behind the point, all fit one block.
 */
final class Digits {
  private static final double MOST = 1e12;
  private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};

  private Digits() {}

  /** The nearest number that comes back as it is; the number itself when it does. */
  static double nearest(double number) {
    if (Math.abs(number) >= MOST) {
      return Math.copySign(MOST, number);
    }
    for (int digits = POWERS.length - 1; digits > 0; digits--) {
      double shifted = Math.rint(number * POWERS[digits]);
      if (Math.abs(shifted) < MOST) {
        return shifted / POWERS[digits] + 0.0;
      }
    }
    return Math.rint(number) + 0.0;
  }
}
