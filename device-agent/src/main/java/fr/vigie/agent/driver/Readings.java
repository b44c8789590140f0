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

  public Readings(MeasuringConfig config, DriverContext context) {
    this.signals = config.signalsByQuantity();
    this.context = context;
  }

  public boolean wants(String quantity) {
    return signals.containsKey(quantity);
  }

  /**
   * @param decimals how many the device is able to tell, 0 to 6; more would only take room
   */
  public void give(String quantity, Instant time, double value, int decimals) {
    give(quantity, Sample.good(time, round(value, decimals)));
  }

  /** Rounds to so many decimals, 0 to 6; a zero has no sign. */
  public static double round(double value, int decimals) {
    return Math.rint(value * POWERS[decimals]) / POWERS[decimals] + 0.0;
  }

  public void give(String quantity, Instant time, String text) {
    give(quantity, Sample.good(time, text));
  }

  public void give(String quantity, Sample sample) {
    Signal signal = signals.get(quantity);
    if (signal != null) {
      context.sink().accept(signal, sample);
    }
  }

  public void missing(String quantity, Instant time) {
    give(quantity, Sample.missing(time));
  }
}
