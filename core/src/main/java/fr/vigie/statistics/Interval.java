package fr.vigie.statistics;

/**
 * Where a figure lies.
 *
 * @param low not above {@code high}, in the unit of the figure
 * @param high in the unit of the figure
 * @param confidence above 0 and below 1, such as 0.95
 */
public record Interval(double low, double high, double confidence) {
  /** The confidence of figures whose page names no other. */
  public static final double USUAL = 0.95;

  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("an interval from " + low + " to " + high);
    }
    checkConfidence(confidence);
  }

  /** So much to either side. */
  public static Interval about(double centre, double halfWidth, double confidence) {
    return new Interval(centre - halfWidth, centre + halfWidth, confidence);
  }

  /**
   * @throws IllegalArgumentException unless above 0 and below 1
   */
  public static void checkConfidence(double confidence) {
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("confidence: found " + confidence + ", wanted 0 to 1");
    }
  }

  /** Both ends included. */
  public boolean contains(double value) {
    return value >= low && value <= high;
  }
}
