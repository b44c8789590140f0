package fr.vigie.agent.discover;

import fr.vigie.agent.bus.I2cChip;
import fr.vigie.agent.bus.Registers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Consumer;

/**
 * Asks an I2C bus for the chips that Vigie reads, by registers whose contents are known. It only
 * reads, and only where such chips may be; an address that a driver of the kernel holds is left
 * alone. For one thread.
 */
public final class I2cInterview {
  /**
   * @param driver that reads it, empty when none does
   * @param keys of the driver beside machine, bus and address
   */
  private record Chip(String name, Optional<String> driver, List<String> keys) {}

  /**
   * What may be at some addresses.
   *
   * @param register that tells which chip it is
   * @param bytes of it
   * @param known what it then holds, in hexadecimal digits, and which chip that is
   */
  private record Place(List<Integer> addresses, int register, int bytes, Map<String, Chip> known) {
    @Override
    public String toString() {
      StringJoiner text = new StringJoiner(", ");
      addresses.forEach(address -> text.add(hexadecimal(address)));
      return text + " register " + hexadecimal(register);
    }
  }

  private static final List<Place> PLACES =
      List.of(
          // It has no identity; nobody sets the limits of its comparator, which are these at first.
          new Place(
              List.of(0x48, 0x49, 0x4A, 0x4B),
              0x02,
              2,
              Map.of(
                  "8000",
                  new Chip(
                      "ADS1115, by a register that has its first value",
                      Optional.of("ads1115"),
                      List.of("signals:", "  KEY: {input: a0}    # or use current-clamp")))),
          new Place(
              List.of(0x53, 0x1D),
              0x00,
              1,
              Map.of("e5", new Chip("ADXL345", Optional.of("adxl345"), List.of()))),
          new Place(
              List.of(0x68, 0x69),
              0x75,
              1,
              Map.of("68", new Chip("MPU6050", Optional.of("mpu6050"), List.of()))),
          new Place(
              List.of(0x76, 0x77),
              0xD0,
              1,
              Map.of(
                  "60",
                  new Chip("BME280", Optional.of("bme280"), List.of()),
                  "58",
                  new Chip(
                      "BMP280, which measures no humidity",
                      Optional.of("bme280"),
                      List.of("signals: {temperature: {}, pressure: {}}")),
                  "61",
                  new Chip("BME680, which Vigie does not read", Optional.empty(), List.of()))));

  private final Path bus;
  private final Opener opener;
  private final Map<Integer, String> held;
  private final Consumer<String> progress;

  /** Opens a chip's registers, whether it is there or not. */
  public interface Opener {
    Registers open(int address) throws IOException;
  }

  I2cInterview(Path bus, Opener opener, Map<Integer, String> held, Consumer<String> progress) {
    this.bus = bus;
    this.opener = opener;
    this.held = held;
    this.progress = progress;
  }

  /**
   * @param bus such as {@code /dev/i2c-1}
   * @param progress takes a line before each question
   */
  public static I2cInterview of(Path bus, Consumer<String> progress) throws IOException {
    return new I2cInterview(
        bus,
        address -> I2cChip.open(bus, address),
        I2cBuses.held(Path.of("/"), bus.getFileName().toString()),
        progress);
  }

  /** Whether a path is that of an I2C bus, such as {@code /dev/i2c-1}. */
  public static boolean isBus(Path path) {
    return String.valueOf(path.getFileName()).matches("i2c-\\d+");
  }

  /** What is asked, in words. */
  static String manner() {
    StringJoiner text = new StringJoiner("; ");
    PLACES.forEach(place -> text.add(place.toString()));
    return "reading " + text;
  }

  /**
   * @throws IOException when the bus cannot be opened, or hangs; the message says what to do
   */
  public List<Found> conduct() throws IOException {
    List<Found> found = new ArrayList<>();
    for (Place place : PLACES) {
      for (int address : place.addresses) {
        if (held.containsKey(address)) {
          String driver = held.get(address);
          found.add(note(address, "left alone: the kernel's driver " + driver + " holds it"));
        } else {
          ask(place, address).map(identity -> told(place, address, identity)).ifPresent(found::add);
        }
      }
    }
    return found.isEmpty()
        ? List.of(
            Found.note(
                bus.toString(),
                "none of the chips that Vigie reads answers. Are power, SDA, SCL and ground"
                    + " connected? `i2cdetect -y` shows who else is there"))
        : found;
  }

  /** What the register holds; empty when nobody answers. */
  private Optional<String> ask(Place place, int address) throws IOException {
    progress.accept(
        "reading register " + hexadecimal(place.register) + " of " + hexadecimal(address));
    try (Registers chip = opener.open(address)) {
      byte[] identity = new byte[place.bytes];
      chip.read(place.register, identity);
      StringBuilder digits = new StringBuilder();
      for (byte each : identity) {
        digits.append(String.format(Locale.ROOT, "%02x", each & 0xFF));
      }
      return Optional.of(digits.toString());
    } catch (I2cChip.NoAnswer e) {
      return Optional.empty();
    }
  }

  private Found told(Place place, int address, String identity) {
    Chip chip = place.known.get(identity);
    return chip == null
        ? note(
            address,
            "a chip that Vigie does not know: its register "
                + hexadecimal(place.register)
                + " holds 0x"
                + identity)
        : new Found(
            where(address), chip.name, chip.driver.map(driver -> proposal(driver, address, chip)));
  }

  private Found.Proposal proposal(String driver, int address, Chip chip) {
    List<String> keys =
        new ArrayList<>(
            List.of("machine: MACHINE", "bus: " + bus, "address: " + hexadecimal(address)));
    keys.addAll(chip.keys);
    return new Found.Proposal(
        String.format(Locale.ROOT, "%s-%02x", driver, address), driver, keys, false);
  }

  private Found note(int address, String words) {
    return Found.note(where(address), words);
  }

  private String where(int address) {
    return hexadecimal(address) + " on " + bus;
  }

  private static String hexadecimal(int number) {
    return String.format(Locale.ROOT, "0x%02x", number);
  }
}
