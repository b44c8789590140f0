package fr.vigie.agent.discover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.agent.bus.I2cChip;
import fr.vigie.agent.bus.Registers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class I2cInterviewTest {
  /** By address and register, two bytes each. */
  private final Map<Integer, Map<Integer, Integer>> bus = new HashMap<>();

  private final List<String> progress = new ArrayList<>();
  private final Map<Integer, String> held = new HashMap<>();
  private boolean hangs;

  private final class Chip implements Registers {
    private final int address;

    Chip(int address) {
      this.address = address;
    }

    @Override
    public void read(int register, byte[] into, int count) throws IOException {
      Map<Integer, Integer> registers = bus.get(address);
      if (hangs) {
        throw new IOException("the bus hangs");
      }
      if (registers == null) {
        throw new I2cChip.NoAnswer("nothing answers");
      }
      int word = registers.getOrDefault(register, 0);
      for (int i = 0; i < count; i++) {
        into[i] = (byte) (word >> 8 * (count - 1 - i));
      }
    }

    @Override
    public void write(int register, int... values) {
      throw new AssertionError("discovery must not write");
    }

    @Override
    public void close() {}
  }

  private List<Found> ask() throws IOException {
    return new I2cInterview(Path.of("/dev/i2c-1"), Chip::new, held, progress::add).conduct();
  }

  private static String words(Found found) {
    return found.place() + ": " + found.words();
  }

  @Test
  void chipsAreKnownByWhatTheirRegistersHold() throws IOException {
    bus.put(0x48, Map.of(0x02, 0x8000));
    bus.put(0x53, Map.of(0x00, 0xE5));
    bus.put(0x69, Map.of(0x75, 0x68));
    bus.put(0x76, Map.of(0xD0, 0x60));
    bus.put(0x77, Map.of(0xD0, 0x58));

    List<Found> found = ask();

    assertThat(found)
        .extracting(I2cInterviewTest::words)
        .containsExactly(
            "0x48 on /dev/i2c-1: ADS1115, by a register that has its first value",
            "0x53 on /dev/i2c-1: ADXL345",
            "0x69 on /dev/i2c-1: MPU6050",
            "0x76 on /dev/i2c-1: BME280",
            "0x77 on /dev/i2c-1: BMP280, which measures no humidity");
    assertThat(found.get(4).proposal())
        .contains(
            new Found.Proposal(
                "bme280-77",
                "bme280",
                List.of(
                    "machine: MACHINE",
                    "bus: /dev/i2c-1",
                    "address: 0x77",
                    "signals: {temperature: {}, pressure: {}}"),
                false));
  }

  @Test
  void everyQuestionIsToldAndGoesToAnAddressOfAKnownChip() throws IOException {
    ask();

    assertThat(progress)
        .hasSize(10)
        .contains("reading register 0x75 of 0x68", "reading register 0xd0 of 0x77");
  }

  @Test
  void anotherChipAtSuchAnAddressIsNoneAndIsNotProposed() throws IOException {
    bus.put(0x68, Map.of(0x75, 0x71));
    bus.put(0x76, Map.of(0xD0, 0x61));

    List<Found> found = ask();

    assertThat(found)
        .extracting(I2cInterviewTest::words)
        .containsExactly(
            "0x68 on /dev/i2c-1: a chip that Vigie does not know: its register 0x75 holds 0x71",
            "0x76 on /dev/i2c-1: BME680, which Vigie does not read");
    assertThat(found).allMatch(it -> it.proposal().isEmpty());
  }

  @Test
  void aChipThatTheKernelHoldsIsNotAsked() throws IOException {
    held.put(0x68, "ds3231");
    bus.put(0x68, Map.of(0x75, 0x68));

    assertThat(ask())
        .extracting(I2cInterviewTest::words)
        .containsExactly("0x68 on /dev/i2c-1: left alone: the kernel's driver ds3231 holds it");
    assertThat(progress).noneMatch(it -> it.contains("0x68"));
  }

  @Test
  void aBusWithoutKnownChipsAndOneThatHangsAreToldApart() throws IOException {
    assertThat(ask().get(0).words()).startsWith("none of the chips that Vigie reads answers");
    hangs = true;
    assertThatThrownBy(this::ask).isInstanceOf(IOException.class).hasMessage("the bus hangs");
  }
}
