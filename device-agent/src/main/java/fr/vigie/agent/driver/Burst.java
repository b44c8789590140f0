package fr.vigie.agent.driver;

/**
 * Accelerations of one axis at points of equal distance. Filled once, and then only read.
 *
 * <p>The rate is the chip's nominal one: its oscillator is a few per cent off.
 */
final class Burst {
  private static final double GRAVITY = 9.80665;

  private final double hertz;
  private final double[] values;
  private int size;

  /**
   * @param hertz points a second
   * @param length how many points it has when it is full
   */
  Burst(double hertz, int length) {
    this.hertz = hertz;
    this.values = new double[length];
  }

  double hertz() {
    return hertz;
  }

  /** In m/s², with gravity; not to be changed. */
  double[] values() {
    return values;
  }

  boolean isFull() {
    return size == values.length;
  }

  int size() {
    return size;
  }

  int room() {
    return values.length - size;
  }

  void clear() {
    size = 0;
  }

  void add(double g) {
    values[size] = g * GRAVITY;
    size++;
  }

  double mean() {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** The root of the mean square around the mean, which is gravity and the chip's offset. */
  double rms() {
    double mean = mean();
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / values.length);
  }

  /** The greatest distance from the mean. */
  double peak() {
    double mean = mean();
    double peak = 0;
    for (double value : values) {
      peak = Math.max(peak, Math.abs(value - mean));
    }
    return peak;
  }
}
