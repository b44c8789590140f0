package fr.vigie.agent.driver.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.agent.bus.Framing;
import fr.vigie.agent.bus.SharedPort;
import fr.vigie.agent.driver.Bench;
import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.LineSignal;
import fr.vigie.agent.refine.Refinement;
import fr.vigie.agent.setting.Mistake;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Quality;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MbusTest {
  private static final String ID = "12345678";
  private static final byte[] POWER = MbusLine.answer(5, ID, 0, "022AE803");
  private static final byte[] NOTHING = {};

  private final Bench bench = new Bench();
  private final MbusLine line = new MbusLine(bench);
  private int opened;

  private static LineSignal gauge(String from, String unit) {
    return new LineSignal(Kind.GAUGE, unit, Optional.of(from), Refinement.NONE);
  }

  private static Mbus config(int address, Map<String, LineSignal> signals) {
    return config(address, Optional.empty(), signals);
  }

  private static Mbus config(int address, Optional<String> id, Map<String, LineSignal> signals) {
    return new Mbus(
        "site",
        Path.of("/dev/memory"),
        2400,
        Framing.F_8E1,
        address,
        id,
        Duration.ofSeconds(10),
        signals);
  }

  private static Mbus power(int address) {
    return config(address, Map.of("power" + address, gauge("power", "W")));
  }

  private Driver open(Mbus config) throws IOException {
    return config.open(
        bench.context(),
        () -> {
          opened++;
          return new SharedPort(line);
        });
  }

  /** Steps for as long by the bench's clock. */
  private void run(Duration time, Driver... drivers) throws IOException {
    long end = bench.nanos + time.toNanos();
    while (bench.nanos < end) {
      for (Driver driver : drivers) {
        driver.step();
      }
    }
  }

  @Test
  void aMeterIsResetThenAskedOnItsRhythmWithTheBitTurning() throws IOException {
    line.meter(5, POWER);
    try (Driver driver = open(power(5))) {
      run(Duration.ofSeconds(25), driver);
    }
    assertThat(line.heard).containsExactly("1040054516", "107b058016", "105b056016", "107b058016");
    assertThat(bench.readings).containsExactly("power5=100.0", "power5=100.0", "power5=100.0");
    assertThat(bench.counters.read()).isEqualTo(3);
    assertThat(line.closed).isTrue();
  }

  @Test
  void severalMetersShareOneLineInTurn() throws IOException {
    line.meter(5, POWER).meter(6, MbusLine.answer(6, ID, 0, "022AD007"));
    line.dribble = true;
    try (Driver five = open(power(5));
        Driver six = open(power(6))) {
      run(Duration.ofSeconds(8), five, six);
    }
    assertThat(opened).isEqualTo(1);
    assertThat(bench.readings).containsExactly("power5=100.0", "power6=200.0");
    assertThat(bench.counters.rejected()).isZero();
  }

  @Test
  void aMeterThatIsNotThereIsToldAtTheOpeningAndLeavesTheLineToTheOthers() throws IOException {
    line.meter(5, POWER);
    try (Driver five = open(power(5))) {
      assertThatThrownBy(() -> open(power(6)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no meter answers at address 6");
      run(Duration.ofSeconds(1), five);
    }
    assertThat(bench.readings).containsExactly("power5=100.0");
    assertThat(line.closed).isTrue();
  }

  @Test
  void aMeterThatFallsSilentIsToldAfterThreeFailures() throws IOException {
    line.meter(5, POWER);
    try (Driver driver = open(power(5))) {
      run(Duration.ofSeconds(5), driver);
      line.remove(5);
      assertThatThrownBy(() -> run(Duration.ofSeconds(100), driver))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("meter 5 is not understood, no answer");
    }
    assertThat(bench.counters.rejected()).isEqualTo(3);
    assertThat(line.heard).hasSize(2 + 3 * 2);
  }

  @Test
  void aDamagedAnswerIsAskedForAgainWithTheSameBit() throws IOException {
    byte[] damaged = POWER.clone();
    damaged[21]++;
    line.meter(5, damaged, Arrays.copyOf(POWER, 12), POWER);
    try (Driver driver = open(power(5))) {
      run(Duration.ofSeconds(15), driver);
    }
    assertThat(line.heard).containsExactly("1040054516", "107b058016", "107b058016", "107b058016");
    assertThat(bench.readings).containsExactly("power5=100.0");
    assertThat(bench.counters.rejected()).isEqualTo(1);
    assertThat(bench.counters.lastRejection()).contains("half an answer");
  }

  @Test
  void aLateAnswerIsNeverTakenForTheNextOne() throws IOException {
    line.meter(5, NOTHING, NOTHING, MbusLine.answer(5, ID, 0, "022AD007"));
    try (Driver driver = open(power(5))) {
      run(Duration.ofSeconds(5), driver);
      line.noise(POWER);
      run(Duration.ofSeconds(10), driver);
    }
    assertThat(bench.readings).containsExactly("power5=200.0");
  }

  @Test
  void anEchoOfTheRequestDoesNotCount() throws IOException {
    line.echo = true;
    for (boolean dribble : List.of(false, true)) {
      line.dribble = dribble;
      line.meter(5, POWER);
      try (Driver driver = open(power(5))) {
        run(Duration.ofSeconds(5), driver);
      }
    }
    assertThat(bench.readings).containsExactly("power5=100.0", "power5=100.0");
    assertThat(bench.counters.rejected()).isZero();
  }

  @Test
  void anotherMeterOrUnitIsRefusedWithBothSides() throws IOException {
    line.meter(5, POWER);
    try (Driver driver = open(config(5, Optional.of("87654321"), power(5).signals()))) {
      run(Duration.ofSeconds(5), driver);
    }
    assertThat(bench.counters.lastRejection()).contains(ID).contains("87654321");
    try (Driver driver = open(config(5, Map.of("p", gauge("power", "kW"))))) {
      run(Duration.ofSeconds(5), driver);
    }
    assertThat(bench.counters.lastRejection()).contains("'W'").contains("'kW'");
    try (Driver driver = open(config(5, Map.of("p", gauge("voltage", "V"))))) {
      run(Duration.ofSeconds(5), driver);
    }
    assertThat(bench.counters.lastRejection()).contains("there are power in W");
    assertThat(bench.readings).isEmpty();
  }

  @Test
  void recordsToldApartByTheirOrderAreRefusedWhenTheirOrderChanges() throws IOException {
    line.meter(
        5,
        MbusLine.answer(5, ID, 0, "022AE803022AD007"),
        MbusLine.answer(5, ID, 0, "02FD480100022AE803022AD007"));
    try (Driver driver = open(config(5, Map.of("second", gauge("power.2", "W"))))) {
      run(Duration.ofSeconds(15), driver);
    }
    assertThat(bench.readings).containsExactly("second=200.0");
    assertThat(bench.counters.lastRejection()).contains("order");
  }

  @Test
  void aSecondTelegramIsAskedForWhenASignalStandsInIt() throws IOException {
    line.meter(
        5, MbusLine.answer(5, ID, 0, "022AE8031F"), MbusLine.answer(5, ID, 0, "022AD0070F01"));
    Map<String, LineSignal> signals = new HashMap<>(power(5).signals());
    signals.put("more", gauge("power@2", "W"));
    try (Driver driver = open(config(5, signals))) {
      run(Duration.ofSeconds(5), driver);
    }
    assertThat(bench.readings).containsExactly("power5=100.0", "more=200.0");
    assertThat(line.heard).containsExactly("1040054516", "107b058016", "105b056016");
  }

  @Test
  void aMeterInDoubtGivesUncertainValuesAndOneInErrorNone() throws IOException {
    line.meter(
        5, MbusLine.answer(5, ID, 0x10, "022AE803"), MbusLine.answer(5, ID, 0x02, "022AE803"));
    try (Driver driver = open(power(5))) {
      run(Duration.ofSeconds(15), driver);
    }
    assertThat(bench.samples).hasSize(1);
    assertThat(bench.samples.get(0).quality()).isEqualTo(Quality.UNCERTAIN);
    assertThat(bench.counters.lastRejection()).contains("status 2");
  }

  @Test
  void noiseOnTheLineNeverMakesAWrongValue() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[][] answers = new byte[400][];
    for (int i = 0; i < answers.length; i++) {
      byte[] answer = POWER.clone();
      for (int flips = random.nextInt(2); flips > 0; flips--) {
        answer[random.nextInt(answer.length)] ^= (byte) (1 << random.nextInt(8));
      }
      answers[i] = random.nextInt(5) == 0 ? Arrays.copyOf(answer, random.nextInt(20)) : answer;
    }
    line.meter(5, answers);
    for (int opening = 0; opening < 100; opening++) {
      try (Driver driver = open(power(5))) {
        run(Duration.ofSeconds(30), driver);
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("not understood");
      }
    }
    assertThat(bench.readings).as("seed " + seed).containsOnly("power5=100.0");
    assertThat(bench.counters.rejected()).as("seed " + seed).isPositive();
  }

  @Test
  void anUnpluggedPortIsLostForAllAndOpenedAnewByTheNext() throws IOException {
    line.meter(5, POWER).meter(6, POWER);
    Driver five = open(power(5));
    Driver six = open(power(6));
    line.unplugged = true;
    assertThatThrownBy(() -> run(Duration.ofSeconds(5), five)).hasMessageContaining("gone");
    five.close();
    assertThatThrownBy(() -> open(power(5))).hasMessageContaining("gone");
    assertThat(opened).isEqualTo(2);
    six.close();
    line.unplugged = false;
    open(power(6)).close();
    assertThat(opened).isEqualTo(3);
  }

  @Test
  void everyMistakeIsToldAtOnce() {
    assertThatThrownBy(
            () ->
                new Mbus(
                    "site",
                    Path.of("ttyUSB0"),
                    100,
                    Framing.F_8E1,
                    251,
                    Optional.of("123"),
                    Duration.ofMillis(1),
                    Map.of(
                        "a",
                        new LineSignal(Kind.STATE, "", Optional.empty(), Refinement.NONE),
                        "b",
                        gauge("Power 2", "W"))))
        .isInstanceOfSatisfying(
            Mistake.class,
            mistake ->
                assertThat(mistake.all())
                    .extracting(Mistake::key)
                    .containsExactlyInAnyOrder(
                        "port",
                        "baud",
                        "address",
                        "id",
                        "every",
                        "signals.a.kind",
                        "signals.b.from"));
  }
}
