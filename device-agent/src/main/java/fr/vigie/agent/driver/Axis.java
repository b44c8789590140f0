package fr.vigie.agent.driver;

/**
 * The accelerations of one axis in a burst, at points of equal distance; filled anew for each
 * burst. The rate is the chip's nominal one: its oscillator is a few per cent off.
 */
final class Axis {
  private static final double GRAVITY = 9.80665;

  private final double hertz;
  private final double[] values;
  private int size;

  /**
   * @param hertz points a second
   * @param length how many points it has when it is full
   */
  Axis(double hertz, int length) {
    this.hertz = hertz;
    this.values = new double[length];
  }

  double hertz() {
    return hertz;
  }

  /** In units of gravity, which is in it; a copy, whole once the axis is full. */
  double[] values() {
    return values.clone();
  }

  int size() {
    return size;
  }

  int room() {
    return values.length - size;
  }

  boolean isFull() {
    return size == values.length;
  }

  void clear() {
    size = 0;
  }

  void add(double g) {
    values[size] = g;
    size++;
  }

  private double mean() {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** In m/s², the root of the mean square around the mean, which is gravity and the offset. */
  double rms() {
    double mean = mean();
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / values.length) * GRAVITY;
  }

  /** In m/s², the greatest distance from the mean. */
  double peak() {
    double mean = mean();
    double peak = 0;
    for (double value : values) {
      peak = Math.max(peak, Math.abs(value - mean));
    }
    return peak * GRAVITY;
  }
}
