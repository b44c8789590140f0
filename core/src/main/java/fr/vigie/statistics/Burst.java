package fr.vigie.statistics;

import java.util.OptionalDouble;

/**
 * Accelerations read at an even rate, without a gap. What it says of itself is about their mean, so
 * that gravity does not count.
 *
 * @param metersPerSecondSquared finite, at least {@value #FEWEST} and at most {@value #MOST}
 * @param hertz samples a second
 */
public record Burst(double[] metersPerSecondSquared, double hertz) {
  public static final int FEWEST = 16;
  public static final int MOST = 1 << 18;
  private static final double STANDARD_GRAVITY = 9.80665;

  /**
   * @throws IllegalArgumentException when the rate is not positive, or the accelerations are too
   *     few, too many or not finite
   */
  public Burst {
    if (!(hertz > 0 && hertz < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a burst has a rate above zero, found " + hertz + " Hz");
    }
    if (metersPerSecondSquared.length < FEWEST || metersPerSecondSquared.length > MOST) {
      throw new IllegalArgumentException(
          "a burst has "
              + FEWEST
              + " to "
              + MOST
              + " accelerations, found "
              + metersPerSecondSquared.length);
    }
    metersPerSecondSquared = metersPerSecondSquared.clone();
    for (double each : metersPerSecondSquared) {
      if (!Double.isFinite(each)) {
        throw new IllegalArgumentException("a burst cannot hold " + each);
      }
    }
  }

  /** A burst of accelerations in units of standard gravity, 9.80665 m/s². */
  public static Burst ofGravities(double[] gravities, double hertz) {
    double[] accelerations = new double[gravities.length];
    for (int i = 0; i < gravities.length; i++) {
      accelerations[i] = gravities[i] * STANDARD_GRAVITY;
    }
    return new Burst(accelerations, hertz);
  }

  @Override
  public double[] metersPerSecondSquared() {
    return metersPerSecondSquared.clone();
  }

  public int size() {
    return metersPerSecondSquared.length;
  }

  /** Exact for a burst that stands still. */
  public double mean() {
    double first = metersPerSecondSquared[0];
    double sum = 0;
    for (double each : metersPerSecondSquared) {
      sum += each - first;
    }
    return first + sum / metersPerSecondSquared.length;
  }

  /** Of all frequencies, in m/s². */
  public double rms() {
    return Math.sqrt(moment(2));
  }

  /** The furthest from the mean, in m/s². */
  public double peak() {
    double mean = mean();
    double peak = 0;
    for (double each : metersPerSecondSquared) {
      peak = Math.max(peak, Math.abs(each - mean));
    }
    return peak;
  }

  /** Peak over RMS: 1.41 for a sine, more with shocks; empty at a standstill. */
  public OptionalDouble crest() {
    double rms = rms();
    return rms == 0 ? OptionalDouble.empty() : OptionalDouble.of(peak() / rms);
  }

  /** Fourth moment over the square of the second: 1.5 for a sine, 3 for noise, more with shocks. */
  public OptionalDouble kurtosis() {
    double square = moment(2);
    return square == 0 ? OptionalDouble.empty() : OptionalDouble.of(moment(4) / (square * square));
  }

  private double moment(int power) {
    double mean = mean();
    double sum = 0;
    for (double each : metersPerSecondSquared) {
      double square = (each - mean) * (each - mean);
      sum += power == 2 ? square : square * square;
    }
    return sum / metersPerSecondSquared.length;
  }

  /** The accelerations about their mean, each by its weight, at the head of {@code into}. */
  void copy(double[] weights, double[] into) {
    double mean = mean();
    for (int i = 0; i < metersPerSecondSquared.length; i++) {
      into[i] = (metersPerSecondSquared[i] - mean) * weights[i];
    }
  }
}
