package fr.vigie.agent.driver;

/**
 * Announces a driver to the agent, through {@link java.util.ServiceLoader}: the name that a
 * configuration gives under {@code driver:}, and the record that its other keys fill.
 */
public interface DriverType {
  String name();

  /** A record class. */
  Class<? extends DriverConfig> config();
}
