package fr.vigie.agent.driver.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.DriverConfig;
import fr.vigie.agent.driver.DriverContract;
import fr.vigie.agent.driver.Place;
import fr.vigie.agent.driver.chip.Ads1115Chip.Input;
import fr.vigie.agent.driver.chip.Ads1115Chip.Range;
import fr.vigie.agent.refine.Refinement;
import fr.vigie.agent.setting.Mistake;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class Ads1115Test extends DriverContract {
  private final FakeAds1115 chip =
      new FakeAds1115(bench).input(Input.A0, s -> 2.5).input(Input.A2_A3, s -> -0.1);

  private static AnalogSignal volts(Input input, Range range) {
    return analog(input, range, 1, 0);
  }

  private static AnalogSignal analog(Input input, Range range, double scale, double offset) {
    return new AnalogSignal(
        input, range, "V", scale, offset, Optional.empty(), Optional.empty(), Refinement.NONE);
  }

  private static Ads1115 config(Map<String, AnalogSignal> signals) {
    return new Ads1115(
        "oven-1",
        Path.of("/dev/i2c-none"),
        Ads1115Chip.Address.X48,
        Ads1115Chip.Rate.R_128,
        Duration.ofSeconds(1),
        signals);
  }

  private static Ads1115 both() {
    return config(
        Map.of(
            "a", volts(Input.A0, Range.V4_096),
            "b", volts(Input.A2_A3, Range.V0_256)));
  }

  @Override
  protected DriverConfig absent() {
    return both();
  }

  @Override
  protected DriverConfig sound() {
    return both();
  }

  @Override
  protected Driver open() throws IOException {
    return open(both());
  }

  private Driver open(Ads1115 config) throws IOException {
    return new Ads1115.Reader(chip.join(), config, bench.context());
  }

  @Override
  protected void lose() {
    chip.absent = true;
  }

  @Test
  void everyInputIsReadInItsOwnRange() throws IOException {
    try (Driver driver = open()) {
      read(driver, 2);
    }

    assertThat(bench.readings).containsExactly("a=2.5", "b=-0.1");
    assertThat(chip.writes).containsSubsequence("01=c3", "02=83", "01=bb", "02=83");
  }

  @Test
  void aLinearScaleMakesTheUnit() throws IOException {
    try (Driver driver =
        open(config(Map.of("pressure", analog(Input.A0, Range.V4_096, 2.5, -1.25))))) {
      read(driver, 1);
    }

    assertThat(bench.readings).containsExactly("pressure=5.0");
  }

  @Test
  void aVoltageBeyondTheRangeIsNoValue() throws IOException {
    try (Driver driver = open(config(Map.of("a", volts(Input.A0, Range.V2_048))))) {
      read(driver, 1);
    }

    assertThat(bench.readings).isEmpty();
    assertThat(bench.counters.lastRejection()).contains("beyond the range of 2.048V");
  }

  @Test
  void aBrokenWireOfACurrentLoopIsNoValue() throws IOException {
    AnalogSignal loop =
        new AnalogSignal(
            Input.A1,
            Range.V4_096,
            "bar",
            4.0,
            -2.0,
            Optional.of(0.45),
            Optional.of(2.6),
            Refinement.NONE);
    chip.input(Input.A1, seconds -> seconds < 1.5 ? 0.5 : 0.01);
    try (Driver driver = open(config(Map.of("p", loop)))) {
      read(driver, 3);
    }

    assertThat(bench.readings).containsExactly("p=0.0", "p=0.0");
    assertThat(bench.counters.lastRejection()).contains("0.45 to 2.6 V").contains("wires");
  }

  @Test
  void aChipThatDoesNotKeepItsSettingsIsNone() {
    chip.forgets = true;

    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not keep its settings")
        .hasMessageContaining("is it an ADS1115");
  }

  @Test
  void twoSensorsOnOneChipTakeTurnsAndTheLastOneClosesIt() throws IOException {
    Driver first = open(config(Map.of("a", volts(Input.A0, Range.V4_096))));
    Driver second = open(config(Map.of("b", volts(Input.A2_A3, Range.V0_256))));
    for (int i = 0; i < 4; i++) {
      first.step();
      second.step();
    }
    first.close();
    assertThat(chip.closed).isFalse();
    second.step();
    second.close();

    assertThat(chip.closed).isTrue();
    assertThat(bench.readings).contains("a=2.5", "b=-0.1");
  }

  @Test
  void whoFindsTheChipInUseLeavesItAndTriesAgain() throws Exception {
    Driver driver = open();
    Ads1115Chip shared = chip.join().bus();
    Thread other = new Thread(() -> assertThat(shared.take()).isTrue());
    other.start();
    other.join();

    driver.step();

    assertThat(bench.counters.read()).isZero();
  }

  @Test
  void sensorsOnDifferentInputsDoNotHinderEachOther() {
    Place a0 = config(Map.of("a", volts(Input.A0, Range.V4_096))).place();
    Place a1 = config(Map.of("b", volts(Input.A1, Range.V4_096))).place();

    assertThat(a0.hinders(a1)).isFalse();
    assertThat(a0.hinders(a0)).isTrue();
  }

  @Test
  void mistakesAreToldAllAtOnce() {
    assertThatThrownBy(
            () ->
                new Ads1115(
                    "oven 1",
                    Path.of("i2c"),
                    Ads1115Chip.Address.X48,
                    Ads1115Chip.Rate.R_128,
                    Duration.ofMillis(1),
                    Map.of()))
        .isInstanceOf(Mistake.class)
        .hasMessageContaining("machine")
        .hasMessageContaining("bus")
        .hasMessageContaining("every")
        .hasMessageContaining("signals");
  }
}
