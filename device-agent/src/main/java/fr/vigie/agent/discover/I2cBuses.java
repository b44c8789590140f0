package fr.vigie.agent.discover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * I2C buses, and the chips that a driver of the kernel holds. Nothing is sent: {@link I2cInterview}
 * asks what else is there.
 */
public final class I2cBuses implements Discovery {
  @Override
  public String bus() {
    return "i2c";
  }

  @Override
  public List<Found> look(Path root) throws IOException {
    List<Found> found = new ArrayList<>();
    for (Path adapter : Folder.entries(root.resolve("sys/class/i2c-dev"))) {
      String name = adapter.getFileName().toString();
      StringJoiner words = new StringJoiner(", ");
      words.add(Folder.text(adapter.resolve("name")).orElse("an adapter"));
      Path file = root.resolve("dev").resolve(name);
      if (!Files.isReadable(file) || !Files.isWritable(file)) {
        words.add("not for this user: `usermod -aG i2c USER`, and log in again");
      }
      StringJoiner held = new StringJoiner(", ");
      held(root, name)
          .forEach((address, chip) -> held.add(String.format("0x%02x %s", address, chip)));
      if (held.length() > 0) {
        words.add("held by the kernel's own drivers: " + held);
      }
      words.add(
          "`agent discover --ask /dev/"
              + name
              + "` would ask for chips by "
              + I2cInterview.manner());
      found.add(Found.note("/dev/" + name, words.toString()));
    }
    if (found.isEmpty()) {
      found.add(
          Found.note(
              "",
              "no bus. On a Raspberry Pi: `dtparam=i2c_arm=on` in config.txt or raspi-config, then"
                  + " reboot; elsewhere `modprobe i2c-dev`"));
    }
    return found;
  }

  /** The chips of a bus such as {@code i2c-1} that a driver of the kernel holds, by address. */
  static SortedMap<Integer, String> held(Path root, String bus) throws IOException {
    SortedMap<Integer, String> held = new TreeMap<>();
    String prefix = bus.substring(bus.indexOf('-') + 1) + "-00";
    for (Path chip : Folder.entries(root.resolve("sys/bus/i2c/devices"))) {
      String place = chip.getFileName().toString();
      if (place.startsWith(prefix) && place.matches("\\d+-00[0-9a-f]{2}")) {
        held.put(
            Integer.parseInt(place.substring(prefix.length()), 16),
            Folder.text(chip.resolve("name")).orElse("a chip"));
      }
    }
    return held;
  }
}
