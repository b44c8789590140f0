package fr.vigie.agent.driver.pin;

import fr.vigie.agent.driver.pin.StackLight.Light;
import java.time.Duration;
import java.util.Optional;

/**
 * Tells by the times of its changes whether a lamp is off, on or blinking. It blinks when it
 * changes three times within three seconds; it is on or off when it has not changed for as long. In
 * between it stays what it was. For one thread.
 */
final class Lamp {
  private static final long WINDOW = Duration.ofSeconds(3).toNanos();

  private Optional<Light> light = Optional.empty();
  private boolean lit;
  private long since;
  private long second;
  private long last;
  private int changes;

  /**
   * @param nanos the present moment
   */
  Lamp(boolean lit, long nanos) {
    this.lit = lit;
    this.since = nanos;
    this.last = nanos;
  }

  /** The lamp was lit, or went out. */
  void change(boolean towards, long nanos) {
    quiet(nanos);
    long first = second;
    second = last;
    last = nanos;
    lit = towards;
    changes++;
    if (changes >= 3 && nanos - first <= WINDOW) {
      become(Light.BLINKING, first);
    }
  }

  /** Nothing changed up to a moment. */
  void quiet(long nanos) {
    if (nanos - last >= WINDOW) {
      changes = 0;
      become(lit ? Light.ON : Light.OFF, last);
    }
  }

  private void become(Light next, long from) {
    if (light.isEmpty() || light.get() != next) {
      light = Optional.of(next);
      since = from;
    }
  }

  /** Empty until that is known for the first time. */
  Optional<Light> light() {
    return light;
  }

  /** When the present light began. */
  long since() {
    return since;
  }
}
