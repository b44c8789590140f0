package fr.vigie.example.checker;

import java.time.Instant;

/**
 * A declared loss of which nobody knows how much it took.
 *
 * @param sensor its name, or {@code *} for every sensor
 */
public record Hole(String sensor, Instant from, Instant to) {
  boolean holds(String ofSensor, Instant at) {
    boolean concerned = sensor.equals("*") || sensor.equals(ofSensor);
    return concerned && !at.isBefore(from) && !at.isAfter(to);
  }
}
