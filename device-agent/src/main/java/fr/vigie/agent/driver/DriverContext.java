package fr.vigie.agent.driver;

import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * What a driver is given.
 *
 * @param sensor the sensor's name in the configuration
 * @param clock stamps what carries no time of its own
 * @param monotonic nanoseconds that never go back
 * @param lastDeviceSequence the last value given to {@link Sink#mark} before the device was closed
 *     or the agent restarted
 */
public record DriverContext(
    String sensor,
    Sink sink,
    InstantSource clock,
    LongSupplier monotonic,
    OptionalLong lastDeviceSequence,
    DriverCounters counters) {}
