package fr.vigie.agent.driver.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.DriverConfig;
import fr.vigie.agent.driver.DriverContract;
import fr.vigie.agent.driver.chip.Ads1115Chip.Input;
import fr.vigie.agent.driver.chip.Ads1115Chip.Range;
import fr.vigie.agent.setting.Mistake;
import fr.vigie.signal.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurrentClampTest extends DriverContract {
  private static final double BIAS = 1.65;

  private final FakeAds1115 chip =
      new FakeAds1115(bench).input(Input.A0, sine(50, 0.11)).input(Input.A1, s -> 0);

  /** A sine around the bias; its RMS in volts. */
  private static DoubleUnaryOperator sine(double hertz, double rms) {
    return seconds -> BIAS + rms * Math.sqrt(2) * Math.sin(2 * Math.PI * hertz * seconds + 0.7);
  }

  /** A clamp of 100 A:50 mA on 22 Ω: 90.9 A for a volt. */
  private static CurrentClamp config(Mains mains, Input input) {
    return new CurrentClamp(
        "press-1",
        Path.of("/dev/i2c-none"),
        Ads1115Chip.Address.X48,
        input,
        Range.V4_096,
        Optional.empty(),
        Optional.of(2000.0),
        Optional.of(22.0),
        3.3,
        mains,
        10,
        Duration.ofSeconds(1),
        Map.of());
  }

  @Override
  protected DriverConfig absent() {
    return config(Mains.HZ_50, Input.A0);
  }

  @Override
  protected DriverConfig sound() {
    return absent();
  }

  @Override
  protected Driver open() throws IOException {
    return open(config(Mains.HZ_50, Input.A0));
  }

  private Driver open(CurrentClamp config) throws IOException {
    return new CurrentClamp.Reader(chip.join(), config, bench.context());
  }

  @Override
  protected void lose() {
    chip.absent = true;
  }

  private double current() {
    assertThat(bench.samples).as(bench.counters.lastRejection()).isNotEmpty();
    return ((Value.Number) bench.samples.get(bench.samples.size() - 1).value()).number();
  }

  private double read(CurrentClamp config) throws IOException {
    try (Driver driver = open(config)) {
      read(driver, 1);
    }
    return current();
  }

  /** Source: 2000 turns on 22 Ω are 90.909 A/V, 100 A are 1.1 V RMS. */
  @ParameterizedTest
  @CsvSource({"50, 1.1, 100", "50, 0.11, 10", "50, 0.011, 1", "60, 1.1, 100", "60, 0.11, 10"})
  void theCurrentIsTheRmsOverWholePeriods(int hertz, double volts, double amperes)
      throws IOException {
    chip.input(Input.A0, sine(hertz, volts));

    assertThat(read(config(hertz == 50 ? Mains.HZ_50 : Mains.HZ_60, Input.A0)))
        .isEqualTo(amperes, within(amperes * 0.005));
  }

  @Test
  void aWholeBurstIsASingleStepOfAboutAFifthOfASecond() throws IOException {
    try (Driver driver = open()) {
      bench.nanos = 0;
      driver.step();
    }

    assertThat(bench.counters.read()).isEqualTo(1);
    assertThat(bench.nanos).isBetween(195_000_000L, 210_000_000L);
  }

  @Test
  void theBiasIsRemovedWhereverItLies() throws IOException {
    chip.input(Input.A0, seconds -> sine(50, 0.11).applyAsDouble(seconds) - 0.4);

    assertThat(read(config(Mains.HZ_50, Input.A0))).isEqualTo(10, within(0.05));
  }

  @Test
  void harmonicsCountWithTheirPower() throws IOException {
    chip.input(
        Input.A0,
        seconds ->
            sine(50, 0.1).applyAsDouble(seconds)
                + 0.05 * Math.sqrt(2) * Math.sin(2 * Math.PI * 150 * seconds));

    assertThat(read(config(Mains.HZ_50, Input.A0)))
        .isEqualTo(Math.hypot(0.1, 0.05) * 2000 / 22, within(0.15));
  }

  @Test
  void aMachineThatIsOffDrawsNearlyNothingAndIsAValue() throws IOException {
    Random noise = new Random(4);
    chip.input(Input.A0, seconds -> BIAS + noise.nextGaussian() * 0.0003);

    assertThat(read(config(Mains.HZ_50, Input.A0))).isBetween(0.0, 0.05);
  }

  @ParameterizedTest
  @CsvSource({"1.3", "1.2", "1.16"})
  void aCurrentThatTheInputClipsIsNoValue(double volts) throws IOException {
    DoubleUnaryOperator wave = sine(50, volts);
    chip.input(Input.A0, s -> Math.max(0, Math.min(3.3, wave.applyAsDouble(s))));
    try (Driver driver = open()) {
      read(driver, 1);
    }

    assertThat(bench.readings).isEmpty();
    assertThat(bench.counters.lastRejection()).contains("smaller burden resistor");
  }

  @Test
  void anInputWithoutBiasIsNoValue() throws IOException {
    try (Driver driver = open(config(Mains.HZ_50, Input.A1))) {
      read(driver, 1);
    }

    assertThat(bench.readings).isEmpty();
    assertThat(bench.counters.lastRejection()).contains("no bias");
  }

  @ParameterizedTest
  @CsvSource({"60", "35", "44", "100"})
  void aCurrentOfAnotherFrequencyIsNoValue(double hertz) throws IOException {
    chip.input(Input.A0, sine(hertz, 0.11));
    try (Driver driver = open()) {
      read(driver, 1);
    }

    assertThat(bench.readings).isEmpty();
    assertThat(bench.counters.lastRejection()).contains("not one of 50Hz").contains("drive");
  }

  /** A sine at whose points with these numbers the board is held up. */
  private DoubleUnaryOperator heldUp(IntPredicate points, long millis) {
    return new DoubleUnaryOperator() {
      private int asked;

      @Override
      public double applyAsDouble(double seconds) {
        asked++;
        if (points.test(asked)) {
          bench.pass(millis);
        }
        return sine(50, 0.11).applyAsDouble(seconds);
      }
    };
  }

  @Test
  void pointsThatTheBoardMissesAreTakenAWholePeriodLater() throws IOException {
    chip.input(Input.A0, heldUp(point -> point == 40 || point == 80, 33));

    assertThat(read(config(Mains.HZ_50, Input.A0))).isEqualTo(10, within(0.05));
  }

  @Test
  void aBoardThatIsBusyForAMomentTriesAgainAtOnce() throws IOException {
    chip.input(Input.A0, heldUp(point -> point < 120 && point % 3 == 0, 2));

    assertThat(read(config(Mains.HZ_50, Input.A0))).isEqualTo(10, within(0.1));
    assertThat(bench.counters.rejected()).isZero();
  }

  @Test
  void aBoardThatIsTooBusyToFollowGivesNoValue() throws IOException {
    chip.input(Input.A0, heldUp(point -> point % 3 == 0, 2));
    try (Driver driver = open()) {
      read(driver, 1);
      assertThat(bench.readings).isEmpty();
      assertThat(bench.counters.lastRejection()).contains("too busy");

      chip.input(Input.A0, sine(50, 0.11));
      read(driver, 1);
      assertThat(current()).isEqualTo(10, within(0.05));
    }
  }

  @Test
  void aChipThatLosesItsSettingsDuringABurstIsAnErrorAndNoValue() throws IOException {
    Driver driver = open();
    chip.forgets = true;

    assertThatThrownBy(() -> read(driver, 1)).hasMessageContaining("does not keep its settings");
    assertThat(bench.readings).isEmpty();
  }

  @Test
  void aClampHasItsResistorInsideOrOutsideAndNotBoth() {
    assertThatThrownBy(() -> scale(Optional.empty(), Optional.empty(), Optional.empty()))
        .isInstanceOf(Mistake.class);
    assertThatThrownBy(() -> scale(Optional.of(30.0), Optional.of(2000.0), Optional.of(22.0)))
        .isInstanceOf(Mistake.class);
    assertThatThrownBy(() -> scale(Optional.empty(), Optional.of(2000.0), Optional.empty()))
        .isInstanceOf(Mistake.class);
    assertThat(scale(Optional.of(30.0), Optional.empty(), Optional.empty()).ampereOfVolt())
        .isEqualTo(30);
  }

  private static CurrentClamp scale(
      Optional<Double> amperesPerVolt, Optional<Double> turns, Optional<Double> burden) {
    return new CurrentClamp(
        "press-1",
        Path.of("/dev/i2c-1"),
        Ads1115Chip.Address.X48,
        Input.A0,
        Range.V4_096,
        amperesPerVolt,
        turns,
        burden,
        3.3,
        Mains.HZ_50,
        10,
        Duration.ofSeconds(1),
        Map.of());
  }
}
