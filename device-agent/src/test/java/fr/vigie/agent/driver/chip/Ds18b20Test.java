package fr.vigie.agent.driver.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.DriverConfig;
import fr.vigie.agent.driver.DriverContract;
import fr.vigie.agent.refine.Refinement;
import fr.vigie.agent.setting.Mistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ds18b20Test extends DriverContract {
  private static final String ONE = "28-0316a2795e2b";
  private static final String TWO = "28-0416c3fd21ff";

  @TempDir Path bus;

  /** Source: the form of the kernel's documentation of w1_therm. */
  @BeforeEach
  void twoSensorsAreOnTheBus() throws IOException {
    put(ONE, "72 01 4b 46 7f ff 0e 10 57", "57 YES", 23125);
    put(TWO, "5e ff 4b 46 7f ff 02 10 a0", "a0 YES", -10125);
  }

  private void put(String address, String bytes, String crc, int milli) throws IOException {
    Path folder = Files.createDirectories(bus.resolve(address));
    Files.writeString(
        folder.resolve("w1_slave"), bytes + " : crc=" + crc + "\n" + bytes + " t=" + milli + "\n");
  }

  private void remove(String address) throws IOException {
    Files.deleteIfExists(bus.resolve(address).resolve("w1_slave"));
    Files.deleteIfExists(bus.resolve(address));
  }

  private Ds18b20 config(String... addresses) {
    Map<String, Ds18b20.Probe> probes = new LinkedHashMap<>();
    for (String address : addresses) {
      probes.put("t" + probes.size(), new Ds18b20.Probe(address, Refinement.NONE));
    }
    return new Ds18b20("oven-1", bus, Duration.ofSeconds(1), probes);
  }

  @Override
  protected DriverConfig absent() {
    return config("28-000000000001");
  }

  @Override
  protected DriverConfig sound() {
    return config(ONE, TWO);
  }

  @Override
  protected Driver open() throws IOException {
    return new Ds18b20.Reader(config(ONE, TWO), bench.context());
  }

  @Override
  protected void lose() throws IOException {
    remove(ONE);
    remove(TWO);
  }

  @Test
  void everySensorIsReadInTurn() throws IOException {
    try (Driver driver = open()) {
      read(driver, 2);
    }

    assertThat(bench.readings).containsExactly("t0=23.125", "t1=-10.125");
  }

  @ParameterizedTest
  @CsvSource({
    "72 01 4b 46 7f ff 0e 10 57, 11 NO, 23125, errors",
    "00 00 00 00 00 00 00 00 00, 00 YES, 0, errors",
    "ff ff ff ff ff ff ff ff ff, c9 NO, -62, errors",
    "50 05 4b 46 7f ff 0c 10 1c, 1c YES, 85000, 85 °C",
    "f1 07 4b 46 7f ff 0f 10 aa, aa YES, 127062, cannot measure",
    "ff 07 4b 46 7f ff 01 10 aa, aa YES, 127937, cannot measure",
    "00 f0 4b 46 7f ff 10 10 aa, aa YES, -256000, cannot measure"
  })
  void theErrorCodesOfTheSensorAreNeverAValue(String bytes, String crc, int milli, String why)
      throws IOException {
    put(ONE, bytes, crc, milli);
    try (Driver driver = open()) {
      read(driver, 2);
    }

    assertThat(bench.readings).containsExactly("t1=-10.125");
    assertThat(bench.counters.rejected()).isEqualTo(1);
    assertThat(bench.counters.lastRejection()).contains(ONE).contains(why);
  }

  @Test
  void anOvenThatReallyHas85DegreesIsBelievedWhenItWasWarmBefore() throws IOException {
    put(ONE, "4f 05 4b 46 7f ff 01 10 aa", "aa YES", 84937);
    try (Driver driver = open()) {
      read(driver, 2);
      put(ONE, "50 05 4b 46 7f ff 10 10 aa", "aa YES", 85000);
      read(driver, 2);
      put(ONE, "50 05 4b 46 7f ff 0c 10 1c", "1c YES", 85000);
      read(driver, 2);
    }

    assertThat(bench.readings)
        .filteredOn(it -> it.startsWith("t0"))
        .containsExactly("t0=84.937", "t0=85.0");
    assertThat(bench.counters.rejected()).isEqualTo(1);
  }

  @Test
  void oneSensorThatIsGoneDoesNotStopTheOthers() throws IOException {
    try (Driver driver = open()) {
      remove(ONE);
      read(driver, 4);
    }

    assertThat(bench.readings).containsExactly("t1=-10.125", "t1=-10.125");
    assertThat(bench.counters.lastRejection()).contains(ONE).contains("does not answer");
  }

  /** As Linux 6.1 has it from when a sensor stops answering until it takes it off its list. */
  @Test
  void anEmptyFileIsASensorThatDoesNotAnswer() throws IOException {
    try (Driver driver = open()) {
      Files.writeString(bus.resolve(ONE).resolve("w1_slave"), "");
      read(driver, 2);
      assertThat(bench.readings).containsExactly("t1=-10.125");
      assertThat(bench.counters.lastRejection()).contains(ONE).contains("does not answer");

      Files.writeString(bus.resolve(TWO).resolve("w1_slave"), "");
      assertThatThrownBy(() -> read(driver, 2))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("none answers: look at the wires");
    }
  }

  @Test
  void whereNoneIsThereTheOnesThatAreThereAreNamed() {
    assertThatThrownBy(() -> absent().open(bench.context()))
        .hasMessageContaining("there are " + ONE + ", " + TWO);
  }

  @Test
  void aBusThatIsSwitchedOffTellsHowToSwitchItOn() {
    Ds18b20 off =
        new Ds18b20(
            "oven-1",
            bus.resolve("none"),
            Duration.ofSeconds(1),
            Map.of("t", new Ds18b20.Probe(ONE, Refinement.NONE)));

    assertThatThrownBy(() -> off.open(bench.context()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("dtoverlay=w1-gpio");
  }

  @Test
  void anAddressThatIsNoneIsAMistake() {
    assertThatThrownBy(() -> new Ds18b20.Probe("../../etc", Refinement.NONE))
        .isInstanceOf(Mistake.class)
        .hasMessageContaining("28-0316a2795e2b");
  }
}
