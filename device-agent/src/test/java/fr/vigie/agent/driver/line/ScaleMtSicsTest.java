package fr.vigie.agent.driver.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.agent.bus.Framing;
import fr.vigie.agent.driver.Bench;
import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.MemoryPort;
import fr.vigie.signal.Quality;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScaleMtSicsTest {
  private final Bench bench = new Bench();
  private final MemoryPort port = new MemoryPort();

  private static ScaleMtSics config(ScaleMtSics.Ask ask, MassUnit unit, boolean unstable) {
    return new ScaleMtSics(
        "packer",
        Path.of("/dev/memory"),
        9600,
        Framing.F_8N1,
        ask,
        Duration.ofSeconds(1),
        10,
        unit,
        unstable,
        Map.of());
  }

  private List<String> asked() {
    return port.written.stream().map(it -> new String(it, StandardCharsets.US_ASCII)).toList();
  }

  private Driver open(ScaleMtSics.Ask ask) {
    return new ScaleMtSics.Reader(config(ask, MassUnit.G, false), port, bench.context());
  }

  private void hear(Bench bench, ScaleMtSics config, String text) {
    MemoryPort port = new MemoryPort().give(text);
    try (Driver driver = new ScaleMtSics.Reader(config, port, bench.context())) {
      while (!port.isEmpty()) {
        driver.step();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void hear(String text) {
    hear(bench, config(ScaleMtSics.Ask.NOTHING, MassUnit.G, false), text);
  }

  @Test
  void theAnswerOfTheManualIsAHundredGrams() {
    hear("S S     100.00 g\r\n");

    assertThat(bench.readings).containsExactly("weight=100.0", "status=stable");
    assertThat(bench.signals.get(0).unit()).isEqualTo("g");
  }

  @Test
  void aWeightIsGivenInTheUnitOfTheConfiguration() {
    hear("S S     -0.105 kg\r\nS S     100.00 lb\r\nS S          7 pcs\r\n");

    assertThat(bench.readings).containsExactly("weight=-105.0", "status=stable");
    assertThat(bench.counters.rejected()).isEqualTo(2);
    assertThat(bench.counters.lastRejection()).contains("pcs").contains("configuration in g");
  }

  @Test
  void aWeightThatMovesIsNoneUnlessItIsAskedFor() {
    hear("S D     100.00 g\r\n");
    assertThat(bench.readings).containsExactly("status=moving");

    Bench asked = new Bench();
    hear(asked, config(ScaleMtSics.Ask.NOTHING, MassUnit.G, true), "S D     100.00 g\r\n");
    assertThat(asked.readings).containsExactly("weight=100.0", "status=moving");
    assertThat(asked.samples.get(0).quality()).isEqualTo(Quality.UNCERTAIN);
  }

  @Test
  void overloadAndUnderloadAreNoWeightAndABusyScaleIsNone() {
    hear("S +\r\nS -\r\nS I\r\n");

    assertThat(bench.readings)
        .containsExactly("weight=missing", "status=overload", "weight=missing", "status=underload");
    assertThat(bench.counters.rejected()).isZero();
  }

  @Test
  void errorsOfTheScaleAreTold() {
    hear("ES\r\nET\r\nEL\r\n");

    assertThat(bench.readings).isEmpty();
    assertThat(bench.counters.rejected()).isEqualTo(3);
    assertThat(bench.counters.lastRejection()).contains("EL");
  }

  @Test
  void aLineThatLostOrGainedAByteIsRefused() {
    String line = "S S     100.00 g";
    for (int i = 0; i < line.length(); i++) {
      Bench heard = new Bench();
      ScaleMtSics config = config(ScaleMtSics.Ask.NOTHING, MassUnit.G, true);
      hear(heard, config, line.substring(0, i) + line.substring(i + 1) + "\r\n");
      hear(heard, config, line.substring(0, i) + '0' + line.substring(i) + "\r\n");
      assertThat(heard.samples).as("at %d", i).isEmpty();
    }
  }

  @Test
  void junkIsRefusedAndCounted() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    StringBuilder junk = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      junk.append((char) (random.nextInt(10) == 0 ? '\r' : random.nextInt(96) + ' '));
    }
    hear(junk + "\rS S     100.00 g\r\n");

    assertThat(bench.readings).as("seed " + seed).containsExactly("weight=100.0", "status=stable");
    assertThat(bench.counters.rejected()).as("seed " + seed).isGreaterThan(1000);
  }

  @Test
  void aScaleIsAskedOnceASecond() throws IOException {
    try (Driver driver = open(ScaleMtSics.Ask.SI)) {
      for (int i = 1; i <= 3; i++) {
        while (asked().size() < i) {
          driver.step();
        }
        port.give("S S     100.00").give(" g\r\n");
        while (!port.isEmpty()) {
          driver.step();
        }
      }
    }
    assertThat(asked()).containsOnly("SI\r\n").hasSize(3);
    assertThat(bench.samples).hasSize(6);
    assertThat(Duration.between(Bench.START, bench.now)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void aScaleThatDoesNotAnswerIsAskedAgainAndCounted() throws IOException {
    try (Driver driver = open(ScaleMtSics.Ask.SI)) {
      for (int i = 0; i < 60; i++) {
        driver.step();
        bench.pass(200);
      }
    }
    assertThat(asked()).hasSizeBetween(4, 7);
    assertThat(bench.counters.rejected()).isBetween(asked().size() - 1L, (long) asked().size());
    assertThat(bench.counters.lastRejection()).contains("switched on");
  }

  @Test
  void aStreamIsAskedForOnceAndAgainWhenItStops() throws IOException {
    try (Driver driver = open(ScaleMtSics.Ask.SIR)) {
      for (int i = 0; i < 300; i++) {
        if (i < 100) {
          port.give("S S     100.00 g\r\n");
        }
        driver.step();
        bench.pass(100);
      }
    }
    assertThat(bench.samples).hasSize(200);
    assertThat(asked()).containsOnly("SIR\r\n").hasSize(2);
  }

  @Test
  void aDeviceThatOnlySendsIsNeverAsked() throws IOException {
    try (Driver driver = open(ScaleMtSics.Ask.NOTHING)) {
      for (int i = 0; i < 300; i++) {
        driver.step();
        bench.pass(200);
      }
    }
    assertThat(port.written).isEmpty();
    assertThat(bench.counters.rejected()).isZero();
  }

  @Test
  void anUnpluggedPortIsToldByAnIoException() {
    port.unplug();

    assertThatThrownBy(open(ScaleMtSics.Ask.SI)::step).isInstanceOf(IOException.class);
  }
}
