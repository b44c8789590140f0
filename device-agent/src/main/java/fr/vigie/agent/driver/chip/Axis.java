package fr.vigie.agent.driver.chip;

import fr.vigie.statistics.Burst;

/**
 * The accelerations of one axis in a burst, at points of equal distance; filled anew for each
 * burst. The rate is the chip's nominal one: its oscillator is a few per cent off.
 */
final class Axis {
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

  /** What the axis holds, once it is full. */
  Burst burst() {
    return Burst.ofGravities(values, hertz);
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

  /**
   * @param g in units of gravity, which is in it
   */
  void add(double g) {
    values[size] = g;
    size++;
  }
}
