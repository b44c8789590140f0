package fr.vigie.agent.driver;

import fr.vigie.signal.Signal;
import java.io.IOException;
import java.util.List;

/**
 * A sensor's configuration: a record whose components are the keys of its YAML, its schema and its
 * documentation. Making one touches no device; {@link #open} does.
 */
public interface DriverConfig {
  /** The signals that the driver may hand over, in the order of the configuration. */
  List<Signal> describe();

  /** What the driver occupies alone, such as a port; two sensors must not share one. */
  String occupies();

  /**
   * Opens the device.
   *
   * @throws IOException when it cannot be opened; the message says what to do
   */
  Driver open(DriverContext context) throws IOException;
}
