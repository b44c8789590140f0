package fr.vigie.agent.discover;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Chips on 1-Wire, which the kernel finds by itself. */
public final class OneWire implements Discovery {
  private static final Map<String, String> FAMILIES =
      Map.of(
          "01", "DS2401, a serial number",
          "10", "DS18S20, a thermometer",
          "1d", "DS2423, a counter",
          "22", "DS1822, a thermometer",
          "26", "DS2438, a battery monitor",
          "28", "DS18B20, a thermometer",
          "3b", "DS1825 or MAX31850, a thermometer",
          "42", "DS28EA00, a thermometer");

  /** What the driver {@code ds18b20} reads. */
  private static final Set<String> READ = Set.of("22", "28", "3b", "42");

  @Override
  public String bus() {
    return "1-wire";
  }

  @Override
  public List<Found> look(Path root) throws IOException {
    List<Found> found = new ArrayList<>();
    boolean master = false;
    for (Path chip : Folder.entries(root.resolve("sys/bus/w1/devices"))) {
      String id = chip.getFileName().toString();
      master |= id.startsWith("w1_bus_master");
      if (id.matches("[0-9a-f]{2}-[0-9a-f]{12}")) {
        String family = id.substring(0, 2);
        found.add(
            new Found(id, FAMILIES.getOrDefault(family, "a chip of family " + family), chip(id)));
      }
    }
    if (found.isEmpty()) {
      found.add(
          Found.note(
              "",
              master
                  ? "the bus is on, and no chip answers: look at the wiring and the 4.7 kOhm resistor"
                  : "no bus. On a Raspberry Pi: `dtoverlay=w1-gpio` in config.txt, then reboot"));
    }
    return found;
  }

  private static Optional<Found.Proposal> chip(String id) {
    return READ.contains(id.substring(0, 2))
        ? Optional.of(
            new Found.Proposal(
                "thermometer-" + id,
                "ds18b20",
                List.of(
                    "machine: MACHINE",
                    "signals:",
                    "  temperature-" + id + ": {address: " + id + "}"),
                false))
        : Optional.empty();
  }
}
