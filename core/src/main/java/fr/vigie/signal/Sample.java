package fr.vigie.signal;

import java.time.Instant;

/** One value of a signal, with its time at the edge and its quality. */
public record Sample(Instant time, Value value, Quality quality) {
  /**
   * @throws IllegalArgumentException when quality and value disagree about whether there is one
   */
  public Sample {
    if ((quality == Quality.MISSING) != (value instanceof Value.Missing)) {
      throw new IllegalArgumentException(
          "quality " + quality + " does not go with the value " + value);
    }
  }

  public static Sample good(Instant time, double number) {
    return new Sample(time, Value.of(number), Quality.GOOD);
  }

  public static Sample good(Instant time, String text) {
    return new Sample(time, Value.of(text), Quality.GOOD);
  }

  public static Sample missing(Instant time) {
    return new Sample(time, Value.MISSING, Quality.MISSING);
  }
}
