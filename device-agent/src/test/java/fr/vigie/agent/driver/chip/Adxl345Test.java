package fr.vigie.agent.driver.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.agent.driver.Bench;
import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.DriverConfig;
import fr.vigie.agent.driver.DriverContract;
import fr.vigie.agent.setting.Mistake;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Adxl345Test extends DriverContract {
  private final Chip chip = new Chip(bench);

  /** An ADXL345 on the time of the bench; X swings by 1 g at 100 Hz, Z bears gravity. */
  private static final class Chip extends RegisterFile {
    private final Bench bench;
    private double g = 1;
    private long streaming = -1;
    private long taken;
    private boolean asleep;

    Chip(Bench bench) {
      this.bench = bench;
      set(0x00, 0xE5);
    }

    private double hertz() {
      return 3200.0 / (1 << 0x0F - (registers[0x2C] & 0x0F));
    }

    private long made() {
      return streaming < 0 || asleep ? taken : (long) ((bench.nanos - streaming) * hertz() / 1e9);
    }

    @Override
    void take(int register, int value) {
      super.take(register, value);
      if (register == 0x38) {
        streaming = value == 0x80 ? bench.nanos : -1;
        taken = 0;
      }
    }

    @Override
    int give(int register) {
      return switch (register) {
        case 0x30 -> made() - taken > 32 ? 0x83 : 0x80;
        case 0x39 -> (int) Math.min(33, made() - taken);
        case 0x32 -> next(0) & 0xFF;
        case 0x33 -> next(0) >> 8;
        case 0x34, 0x35 -> 0;
        case 0x36 -> 0;
        case 0x37 -> {
          taken++;
          yield 1;
        }
        default -> super.give(register);
      };
    }

    private int next(int axis) {
      return (int) Math.round(256 * g * Math.sin(2 * Math.PI * 100 * taken / hertz()));
    }
  }

  private static Adxl345 config(String bus, Adxl345.Rate rate, Vibration.Range range) {
    return new Adxl345(
        "pump-1",
        Path.of(bus),
        Adxl345.Address.X53,
        rate,
        range,
        512,
        Duration.ofSeconds(10),
        Map.of());
  }

  private static Adxl345 spi() {
    return config("/dev/spidev-none", Adxl345.Rate.R_3200, Vibration.Range.G_16);
  }

  @Override
  protected DriverConfig absent() {
    return spi();
  }

  @Override
  protected DriverConfig sound() {
    return spi();
  }

  @Override
  protected Driver open() throws IOException {
    return spi().read(chip, bench.context());
  }

  @Override
  protected void lose() {
    chip.absent = true;
  }

  @Test
  void aBurstGivesRmsAndPeakOfEachAxis() throws IOException {
    try (Driver driver = open()) {
      read(driver, 1);
    }

    assertThat(bench.readings)
        .contains("x-rms=6.937", "x-peak=9.807", "x-crest=1.414", "x-kurtosis=1.501")
        .contains("y-rms=0.0", "y-peak=0.0", "y-velocity=0.0", "y-crest=missing")
        .contains("z-rms=0.0", "z-peak=0.0", "z-kurtosis=missing")
        .hasSize(15);
    assertThat(chip.writes).containsExactly("2d=00", "31=0b", "2c=0f", "2d=08", "38=00", "38=80");
  }

  @Test
  void aQueueThatRanOverIsRefusedAndTheNextBurstIsGood() throws IOException {
    try (Driver driver = open()) {
      driver.step();
      bench.pass(20);
      read(driver, 1);
      assertThat(bench.readings).isEmpty();
      assertThat(bench.counters.rejected()).isEqualTo(1);
      assertThat(bench.counters.lastRejection()).contains("ran over").contains("SPI");

      read(driver, 1);
    }
    assertThat(bench.readings).hasSize(15);
  }

  @Test
  void anAccelerationBeyondTheRangeIsRefused() throws IOException {
    chip.g = 2.1;
    try (Driver driver =
        config("/dev/spidev0.0", Adxl345.Rate.R_3200, Vibration.Range.G_2)
            .read(chip, bench.context())) {
      read(driver, 1);
    }

    assertThat(bench.readings).isEmpty();
    assertThat(bench.counters.lastRejection()).contains("beyond the chip's range");
  }

  @Test
  void aChipThatFellAsleepIsAnError() throws IOException {
    try (Driver driver = open()) {
      chip.asleep = true;

      assertThatThrownBy(() -> read(driver, 1))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("loss of power");
    }
  }

  @Test
  void anotherChipIsNamedByItsId() {
    chip.set(0x00, 0x33);

    assertThatThrownBy(this::open).hasMessageContaining("0x33").hasMessageContaining("ADXL345");
    assertThat(chip.closed).isTrue();
  }

  @Test
  void aRateThatI2cCannotCarryIsAMistake() {
    assertThatThrownBy(() -> config("/dev/i2c-1", Adxl345.Rate.R_1600, Vibration.Range.G_16))
        .isInstanceOf(Mistake.class)
        .hasMessageContaining("800 or less on I2C");
  }
}
