package fr.vigie.agent.bus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which USB device is behind a serial port, so that {@code /dev/ttyUSB0} is not read as a machine's
 * when another device has come under that name. A name that is a symbolic link, such as those of
 * {@code /dev/serial/by-id}, was given on purpose and is believed. Safe for use by several threads.
 */
public final class UsbPorts {
  private static final int SHORTEST_SERIAL = 5;

  private final Path dev;
  private final Path sys;
  private final Map<Path, Optional<UsbDevice>> first = new HashMap<>();

  /**
   * @param serial empty where the maker gave none, or a short one such as 0001, which is no proof
   * @param socket of the board or hub; empty where the serial number is proof enough
   */
  private record UsbDevice(
      String vendor, String product, String serial, String part, String socket) {
    boolean isAlike(UsbDevice other) {
      return vendor.equals(other.vendor)
          && product.equals(other.product)
          && serial.equals(other.serial)
          && part.equals(other.part);
    }

    @Override
    public String toString() {
      String which = serial.isEmpty() ? " in socket " + socket : " with serial number " + serial;
      return vendor + ':' + product + which + (part.equals("00") ? "" : ", part " + part);
    }
  }

  /**
   * @param dev the folder of device files
   * @param sys the folder of the kernel's devices
   */
  UsbPorts(Path dev, Path sys) {
    this.dev = dev;
    this.sys = sys;
  }

  public static UsbPorts ofThisBoard() {
    return new UsbPorts(Path.of("/dev"), Path.of("/sys"));
  }

  /**
   * @throws IOException when another device is behind a port than when it was first opened
   */
  synchronized void check(Path port) throws IOException {
    Optional<UsbDevice> known = first.getOrDefault(port, behind(port));
    if (!Files.isSymbolicLink(port) && !known.equals(behind(port))) {
      throw new IOException(
          port
              + " was "
              + told(known)
              + " and is now "
              + told(behind(port))
              + ": ports have changed places, and no device is read as another machine's. Plug the"
              + " first one in, or name the port by /dev/serial/by-id/… and restart the agent");
    }
  }

  private static String told(Optional<UsbDevice> device) {
    return device.map(it -> "the USB device " + it).orElse("no USB device");
  }

  /**
   * Remembers what is behind a port that was opened, and that keeps its name while it is open.
   *
   * @throws IOException when it changed since the {@link #check}
   */
  synchronized void opened(Path port) throws IOException {
    check(port);
    first.putIfAbsent(port, behind(port));
  }

  /** What should be said of a port's name; empty when it is a good one, or nothing is there. */
  public Optional<String> advice(Path port) {
    Optional<UsbDevice> device = behind(port);
    if (device.isEmpty()) {
      return Optional.empty();
    }
    boolean proven = !device.get().serial.isEmpty();
    if (!Files.isSymbolicLink(port)) {
      return link(proven ? "by-id" : "by-path", port)
          .map(link -> port + " may be another device after a restart: write " + link);
    }
    return proven || !port.startsWith(dev.resolve("serial/by-id")) || !hasTwin(port, device.get())
        ? Optional.empty()
        : link("by-path", port)
            .map(
                link ->
                    port
                        + " is the name of two devices, which have no serial number: write "
                        + link);
  }

  private boolean hasTwin(Path port, UsbDevice device) {
    return list(sys.resolve("class/tty")).stream()
        .map(tty -> dev.resolve(tty.getFileName().toString()))
        .filter(other -> !isSame(other, port))
        .anyMatch(other -> behind(other).filter(device::isAlike).isPresent());
  }

  private Optional<Path> link(String by, Path port) {
    return list(dev.resolve("serial").resolve(by)).stream()
        .filter(link -> isSame(link, port))
        .findFirst();
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return one.toRealPath().equals(other.toRealPath());
    } catch (IOException e) {
      return false;
    }
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Empty when there is no port, or no USB device behind it, as with a board's own ports. */
  private Optional<UsbDevice> behind(Path port) {
    try {
      String name = port.toRealPath().getFileName().toString();
      Path folder = sys.resolve("class/tty").resolve(name).resolve("device").toRealPath();
      String number = read(folder.resolve("port_number"));
      String part = "";
      while (folder != null && !Files.exists(folder.resolve("idVendor"))) {
        part = part.isEmpty() ? read(folder.resolve("bInterfaceNumber")) : part;
        folder = folder.getParent();
      }
      if (folder == null) {
        return Optional.empty();
      }
      String serial = read(folder.resolve("serial"));
      boolean proof = serial.length() >= SHORTEST_SERIAL;
      return Optional.of(
          new UsbDevice(
              read(folder.resolve("idVendor")),
              read(folder.resolve("idProduct")),
              proof ? serial : "",
              part + (number.isEmpty() || number.equals("0") ? "" : '.' + number),
              proof ? "" : String.valueOf(folder.getFileName())));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String read(Path attribute) throws IOException {
    return Files.exists(attribute) ? Files.readString(attribute).strip() : "";
  }
}
