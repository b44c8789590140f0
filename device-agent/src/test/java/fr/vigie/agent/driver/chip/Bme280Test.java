package fr.vigie.agent.driver.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.DriverConfig;
import fr.vigie.agent.driver.DriverContract;
import fr.vigie.agent.driver.Measured;
import fr.vigie.agent.driver.Measures;
import fr.vigie.agent.refine.Refinement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class Bme280Test extends DriverContract {
  private static final int[] T = {27504, 26435, -1000};
  private static final int[] P = {36477, -10685, 3024, 2855, 140, -7, 15500, -14600, 6000};
  private static final int[] H = {75, 362, 0, 333, 0, 30};

  private final Chip chip = new Chip();

  /** A BME280 with the constants of the data sheet's example. */
  private static class Chip extends RegisterFile {
    private int answersUntilReady;
    private int oversampledHumidity;
    private boolean measures = true;

    Chip() {
      set(0xD0, 0x60);
      set(0x88, "70 6b 43 67 18 fc 7d 8e 43 d6 d0 0b 27 0b 8c 00 f9 ff 8c 3c f8 c6 70 17 00 4b");
      set(0xE1, "6a 01 00 14 0d 00 1e");
      set(0xF7, 0x80, 0, 0, 0x80, 0, 0, 0x80, 0);
    }

    @Override
    int give(int register) {
      if (register == 0xF3 && answersUntilReady > 0) {
        answersUntilReady--;
        return 0x09;
      }
      return super.give(register);
    }

    /** The humidity's setting is taken over only with the one that starts a measurement. */
    @Override
    void take(int register, int value) {
      super.take(register, value);
      if (register == 0xF4 && measures) {
        oversampledHumidity = registers[0xF2];
        set(0xF7, 0x65, 0x5A, 0xC0, 0x7E, 0xED, 0x00);
        set(0xFD, oversampledHumidity == 0 ? 0x80 : 25000 >> 8, 25000 & 0xFF);
        answersUntilReady = 3;
      }
    }
  }

  private static Bme280 config(String... wanted) {
    return new Bme280(
        "oven-1",
        Path.of("/dev/i2c-none"),
        Bme280.Address.X76,
        Duration.ofSeconds(1),
        Measures.of(wanted));
  }

  @Override
  protected DriverConfig absent() {
    return config();
  }

  @Override
  protected DriverConfig sound() {
    return config();
  }

  @Override
  protected Driver open() throws IOException {
    return new Bme280.Reader(chip, config(), bench.context());
  }

  @Override
  protected void lose() {
    chip.absent = true;
  }

  /** Source: the worked example of Bosch's BST-BMP280-DS001, section 3.12. */
  @Test
  void temperatureAndPressureAreThoseOfTheDataSheetsExample() {
    Bme280.Calibration calibration = new Bme280.Calibration(T, P, H);
    double fine = calibration.fine(519888);

    assertThat((int) fine).isEqualTo(128422);
    assertThat(calibration.celsius(fine)).isEqualTo(25.08247793081682, within(1e-9));
    assertThat(calibration.pascal(415148, fine)).isEqualTo(100653.26677582515, within(1e-6));
  }

  /** Source: the data sheet's 32-bit formula gives 20.7783 for the same chip. */
  @Test
  void humidityAgreesWithTheDataSheetsIntegerFormula() {
    Bme280.Calibration calibration = new Bme280.Calibration(T, P, H);

    assertThat(calibration.percent(25000, calibration.fine(519888)))
        .isEqualTo(20.77930991340057, within(1e-9))
        .isEqualTo(20.7783203125, within(0.002));
  }

  /** Source: the tests of rm-hull/bme280, a chip that nobody could build. */
  @Test
  void theFormulasAgreeWithAnotherLibrary() {
    Bme280.Calibration calibration =
        new Bme280.Calibration(
            new int[] {20, 21, 22},
            new int[] {10, 11, 12, 13, 14, 15, 16, 17, 18},
            new int[] {0, 1, 4, 3, 5, 6});
    double fine = calibration.fine(3 << 12 | 4 << 4);

    assertThat(calibration.celsius(fine)).isEqualTo(0.0030482932925224304, within(1e-15));
    assertThat(calibration.pascal(1 << 4, fine) / 100).isEqualTo(8801790.518824806, within(1e-3));
    assertThat(calibration.percent(6 << 8 | 7, fine)).isEqualTo(0.02082886288568924, within(1e-12));
  }

  @Test
  void theConstantsAreReadFromTheChipWithTheirSignsAndNibbles() throws IOException {
    chip.set(0xE1, "6a 01 00 f0 5a f3 9c");

    Bme280.Calibration calibration = Bme280.Calibration.read(chip, true);

    assertThat(calibration.t()).containsExactly(T);
    assertThat(calibration.p()).containsExactly(P);
    assertThat(calibration.h())
        .containsExactly(75, 362, 0, (byte) 0xF0 * 16 + 0x0A, (byte) 0xF3 * 16 + 0x05, -100);
  }

  @Test
  void aReadingIsMeasuredOnDemandAndWaitedFor() throws IOException {
    try (Driver driver = open()) {
      chip.writes.clear();
      driver.step();

      assertThat(chip.writes).containsExactly("f2=01", "f4=25");
      assertThat(bench.readings)
          .containsExactly("temperature=25.08", "pressure=1006.53", "humidity=20.78");
      assertThat(bench.counters.read()).isEqualTo(1);
    }
  }

  @Test
  void onlyTheSignalsAskedForAreHandedOverUnderTheirNames() throws IOException {
    Bme280 renamed =
        new Bme280(
            "oven-1",
            Path.of("/dev/i2c-1"),
            Bme280.Address.X77,
            Duration.ofSeconds(1),
            Map.of("air", new Measured(Optional.of("temperature"), Refinement.NONE)));
    new Bme280.Reader(chip, renamed, bench.context()).step();

    assertThat(bench.readings).containsExactly("air=25.08");
  }

  @Test
  void aBmp280IsReadWithoutHumidityAndRefusedWhereHumidityIsAskedFor() throws IOException {
    chip.set(0xD0, 0x58);

    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("BMP280")
        .hasMessageContaining("signals:");
    assertThat(chip.closed).isTrue();

    chip.closed = false;
    new Bme280.Reader(chip, config("temperature", "pressure"), bench.context()).step();
    assertThat(bench.readings).containsExactlyInAnyOrder("temperature=25.08", "pressure=1006.53");
    assertThat(chip.writes).doesNotContain("f2=01");
  }

  @Test
  void anotherChipIsNamedByItsId() {
    chip.set(0xD0, 0x61);

    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("0x61")
        .hasMessageContaining("BME680");
  }

  @Test
  void aChipThatIsStillStartingIsWaitedForAndOneThatNeverStartsIsRefused() throws IOException {
    chip.answersUntilReady = 5;
    open().close();
    assertThat(bench.nanos).isEqualTo(5_000_000);

    chip.closed = false;
    chip.answersUntilReady = Integer.MAX_VALUE;
    assertThatThrownBy(this::open).hasMessageContaining("switch it off and on");
  }

  @Test
  void aChipWithoutCalibrationIsRefused() {
    chip.set(0x88, new int[26]);

    assertThatThrownBy(this::open).hasMessageContaining("no calibration");
  }

  @Test
  void whatTheChipDidNotMeasureIsNoValue() throws IOException {
    chip.measures = false;
    try (Driver driver = open()) {
      driver.step();
    }

    assertThat(bench.readings).isEmpty();
    assertThat(bench.counters.rejected()).isEqualTo(1);
    assertThat(bench.counters.lastRejection()).contains("did not measure");
  }

  @Test
  void aValueThatTheChipCannotMeasureIsNoValue() throws IOException {
    chip.measures = false;
    chip.set(0xF7, 0, 0, 0, 0xFF, 0xFF, 0xF0, 0x10, 0);
    try (Driver driver = open()) {
      driver.step();
    }

    assertThat(bench.readings).isEmpty();
    assertThat(bench.counters.lastRejection()).contains("cannot measure");
  }
}
