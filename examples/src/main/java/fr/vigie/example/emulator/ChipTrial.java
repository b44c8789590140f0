package fr.vigie.example.emulator;

import fr.vigie.agent.bus.Framing;
import fr.vigie.agent.discover.Found;
import fr.vigie.agent.discover.I2cInterview;
import fr.vigie.agent.discover.OneWire;
import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.chip.Ds18b20;
import fr.vigie.agent.driver.chip.Mains;
import fr.vigie.agent.driver.chip.Pt100;
import fr.vigie.agent.driver.line.Barcode;
import fr.vigie.agent.refine.Refinement;
import fr.vigie.agent.telegram.Scan;
import fr.vigie.example.emulator.PinTrial.Notes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** Run in the board: what hangs on SPI, 1-Wire and I2C, and a scanner that types. */
final class ChipTrial {
  private static final Path DEVICES = PinTrial.PINS;
  private static final Path ROOT = Path.of("/");
  private static final Path BUS = Path.of("/dev/i2c-1");
  private static final int RESISTANCE = 1;
  private static final int FAULT = 7;
  private static final int BROKEN = 0x80;

  private ChipTrial() {}

  static void all() throws IOException {
    platinum();
    thermometer();
    scanner();
    tell("i2c", words(I2cInterview.of(BUS, words -> {}).conduct()));
    Files.writeString(DEVICES.resolve("deaf"), "0x76");
    tell("i2c without 0x76", words(I2cInterview.of(BUS, words -> {}).conduct()));
    Files.writeString(DEVICES.resolve("deaf"), "0");
  }

  private static void tell(String trial, String words) {
    System.out.println("TRIAL " + trial + ": " + words);
  }

  private static String words(List<Found> found) {
    StringJoiner words = new StringJoiner("; ");
    found.forEach(it -> words.add(it.place() + ": " + it.words()));
    return words.toString();
  }

  private static void platinum() throws IOException {
    Pt100 config =
        new Pt100(
            "oven",
            Path.of("/dev/spidev0.0"),
            Pt100.Sensor.PT100,
            3,
            Optional.empty(),
            Mains.HZ_50,
            Duration.ofSeconds(1),
            Map.of());
    Notes notes = new Notes();
    try (Driver driver = config.open(notes.context())) {
      driver.step();
      tell("pt100", String.join(" ", notes.samples));
      notes.samples.clear();
      poke(FAULT, BROKEN);
      poke(RESISTANCE + 1, 1);
      PinTrial.read(driver, Duration.ofSeconds(1));
      String refused = notes.counters.lastRejection();
      poke(RESISTANCE + 1, 0);
      PinTrial.read(driver, Duration.ofSeconds(1));
      tell("pt100 broken", refused + ", then " + String.join(" ", notes.samples));
    }
  }

  private static void poke(int register, int value) throws IOException {
    try (FileChannel file = FileChannel.open(DEVICES.resolve("spi-0"), StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(new byte[] {(byte) value}), register);
    }
  }

  private static void thermometer() throws IOException {
    tell("1-wire", words(new OneWire().look(ROOT)));
    Ds18b20 config =
        new Ds18b20(
            "tank",
            Path.of("/sys/bus/w1/devices"),
            Duration.ofSeconds(10),
            Map.of("tank", new Ds18b20.Probe("28-0316a2794dff", Refinement.NONE)));
    Notes notes = new Notes();
    try (Driver driver = config.open(notes.context())) {
      driver.step();
      tell("ds18b20", String.join(" ", notes.samples));
      Files.writeString(DEVICES.resolve("w1-away"), "1");
      String told = "";
      try {
        PinTrial.read(driver, Duration.ofSeconds(15));
      } catch (IOException e) {
        told = e.getMessage() + ", ";
      }
      tell("ds18b20 away", told + notes.counters.lastRejection());
    } finally {
      Files.writeString(DEVICES.resolve("w1-away"), "0");
    }
  }

  private static void scanner() throws IOException {
    Barcode config =
        new Barcode(
            "packer",
            Path.of("/dev/input/event0"),
            9600,
            Framing.F_8N1,
            Scan.Content.PLAIN,
            Optional.empty(),
            Map.of());
    Notes notes = new Notes();
    try (Driver driver = config.open(notes.context())) {
      // The kernel keeps 64 events of a keyboard, four for each key.
      Files.writeString(DEVICES.resolve("scanner"), "]E496385074\n");
      PinTrial.read(driver, Duration.ofMillis(300));
      Files.writeString(DEVICES.resolve("scanner"), "Lot-7B\n");
      PinTrial.read(driver, Duration.ofMillis(300));
    }
    tell("scanner", String.join(" ", notes.samples));
  }
}
