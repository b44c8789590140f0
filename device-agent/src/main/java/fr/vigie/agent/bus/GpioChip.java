package fr.vigie.agent.bus;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** An open GPIO chip, such as {@code /dev/gpiochip0}. For one thread. */
final class GpioChip implements Closeable {
  private static final Path DEVICES = Path.of("/dev");

  final Path device;
  final int fd;
  final String label;
  final int lines;
  private final String name;

  private GpioChip(Path device, int fd, Memory info) {
    this.device = device;
    this.fd = fd;
    this.name = info.getString(GpioCalls.Chip.NAME);
    this.label = info.getString(GpioCalls.Chip.LABEL);
    this.lines = info.getInt(GpioCalls.Chip.LINES);
  }

  /**
   * Opens the chip that has some lines.
   *
   * @param chip its path, name or label; empty for the one that has the first line by its name
   * @throws IOException when there is none, or it may not be opened; the message says what to do
   */
  static GpioChip having(String line, String chip) throws IOException {
    if (chip.startsWith("/")) {
      return open(Path.of(chip));
    }
    List<GpioChip> all = new ArrayList<>();
    List<GpioChip> fit = new ArrayList<>();
    String closed = "";
    try {
      for (Path device : devices()) {
        try {
          all.add(open(device));
        } catch (IOException e) {
          closed += "; " + e.getMessage();
        }
      }
      for (GpioChip each : all) {
        boolean fits =
            chip.isEmpty()
                ? each.find(line).isPresent()
                : each.name.equals(chip) || each.label.equals(chip);
        if (fits) {
          fit.add(each);
        }
      }
      if (fit.size() != 1) {
        throw new IOException(
            (chip.isEmpty() ? "GPIO line '" + line + "'" : "GPIO chip '" + chip + "'")
                + (fit.isEmpty() ? " is not there" : " is there more than once")
                + "; the chips are "
                + all.stream().map(GpioChip::toString).collect(Collectors.joining(", "))
                + (fit.isEmpty() ? closed : ": name one by its path"));
      }
      all.remove(fit.get(0));
      return fit.get(0);
    } finally {
      all.forEach(GpioChip::close);
    }
  }

  private static List<Path> devices() throws IOException {
    List<Path> devices = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(DEVICES, "gpiochip*")) {
      found.forEach(devices::add);
    }
    devices.removeIf(Files::isSymbolicLink);
    if (devices.isEmpty()) {
      throw new IOException(
          "this machine has no GPIO lines that a program can use (/dev/gpiochip0)");
    }
    devices.sort(null);
    return devices;
  }

  private static GpioChip open(Path device) throws IOException {
    if (!Files.exists(device)) {
      throw new IOException(device + " is not there: `ls /dev/gpiochip*` lists the GPIO chips");
    }
    if (!Files.isReadable(device) || !Files.isWritable(device)) {
      throw new IOException(device + " may not be opened by this user: " + remedy(device));
    }
    int fd;
    try {
      fd = GpioCalls.open(device.toString(), GpioCalls.O_RDWR | GpioCalls.O_CLOEXEC);
    } catch (LastErrorException e) {
      throw new IOException(device + " cannot be opened: " + e.getMessage(), e);
    }
    try (Memory info = cleared(GpioCalls.Chip.SIZE)) {
      GpioCalls.ioctl(fd, GpioCalls.GET_CHIP, info);
      return new GpioChip(device, fd, info);
    } catch (LastErrorException e) {
      GpioCalls.close(fd);
      throw new IOException(device + " is not a GPIO chip", e);
    }
  }

  private static String remedy(Path device) throws IOException {
    PosixFileAttributes owned = Files.readAttributes(device, PosixFileAttributes.class);
    String group = owned.group().getName();
    return group.equals("root") || !owned.permissions().contains(PosixFilePermission.GROUP_WRITE)
        ? "only root may. On Raspberry Pi OS it belongs to the group gpio; elsewhere a rule of udev"
            + " gives it one"
        : "add it to the group " + group + ", `usermod -aG " + group + " USER`, and log in again";
  }

  static Memory cleared(int bytes) {
    Memory memory = new Memory(bytes);
    memory.clear();
    return memory;
  }

  /** The number of a line by its name, such as {@code GPIO4}. */
  OptionalInt find(String lineName) throws IOException {
    for (int number = 0; number < lines; number++) {
      if (info(number, GpioCalls.LineInfo.NAME).equals(lineName)) {
        return OptionalInt.of(number);
      }
    }
    return OptionalInt.empty();
  }

  /**
   * The number of a line.
   *
   * @param line its number or name
   * @throws IOException when the chip has no such line
   */
  int number(String line) throws IOException {
    boolean numbered = line.matches("\\d{1,4}");
    OptionalInt number = numbered ? OptionalInt.of(Integer.parseInt(line)) : find(line);
    if (number.isEmpty() || number.getAsInt() >= lines) {
      throw new IOException(
          "no line '" + line + "' on " + this + ": `gpioinfo` lists their names and numbers");
    }
    return number.getAsInt();
  }

  /** Who has a line open; empty when nobody has. */
  String user(int number) throws IOException {
    return info(number, GpioCalls.LineInfo.USER);
  }

  private String info(int number, int field) throws IOException {
    try (Memory info = cleared(GpioCalls.LineInfo.SIZE)) {
      info.setInt(GpioCalls.LineInfo.OFFSET, number);
      GpioCalls.ioctl(fd, GpioCalls.GET_LINE_INFO, info);
      return info.getString(field);
    } catch (LastErrorException e) {
      throw new IOException(
          this + " does not describe its line " + number + ": is the kernel older than 5.10?", e);
    }
  }

  @Override
  public void close() {
    GpioCalls.close(fd);
  }

  @Override
  public String toString() {
    return device + " (" + label + ", " + lines + " lines)";
  }
}
