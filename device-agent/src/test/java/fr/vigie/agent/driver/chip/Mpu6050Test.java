package fr.vigie.agent.driver.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.agent.driver.Bench;
import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.DriverConfig;
import fr.vigie.agent.driver.DriverContract;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Mpu6050Test extends DriverContract {
  private final Chip chip = new Chip(bench);

  /** An MPU-6050 on the time of the bench; Y swings by 0.5 g at 50 Hz, Z bears gravity. */
  private static final class Chip extends RegisterFile {
    private static final int DEPTH = 1024;

    private final Bench bench;
    private double g = 0.5;
    private boolean keeps = true;
    private long since;
    private long read;

    Chip(Bench bench) {
      this.bench = bench;
      set(0x75, 0x68).set(0x6B, 0x40);
    }

    private long waiting() {
      boolean fills = registers[0x23] == 0x08 && registers[0x6A] == 0x40 && registers[0x6B] == 0;
      return fills ? (bench.nanos - since) / 1_000_000 * 6 - read : 0;
    }

    @Override
    void take(int register, int value) {
      super.take(register, register == 0x6B && (value & 0x80) != 0 || !keeps ? 0x40 : value);
      if (register == 0x23 || register == 0x6A) {
        since = bench.nanos;
        read = 0;
      }
    }

    @Override
    boolean advances(int register) {
      return register != 0x74;
    }

    @Override
    int give(int register) {
      return switch (register) {
        case 0x3A -> waiting() > DEPTH ? 0x10 : 0x00;
        case 0x72 -> (int) Math.min(DEPTH, waiting()) >> 8;
        case 0x73 -> (int) Math.min(DEPTH, waiting()) & 0xFF;
        case 0x74 -> next();
        default -> super.give(register);
      };
    }

    private int next() {
      long point = read / 6;
      int place = (int) (read % 6);
      read++;
      double steps = 32768.0 / (2 << (registers[0x1C] >> 3));
      double value =
          switch (place / 2) {
            case 1 -> g * Math.sin(2 * Math.PI * 50 * point / 1000.0);
            case 2 -> 1;
            default -> 0;
          };
      long word = Math.max(-32768, Math.min(32767, Math.round(value * steps)));
      return (int) (place % 2 == 0 ? word >> 8 & 0xFF : word & 0xFF);
    }
  }

  private static Mpu6050 config(Vibration.Range range) {
    return new Mpu6050(
        "pump-1",
        Path.of("/dev/i2c-none"),
        Mpu6050.Address.X68,
        range,
        1000,
        Duration.ofSeconds(5),
        Map.of());
  }

  @Override
  protected DriverConfig absent() {
    return sound();
  }

  @Override
  protected DriverConfig sound() {
    return config(Vibration.Range.G_16);
  }

  @Override
  protected Driver open() throws IOException {
    return config(Vibration.Range.G_16).read(chip, bench.context());
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
        .contains("y-rms=3.467", "y-peak=4.903", "y-crest=1.414", "y-kurtosis=1.5")
        .contains("x-rms=0.0", "x-peak=0.0", "z-rms=0.0", "z-peak=0.0")
        .contains("y-velocity=11.037")
        .hasSize(15);
  }

  @Test
  void everyStepIsShortAlthoughABurstTakesASecond() throws IOException {
    try (Driver driver = open()) {
      while (bench.counters.read() == 0) {
        long before = bench.nanos;
        driver.step();
        assertThat(bench.nanos - before).isLessThanOrEqualTo(200_000_000L);
      }
    }
  }

  @Test
  void aQueueThatRanOverIsRefused() throws IOException {
    try (Driver driver = open()) {
      driver.step();
      bench.pass(200);
      read(driver, 1);
      assertThat(bench.readings).isEmpty();
      assertThat(bench.counters.lastRejection()).contains("ran over");

      read(driver, 1);
    }
    assertThat(bench.readings).hasSize(15);
  }

  @Test
  void anAccelerationBeyondTheRangeIsRefused() throws IOException {
    chip.g = 3;
    try (Driver driver = config(Vibration.Range.G_2).read(chip, bench.context())) {
      read(driver, 1);
    }

    assertThat(bench.readings).isEmpty();
    assertThat(bench.counters.lastRejection()).contains("beyond the chip's range");
  }

  @Test
  void aRelativeThatSpeaksDifferentlyIsNamed() {
    chip.set(0x75, 0x70);

    assertThatThrownBy(this::open).hasMessageContaining("0x70").hasMessageContaining("MPU-6500");
  }

  @Test
  void aChipThatDoesNotWakeIsRefused() {
    chip.keeps = false;

    assertThatThrownBy(this::open).hasMessageContaining("does not keep its settings");
    assertThat(chip.closed).isTrue();
  }

  @Test
  void aChipThatLosesItsPowerBetweenTwoBurstsIsAnError() throws IOException {
    try (Driver driver = open()) {
      read(driver, 1);
      chip.set(0x6B, 0x40);

      assertThatThrownBy(() -> read(driver, 1)).hasMessageContaining("loss of power");
    }
  }
}
