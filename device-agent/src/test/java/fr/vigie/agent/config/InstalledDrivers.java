package fr.vigie.agent.config;

import fr.vigie.agent.driver.DriverType;
import java.util.List;
import java.util.ServiceLoader;

/** The drivers that a configuration may name. */
final class InstalledDrivers {
  private InstalledDrivers() {}

  static List<String> names() {
    return ServiceLoader.load(DriverType.class).stream()
        .map(provider -> provider.get().name())
        .sorted()
        .toList();
  }
}
