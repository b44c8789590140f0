package fr.vigie.statistics.control;

/**
 * Where the points of a chart may lie.
 *
 * @param lower at or below the centre
 * @param upper at or above the centre
 */
public record Limits(double lower, double centre, double upper) {
  private static final double WIDTH = 3;

  public Limits {
    if (!(lower <= centre && centre <= upper && Double.isFinite(upper - lower))) {
      throw new IllegalArgumentException("limits " + lower + ", " + centre + ", " + upper);
    }
  }

  /** Three standard deviations of a point to either side. */
  public static Limits about(double centre, double sigma) {
    return new Limits(centre - WIDTH * sigma, centre, centre + WIDTH * sigma);
  }

  /** Standard deviation of a point, a third of the way to the upper limit. */
  public double sigma() {
    return (upper - centre) / WIDTH;
  }
}
