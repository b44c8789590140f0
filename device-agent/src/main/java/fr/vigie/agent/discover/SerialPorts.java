package fr.vigie.agent.discover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Serial ports with hardware behind them: their stable names, their device, and who has them open.
 */
public final class SerialPorts implements Discovery {
  private static final int HIGHEST = 6;

  @Override
  public String bus() {
    return "serial";
  }

  @Override
  public List<Found> look(Path root) throws IOException {
    Map<String, Path> stable = stableNames(root);
    OpenFiles users = new OpenFiles(root);
    List<Found> found = new ArrayList<>();
    for (Path port : Folder.entries(root.resolve("sys/class/tty"))) {
      String name = port.getFileName().toString();
      if (Files.exists(port.resolve("device")) && hasHardware(port)) {
        found.add(port(root, name, Optional.ofNullable(stable.get(name)), port, users));
      }
    }
    if (found.isEmpty()) {
      found.add(Found.note("", "no port. A USB adapter appears here when it is plugged in"));
    }
    return found;
  }

  /** The kernel makes places for ports that no board has; their type is 0. */
  private static boolean hasHardware(Path port) {
    return Folder.text(port.resolve("type")).map(type -> !type.equals("0")).orElse(true);
  }

  private static Found port(
      Path root, String name, Optional<Path> stable, Path port, OpenFiles users) {
    String device = "/dev/" + name;
    String shown = stable.map(Path::toString).orElse(device);
    StringJoiner words = new StringJoiner(", ");
    if (stable.isPresent()) {
      words.add("now " + device);
    }
    usb(port).ifPresent(words::add);
    String user = users.of(device);
    words.add(user.isEmpty() ? "free" : "in use by " + user);
    Path file = root.resolve(device.substring(1));
    if (!Files.exists(file)) {
      words.add("without a device file");
    } else if (!Files.isReadable(file) || !Files.isWritable(file)) {
      words.add(
          "not for this user: add it to the group that owns the port, usually `usermod -aG dialout"
              + " USER`, and log in again");
    }
    return new Found(
        shown,
        words.toString(),
        Optional.of(
            new Found.Proposal(
                name.toLowerCase(Locale.ROOT),
                "serial-line",
                List.of(
                    "machine: MACHINE",
                    "port: " + shown,
                    "baud: 9600",
                    "format: key-value    # or regex, json, shdr: see docs/reference/drivers.md",
                    "signals:",
                    "  KEY: {kind: gauge}"),
                false)));
  }

  private static Map<String, Path> stableNames(Path root) throws IOException {
    Map<String, Path> names = new HashMap<>();
    for (Path link : Folder.entries(root.resolve("dev/serial/by-id"))) {
      if (Files.isSymbolicLink(link)) {
        String target = Files.readSymbolicLink(link).getFileName().toString();
        names.put(target, Path.of("/dev/serial/by-id").resolve(link.getFileName().toString()));
      }
    }
    return names;
  }

  /** What the device on the other side of a USB port says of itself. */
  private static Optional<String> usb(Path port) {
    try {
      Path at = port.resolve("device").toRealPath();
      for (int i = 0; i < HIGHEST && at != null; i++, at = at.getParent()) {
        Optional<String> product = Folder.text(at.resolve("product"));
        if (product.isPresent()) {
          StringJoiner words = new StringJoiner(" ");
          Folder.text(at.resolve("manufacturer")).ifPresent(words::add);
          words.add(product.get());
          Folder.text(at.resolve("serial")).ifPresent(serial -> words.add("no. " + serial));
          return Optional.of(words.toString());
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }
}
