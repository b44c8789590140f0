package fr.vigie.agent.driver;

import fr.vigie.agent.bus.Buses;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * What a driver is given.
 *
 * @param sensor the sensor's name in the configuration
 * @param buses those that sensors share
 * @param clock stamps what carries no time of its own
 * @param monotonic nanoseconds that never go back
 * @param waiting waits for as many nanoseconds, as exactly as the system can
 * @param lastDeviceSequence the last value given to {@link Sink#mark} before the device was closed
 *     or the agent restarted
 * @param isCut whether the agent was cut since; what it had given then may be newer than that value
 */
public record DriverContext(
    String sensor,
    Sink sink,
    Buses buses,
    InstantSource clock,
    LongSupplier monotonic,
    LongConsumer waiting,
    OptionalLong lastDeviceSequence,
    boolean isCut,
    DriverCounters counters) {
  /** Waits for as many nanoseconds; not longer than a driver's step may take. */
  public void pause(long nanos) {
    waiting.accept(nanos);
  }
}
