package fr.vigie.agent.driver;

import fr.vigie.agent.refine.Refinement;
import fr.vigie.signal.Signal;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A sensor's configuration: a record whose components are the keys of its YAML, its schema and its
 * documentation. Making one touches no device; {@link #open} does.
 */
public interface DriverConfig {
  /** The signals that the driver may hand over, in the order of the configuration. */
  List<Signal> describe();

  /** What becomes of readings before they leave, by the name of the signal; else they leave. */
  default Map<String, Refinement> refinements() {
    return Map.of();
  }

  /** What the driver occupies, so that two sensors do not hinder each other. */
  Place place();

  /**
   * Opens the device.
   *
   * @throws IOException when it cannot be opened; the message says what to do
   */
  Driver open(DriverContext context) throws IOException;
}
