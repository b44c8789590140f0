package fr.vigie.agent.driver.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.DriverConfig;
import fr.vigie.agent.driver.DriverContract;
import fr.vigie.agent.setting.Mistake;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Pt100Test extends DriverContract {
  private final Chip chip = new Chip();

  /** A MAX31865 with an ideal resistor. */
  private static final class Chip extends RegisterFile {
    private boolean dead;

    Chip code(int code) {
      set(1, code >> 7, code << 1 & 0xFF);
      return this;
    }

    Chip fault(int bits) {
      registers[2] |= 1;
      registers[7] = bits;
      return this;
    }

    @Override
    void take(int register, int value) {
      super.take(register, register == 0 ? value & 0xD1 : value);
    }

    /** Without a chip nothing drives the line. */
    @Override
    int give(int register) {
      return dead ? 0xFF : super.give(register);
    }
  }

  private static Pt100 config(Pt100.Sensor sensor, int wires) {
    return new Pt100(
        "oven-1",
        Path.of("/dev/spidev-none"),
        sensor,
        wires,
        Optional.empty(),
        Mains.HZ_50,
        Duration.ofSeconds(1),
        Map.of());
  }

  @Override
  protected DriverConfig absent() {
    return config(Pt100.Sensor.PT100, 3);
  }

  @Override
  protected DriverConfig sound() {
    return absent();
  }

  @Override
  protected Driver open() throws IOException {
    return open(Pt100.Sensor.PT100, 3);
  }

  private Driver open(Pt100.Sensor sensor, int wires) throws IOException {
    if (chip.registers[1] == 0) {
      chip.code(8192);
    }
    return new Pt100.Reader(chip, config(sensor, wires), bench.context());
  }

  @Override
  protected void lose() {
    chip.dead = true;
  }

  /** Source: IEC 60751, table of the PT100. */
  @ParameterizedTest
  @CsvSource({
    "-200, 18.5201",
    "-50, 80.3063",
    "0, 100",
    "25, 109.7347",
    "100, 138.5055",
    "200, 175.856",
    "850, 390.4811"
  })
  void resistanceAndTemperatureAreThoseOfTheNorm(double celsius, double ohms) {
    assertThat(Pt100.Sensor.PT100.ohms(celsius)).isEqualTo(ohms, within(6e-5));
    assertThat(Pt100.Sensor.PT100.celsius(ohms)).isEqualTo(celsius, within(3e-4));
    assertThat(Pt100.Sensor.PT1000.celsius(10 * ohms)).isEqualTo(celsius, within(3e-4));
  }

  @Test
  void thereAndBackIsTheSameOverTheWholeRange() {
    for (double celsius = -200; celsius <= 850; celsius += 0.5) {
      assertThat(Pt100.Sensor.PT100.celsius(Pt100.Sensor.PT100.ohms(celsius)))
          .isEqualTo(celsius, within(1e-7));
    }
  }

  /** Source: code 8192 of 32768 at 430 Ω is 107.5 Ω, 19.2446 °C. */
  @Test
  void theChipsCodeBecomesATemperature() throws IOException {
    try (Driver driver = open()) {
      read(driver, 1);
    }

    assertThat(bench.readings).containsExactly("temperature=19.24");
    assertThat(chip.writes).startsWith("00=01").endsWith("00=d3");
  }

  @Test
  void twoAndFourWiresAreWiredAlikeAndAPt1000HasATenfoldReference() throws IOException {
    chip.code(8192);
    try (Driver driver = open(Pt100.Sensor.PT1000, 4)) {
      read(driver, 1);
    }

    assertThat(bench.readings).containsExactly("temperature=19.24");
    assertThat(chip.writes).endsWith("00=c3");
  }

  @Test
  void faultsAreNamedClearedAndNeverAValue() throws IOException {
    try (Driver driver = open()) {
      chip.fault(0x84);
      chip.writes.clear();
      read(driver, 1);
    }

    assertThat(bench.readings).isEmpty();
    assertThat(bench.counters.lastRejection())
        .contains("broken")
        .contains("a voltage from outside");
    assertThat(chip.writes).containsExactly("00=d3");
  }

  @ParameterizedTest
  @CsvSource({"0", "32767", "1000", "30500"})
  void aResistanceThatNoSensorHasIsNoValue(int code) throws IOException {
    try (Driver driver = open()) {
      chip.code(code);
      read(driver, 1);
    }

    assertThat(bench.readings).isEmpty();
    assertThat(bench.counters.lastRejection()).contains("cannot have");
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aSilentBusIsNoChip(boolean high) {
    RegisterFile silent =
        new RegisterFile() {
          @Override
          int give(int register) {
            return high ? 0xFF : 0x00;
          }
        };

    assertThatThrownBy(
            () -> new Pt100.Reader(silent, config(Pt100.Sensor.PT100, 3), bench.context()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no MAX31865 answers")
        .hasMessageContaining("select line");
    assertThat(silent.closed).isTrue();
  }

  @Test
  void aChipThatLostItsPowerIsAnErrorAndNoValue() throws IOException {
    Driver driver = open();
    chip.set(0, new int[8]).set(3, 0xFF, 0xFF);
    chip.code(8192);

    assertThatThrownBy(() -> read(driver, 1)).hasMessageContaining("lost its settings");
    assertThat(bench.readings).isEmpty();
  }

  @Test
  void aReferenceThatCannotReach850DegreesIsAMistake() {
    assertThatThrownBy(
            () ->
                new Pt100(
                    "oven-1",
                    Path.of("/dev/spidev0.0"),
                    Pt100.Sensor.PT1000,
                    5,
                    Optional.of(430.0),
                    Mains.HZ_50,
                    Duration.ofSeconds(1),
                    Map.of()))
        .isInstanceOf(Mistake.class)
        .hasMessageContaining("reference")
        .hasMessageContaining("wires");
  }
}
