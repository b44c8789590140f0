package fr.vigie.example.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.vigie.example.emulator.VirtualBoard.Time;
import fr.vigie.example.installation.Child;
import fr.vigie.example.installation.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The agent's drivers of a board on a real kernel, in one boot whose time is exact. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(900)
class PinsIT {
  private Tried tried = new Tried(Map.of(), Map.of());

  @BeforeAll
  void boot(@TempDir Path folder) throws IOException, InterruptedException {
    assumeTrue(VirtualBoard.absent().isEmpty(), () -> VirtualBoard.absent().orElse(""));
    Path console = folder.resolve("console");
    try (Home home = Home.find()) {
      Optional<VirtualBoard> made = VirtualBoard.make(home, folder.resolve("making"));
      assumeTrue(made.isPresent(), "Debian's mirror does not answer");
      Path host = Files.createDirectories(folder.resolve("host"));
      made.get().load(host, Tried.job());
      Child board = made.get().boot(Time.EXACT, host, Map.of(), console);
      assertThat(board.awaitEnd(Duration.ofMinutes(8))).isPresent();
    }
    tried = Tried.read(console);
    assertThat(tried.words()).as(Files.readString(console)).hasSize(23);
  }

  private Tried.Pulses pulses(String trial) {
    return Optional.ofNullable(tried.pulses().get(trial)).orElseThrow();
  }

  @Test
  void tenThousandPulsesASecondAreCountedExactly() {
    assertThat(pulses("10 kHz")).isEqualTo(new Tried.Pulses(10_000, 10_000, 0, 10_000));
    assertThat(pulses("10 kHz, both edges")).isEqualTo(new Tried.Pulses(10_000, 10_000, 0, 20_000));
  }

  @Test
  void nothingIsLostWhileNobodyReadsFor150Milliseconds() {
    assertThat(pulses("stall")).isEqualTo(new Tried.Pulses(300, 300, 0, 600));
    assertThat(pulses("Pi4J")).isEqualTo(new Tried.Pulses(300, 300, 0, 600));
  }

  @Test
  void whatTheFullQueueDroppedIsDeclaredToTheEdge() {
    Tried.Pulses pulses = pulses("overflow");

    assertThat(pulses.lost()).isPositive();
    assertThat(pulses.counted() + pulses.lost()).isEqualTo(pulses.made());
  }

  @Test
  void bouncesCountOnce() {
    assertThat(pulses("bounces")).isEqualTo(new Tried.Pulses(200, 200, 0, 2800));
  }

  @Test
  void aRateThatNoMachineHasAndAnInputThatNeverChangesAreTold() {
    assertThat(tried.words().get("alarms"))
        .startsWith("count=0.0 input=ok")
        .containsSubsequence("input=too-fast", "input=ok", "input=stuck")
        .contains("count=3.0");
  }

  @Test
  void aTowerShowsItsState() {
    assertThat(tried.words().get("tower"))
        .isEqualTo(
            "red=off green=off state=unknown green=on state=run red=blinking state=fault"
                + " red=off state=run");
  }

  @Test
  void whatCannotBeReadIsToldWithWhatToDo() {
    assertThat(tried.words().get("busy"))
        .contains("line 4 is used by 'vigie press' on /dev/gpiochip");
    assertThat(tried.words().get("no such line")).contains("no line '58' on").contains("gpioinfo");
    assertThat(tried.words().get("no such name"))
        .contains("'GPIO99' is not there")
        .contains("pinctrl-bcm2711, 58 lines")
        .contains("/dev/gpiochip0 may not be opened");
    assertThat(tried.words().get("no such chip")).contains("'pinctrl-rp1' is not there");
    assertThat(tried.words().get("no chip")).isEqualTo("/dev/null is not a GPIO chip");
    assertThat(tried.words().get("not allowed")).contains("only root may");
    assertThat(tried.words().get("not in the group")).contains("usermod -aG audio USER");
  }

  /** Source of the resistance: IEC 60751, 107.5 ohms. */
  @Test
  void aPt100IsReadThroughSpiAndItsFaultIsToldAndEnds() {
    assertThat(tried.words().get("pt100")).isEqualTo("temperature=19.24");
    assertThat(tried.words().get("pt100 broken"))
        .contains("the resistance is too high: the sensor or one of its wires is broken")
        .endsWith(", then temperature=19.24");
  }

  /** Source of the scratchpad: the documentation of the kernel's w1_therm. */
  @Test
  void aThermometerOnOneWireIsFoundReadAndMissed() {
    assertThat(tried.words().get("1-wire")).isEqualTo("28-0316a2794dff: DS18B20, a thermometer");
    assertThat(tried.words().get("ds18b20")).isEqualTo("tank=23.125");
    assertThat(tried.words().get("ds18b20 away"))
        .startsWith("the kernel still lists sensors of tank, and none answers: look at the wires")
        .endsWith("tank (28-0316a2794dff) does not answer: look at its wires");
  }

  @Test
  void aScannerThatTypesGivesItsCodes() {
    assertThat(tried.words().get("scanner"))
        .isEqualTo("scan=96385074 gtin=00000096385074 scan=Lot-7B");
  }

  @Test
  void theChipsOfAnI2cBusAreFoundByReadingThem() {
    assertThat(tried.words().get("i2c"))
        .isEqualTo(
            "0x48 on /dev/i2c-1: ADS1115, by a register that has its first value;"
                + " 0x53 on /dev/i2c-1: ADXL345; 0x68 on /dev/i2c-1: MPU6050;"
                + " 0x76 on /dev/i2c-1: BME280");
    assertThat(tried.words().get("i2c without 0x76")).doesNotContain("0x76").contains("0x68");
  }
}
