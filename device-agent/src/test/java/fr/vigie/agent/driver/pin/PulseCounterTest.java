package fr.vigie.agent.driver.pin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.agent.driver.Bench;
import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.pin.PulseCounter.Edge;
import fr.vigie.agent.setting.Mistake;
import fr.vigie.signal.Quality;
import fr.vigie.wire.Loss;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PulseCounterTest {
  private final Bench bench = new Bench();
  private final Switches line = new Switches(bench);
  private Edge edge = Edge.RISING;
  private Duration debounce = Duration.ofMillis(5);
  private Optional<Duration> fastest = Optional.empty();
  private Optional<Duration> stuck = Optional.empty();

  private PulseCounter config() {
    return new PulseCounter(
        "press-1",
        "GPIO4",
        Switches.input(),
        edge,
        debounce,
        Duration.ofMillis(100),
        fastest,
        stuck,
        Map.of());
  }

  private Driver counter() throws IOException {
    return new PulseCounter.Reader(line, config(), bench.context());
  }

  private List<String> counts() {
    return bench.readings.stream().filter(reading -> reading.startsWith("count=")).toList();
  }

  private String lastCount() {
    return counts().get(counts().size() - 1);
  }

  private List<String> states() {
    return bench.readings.stream().filter(reading -> reading.startsWith("input=")).toList();
  }

  @Test
  void everyPulseIsCountedAndItsSampleHasTheTimeOfTheEdge() throws IOException {
    Driver counter = counter();
    line.pulses(3, 1000, 200);
    line.run(counter, 4000);

    assertThat(counts()).containsExactly("count=0.0", "count=1.0", "count=2.0", "count=3.0");
    assertThat(bench.samples.get(2).time()).isEqualTo(Bench.START.plusMillis(800));
    assertThat(bench.samples.get(4).time()).isEqualTo(Bench.START.plusMillis(2800));
    assertThat(bench.samples).allMatch(sample -> sample.quality() == Quality.GOOD);
    assertThat(bench.losses).isEmpty();
  }

  @Test
  void bouncesCountOnce() throws IOException {
    Driver counter = counter();
    SplittableRandom random = new SplittableRandom(24);
    for (int pulse = 0; pulse < 50; pulse++) {
      line.after(100, true);
      bounce(random, true);
      line.after(60, false);
      bounce(random, false);
    }
    line.run(counter, 20_000);

    assertThat(lastCount()).isEqualTo("count=50.0");
  }

  private void bounce(SplittableRandom random, boolean level) {
    for (int i = random.nextInt(6); i > 0; i--) {
      line.after(0.1 + random.nextDouble(), !level);
      line.after(0.1 + random.nextDouble(), level);
    }
  }

  @Test
  void aBounceThatIsReadOnlyMuchLaterIsStillNoPulse() throws IOException {
    Driver counter = counter();
    line.after(10, true).after(1, false).after(1, true).after(50, false).after(1, true);
    line.after(1, false);
    line.stall(5000);
    line.run(counter, 1000);

    assertThat(lastCount()).isEqualTo("count=1.0");
  }

  @Test
  void aPulseThatDoesNotHoldIsNone() throws IOException {
    Driver counter = counter();
    line.after(10, true).after(4, false);
    line.run(counter, 1000);

    assertThat(counts()).containsExactly("count=0.0");
  }

  @Test
  void withoutDebounceEveryEdgeThatIsAskedForCounts() throws IOException {
    debounce = Duration.ZERO;
    edge = Edge.FALLING;
    Driver counter = counter();
    for (int i = 0; i < 1000; i++) {
      line.after(0.1, false);
    }
    line.run(counter, 1000);

    assertThat(lastCount()).isEqualTo("count=1000.0");
    assertThat(counts().size()).isLessThanOrEqualTo(4);
  }

  @Test
  void theFallingEdgeCountsWhenThatIsSaid() throws IOException {
    edge = Edge.FALLING;
    Driver counter = counter();
    line.after(100, true);
    line.run(counter, 500);
    assertThat(counts()).containsExactly("count=0.0");
    line.after(1, false);
    line.run(counter, 500);
    assertThat(counts()).containsExactly("count=0.0", "count=1.0");
  }

  @Test
  void edgesThatTheQueueCouldNotKeepAreDeclaredWithTheirNumber() throws IOException {
    debounce = Duration.ZERO;
    Driver counter = counter();
    for (int i = 0; i < 3000; i++) {
      line.after(0.1, true);
    }
    line.stall(1000);
    line.run(counter, 1000);

    assertThat(lastCount()).isEqualTo("count=1024.0");
    assertThat(bench.losses).hasSize(1);
    Loss loss = bench.losses.get(0);
    assertThat(loss.count()).isEqualTo(3000 - 1024);
    assertThat(loss.reason()).isEqualTo(Loss.Reason.DEVICE_GAP);
    assertThat(loss.when().start()).isEqualTo(Bench.START);
    assertThat(Duration.between(Bench.START, loss.when().end()).toMillis()).isEqualTo(197);
  }

  @Test
  void lostEdgesOfALineThatNeverRestsAreDeclaredEveryTenSecondsOnly() throws IOException {
    debounce = Duration.ZERO;
    Driver counter = counter();
    for (int second = 0; second < 25; second++) {
      for (int i = 0; i < 1124; i++) {
        line.after(0.1, true);
      }
      line.stall(1000);
      counter.step();
    }
    counter.close();

    assertThat(bench.losses).hasSize(4);
    assertThat(bench.losses.stream().mapToLong(Loss::count).sum()).isEqualTo(2500);
    assertThat(lastCount()).isEqualTo("count=25600.0");
  }

  @Test
  void theCountGoesOnAfterARestartAndTheFirstSampleIsItsBaseline() throws IOException {
    Driver counter = new PulseCounter.Reader(line, config(), bench.context(OptionalLong.of(41)));
    line.pulses(1, 100, 50);
    line.run(counter, 500);

    assertThat(counts()).containsExactly("count=41.0", "count=42.0");
    assertThat(bench.marks).endsWith(42L);
  }

  @Test
  void afterACutTheCountBeginsAnewForWhatWasKeptMayBeOlderThanWhatWasSent() throws IOException {
    bench.isCut = true;
    Driver counter = new PulseCounter.Reader(line, config(), bench.context(OptionalLong.of(41)));
    line.pulses(1, 100, 50);
    line.run(counter, 500);

    assertThat(counts()).containsExactly("count=0.0", "count=1.0");
  }

  @Test
  void whatWasCountedSinceTheLastSampleIsToldAtTheEnd() throws IOException {
    Driver counter = counter();
    line.pulses(3, 20, 10);
    line.run(counter, 75);
    counter.close();

    assertThat(lastCount()).isEqualTo("count=3.0");
    assertThat(bench.marks).endsWith(3L);
  }

  @Test
  void pulsesFasterThanTheMachineCountAndAreUncertain() throws IOException {
    fastest = Optional.of(Duration.ofMillis(500));
    Driver counter = counter();
    line.pulses(3, 1000, 100).pulses(4, 200, 100).pulses(10, 1000, 100);
    line.run(counter, 15_000);

    assertThat(lastCount()).isEqualTo("count=17.0");
    assertThat(states()).containsExactly("input=ok", "input=too-fast", "input=ok");
    assertThat(
            bench.samples.stream()
                .filter(sample -> sample.quality() == Quality.UNCERTAIN)
                .findFirst()
                .orElseThrow()
                .value()
                .toString())
        .isEqualTo("4.0");
    assertThat(bench.samples.get(bench.samples.size() - 1).quality()).isEqualTo(Quality.GOOD);
  }

  @Test
  void anInputThatNeverChangesIsStuckUntilItDoes() throws IOException {
    stuck = Optional.of(Duration.ofMinutes(1));
    Driver counter = counter();
    line.pulses(2, 1000, 100);
    line.run(counter, 70_000);
    assertThat(states()).containsExactly("input=ok", "input=stuck");
    assertThat(bench.samples.get(bench.samples.size() - 1).quality()).isEqualTo(Quality.UNCERTAIN);
    line.pulses(1, 100, 50);
    line.run(counter, 1000);

    assertThat(states()).containsExactly("input=ok", "input=stuck", "input=ok");
    assertThat(lastCount()).isEqualTo("count=3.0");
    assertThat(bench.samples.get(bench.samples.size() - 1).quality()).isEqualTo(Quality.GOOD);
  }

  @Test
  void everyMistakeIsToldAtOnce() {
    debounce = Duration.ofSeconds(2);
    fastest = Optional.of(Duration.ofMillis(1));
    stuck = Optional.of(Duration.ofMillis(1));

    assertThatThrownBy(this::config)
        .isInstanceOfSatisfying(Mistake.class, mistake -> assertThat(mistake.all()).hasSize(3));
  }
}
