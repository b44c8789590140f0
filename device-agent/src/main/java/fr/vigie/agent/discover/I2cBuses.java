package fr.vigie.agent.discover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * I2C buses, and the chips that a driver of the kernel holds. Nothing is sent: what else answers on
 * a bus is not asked here.
 */
public final class I2cBuses implements Discovery {
  @Override
  public String bus() {
    return "i2c";
  }

  @Override
  public List<Found> look(Path root) throws IOException {
    Map<String, StringJoiner> held = held(root);
    List<Found> found = new ArrayList<>();
    for (Path adapter : Folder.entries(root.resolve("sys/class/i2c-dev"))) {
      String name = adapter.getFileName().toString();
      StringJoiner words = new StringJoiner(", ");
      words.add(Folder.text(adapter.resolve("name")).orElse("an adapter"));
      Path file = root.resolve("dev").resolve(name);
      if (!Files.isReadable(file) || !Files.isWritable(file)) {
        words.add("not for this user: `usermod -aG i2c USER`, and log in again");
      }
      String number = name.substring(name.indexOf('-') + 1);
      if (held.containsKey(number)) {
        words.add("held by the kernel's own drivers: " + held.get(number));
      }
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

  private static Map<String, StringJoiner> held(Path root) throws IOException {
    Map<String, StringJoiner> held = new HashMap<>();
    for (Path chip : Folder.entries(root.resolve("sys/bus/i2c/devices"))) {
      String[] place = chip.getFileName().toString().split("-");
      if (place.length == 2 && place[1].matches("[0-9a-f]{4}")) {
        held.computeIfAbsent(place[0], first -> new StringJoiner(", "))
            .add(
                "0x"
                    + place[1].substring(2)
                    + ' '
                    + Folder.text(chip.resolve("name")).orElse("a chip"));
      }
    }
    return held;
  }
}
