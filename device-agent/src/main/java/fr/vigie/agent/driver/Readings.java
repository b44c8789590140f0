package fr.vigie.agent.driver;

import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import java.time.Instant;
import java.util.Map;

/** Hands over what a device measured, as far as signals ask for it. */
public final class Readings {
  private static final double[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

  private final Map<String, Signal> signals;
  private final DriverContext context;

  /**
   * @param signals by quantity
   */
  public Readings(Map<String, Signal> signals, DriverContext context) {
    this.signals = signals;
    this.context = context;
  }

  public boolean wants(String quantity) {
    return signals.containsKey(quantity);
  }

  /**
   * @param decimals how many the device is able to tell, 0 to 6; more would only take room
   */
  public void give(String quantity, Instant time, double value, int decimals) {
    Signal signal = signals.get(quantity);
    if (signal != null) {
      context.sink().accept(signal, Sample.good(time, round(value, decimals)));
    }
  }

  /** Rounds to so many decimals, 0 to 6; a zero has no sign. */
  public static double round(double value, int decimals) {
    return Math.rint(value * POWERS[decimals]) / POWERS[decimals] + 0.0;
  }

  public void give(String quantity, Instant time, String text) {
    Signal signal = signals.get(quantity);
    if (signal != null) {
      context.sink().accept(signal, Sample.good(time, text));
    }
  }

  public void missing(String quantity, Instant time) {
    Signal signal = signals.get(quantity);
    if (signal != null) {
      context.sink().accept(signal, Sample.missing(time));
    }
  }
}
