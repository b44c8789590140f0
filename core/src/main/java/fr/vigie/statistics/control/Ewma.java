package fr.vigie.statistics.control;

import java.util.Optional;

/**
 * Exponentially weighted moving average with limits (ISO 7870-6). Observations must not depend on
 * those before them, as for {@link Cusum}.
 *
 * @param target where the average starts and the limits lie about
 * @param sigma standard deviation of one observation, above zero
 * @param weight λ, of the newest observation, above 0 and up to 1
 * @param width L, of the limits in standard deviations of the average, above zero
 */
public record Ewma(double target, double sigma, double weight, double width) {
  private static final double USUAL_WEIGHT = 0.2;
  private static final double USUAL_WIDTH = 3;

  /**
   * @throws IllegalArgumentException when a parameter is out of its range
   */
  public Ewma {
    boolean inRange = sigma > 0 && weight > 0 && weight <= 1 && width > 0;
    if (!inRange || !Double.isFinite(target + sigma + width)) {
      throw new IllegalArgumentException(
          "an ewma about " + target + ": σ " + sigma + ", λ " + weight + ", L " + width);
    }
  }

  /** λ = 0.2 and L = 3. */
  public static Ewma usual(double target, double sigma) {
    return new Ewma(target, sigma, USUAL_WEIGHT, USUAL_WIDTH);
  }

  /**
   * @param seen observations so far
   * @param value in the unit of the observations
   */
  public record Average(long seen, double value) {}

  /** Before the first observation. */
  public Average start() {
    return new Average(0, target);
  }

  /**
   * One observation more.
   *
   * @throws IllegalArgumentException when it is not finite
   */
  public Average next(Average average, double observed) {
    if (!Double.isFinite(observed)) {
      throw new IllegalArgumentException("an ewma cannot take " + observed);
    }
    return new Average(average.seen + 1, weight * observed + (1 - weight) * average.value);
  }

  /** How far from the target the average may be after so many observations: less at first. */
  public double reach(long seen) {
    return settledReach() * Math.sqrt(1 - Math.pow(1 - weight, 2.0 * seen));
  }

  /** How far from the target the average may be after very many observations. */
  public double settledReach() {
    return width * sigma * Math.sqrt(weight / (2 - weight));
  }

  /** To which side the average is beyond its limit, if it is. */
  public Optional<Side> alarm(Average average) {
    double off = average.value - target;
    if (Math.abs(off) <= reach(average.seen)) {
      return Optional.empty();
    }
    return Optional.of(off > 0 ? Side.ABOVE : Side.BELOW);
  }
}
