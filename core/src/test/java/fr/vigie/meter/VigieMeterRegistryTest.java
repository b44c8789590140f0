package fr.vigie.meter;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.signal.Kind;
import fr.vigie.signal.Names;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VigieMeterRegistryTest {
  private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");

  private final List<Signal> described = new ArrayList<>();
  private final Map<String, Sample> last = new HashMap<>();
  private final MockClock clock = new MockClock();
  private final VigieMeterRegistry meters =
      new VigieMeterRegistry("app", Duration.ofSeconds(10), this::describe, this::now, clock);
  private Instant now = START;

  private Instant now() {
    return now;
  }

  private Consumer<Sample> describe(Signal signal) {
    if (signal.name().startsWith("taken")) {
      throw new IllegalArgumentException(signal.name() + " is given by a sensor");
    }
    described.add(signal);
    return sample -> last.put(signal.name(), sample);
  }

  @AfterEach
  void close() {
    meters.close();
  }

  private String values() {
    StringBuilder words = new StringBuilder();
    for (Signal signal : described) {
      Sample sample = last.get(signal.name());
      words.append(signal.name()).append(' ').append(signal.kind()).append(' ');
      words.append(signal.unit()).append(' ').append(sample.value()).append('\n');
    }
    return words.toString();
  }

  private void beginNextRound() {
    described.clear();
    last.clear();
    now = now.plusSeconds(10);
    clock.add(Duration.ofSeconds(10));
    meters.publish();
  }

  @Test
  void aCounterOnlyGrowsHoweverOftenItIsRead() {
    Counter orders =
        Counter.builder("orders").baseUnit("orders").tag("kind", "web").register(meters);
    orders.increment(3);
    meters.publish();
    assertThat(values()).isEqualTo("orders.kind-web COUNTER {orders} 3.0\n");
    meters.publish();
    orders.increment();
    beginNextRound();

    assertThat(last.get("orders.kind-web")).isEqualTo(Sample.good(START.plusSeconds(10), 4));
  }

  @Test
  void eachSortOfMeterGivesItsStatistics() {
    AtomicLong done = new AtomicLong(5);
    Timer.builder("work").register(meters).record(Duration.ofMillis(1500));
    DistributionSummary.builder("size").baseUnit("bytes").register(meters).record(512);
    FunctionCounter.builder("done", done, AtomicLong::get).register(meters);
    FunctionTimer.builder("wait", done, AtomicLong::get, AtomicLong::get, TimeUnit.MILLISECONDS)
        .register(meters);
    TimeGauge.builder("age", done, TimeUnit.MINUTES, AtomicLong::get).register(meters);
    LongTaskTimer.builder("job").register(meters).start();
    clock.add(Duration.ofSeconds(2));
    Meter.builder(
            "odd",
            Meter.Type.OTHER,
            List.of(
                new Measurement(() -> 7.0, Statistic.COUNT),
                new Measurement(() -> 8.0, Statistic.VALUE)))
        .register(meters);
    meters.publish();

    assertThat(values().lines())
        .containsExactlyInAnyOrder(
            "work.count COUNTER 1 1.0",
            "work.total COUNTER s 1.5",
            "work.max GAUGE s 1.5",
            "size.count COUNTER 1 1.0",
            "size.total COUNTER By 512.0",
            "size.max GAUGE By 512.0",
            "done COUNTER  5.0",
            "wait.count COUNTER 1 5.0",
            "wait.total COUNTER s 0.005",
            "age GAUGE s 300.0",
            "job.active GAUGE 1 1.0",
            "job.duration GAUGE s 2.0",
            "job.max GAUGE s 2.0",
            "odd.count COUNTER  7.0",
            "odd.value GAUGE  8.0");
  }

  @Test
  void aMaximumIsSeenWheneverInItsStepItFell() {
    Timer work = Timer.builder("work").register(meters);
    for (int second = 9; second >= 0; second--) {
      beginNextRound();
      clock.add(Duration.ofSeconds(second));
      work.record(Duration.ofMillis(711 - second));
      clock.add(Duration.ofSeconds(10 - second).minusMillis(1));
      meters.publish();
      assertThat(last.get("work.max").value()).hasToString(Double.toString((711 - second) / 1e3));
    }
  }

  @Test
  void percentilesAndBucketsAreSignalsToo() {
    Timer.builder("work")
        .publishPercentiles(0.5)
        .serviceLevelObjectives(Duration.ofSeconds(1))
        .register(meters)
        .record(Duration.ofMillis(1500));
    meters.publish();

    assertThat(last).containsKeys("work.percentile.phi-0.5", "work.histogram.le-1");
  }

  @Test
  void aGaugeThatHasNoNumberGivesAMissingSample() {
    double[] value = {Double.NaN};
    Gauge.builder("level", value, it -> it[0]).baseUnit("percent").register(meters);
    meters.publish();
    assertThat(values()).isEqualTo("level GAUGE % missing\n");
    value[0] = Double.NEGATIVE_INFINITY;
    meters.publish();
    assertThat(last.get("level")).isEqualTo(Sample.missing(START));
    value[0] = 4;
    meters.publish();
    assertThat(last.get("level")).isEqualTo(Sample.good(START, 4));
  }

  @Test
  void twoMetersOfOneNameAreNeverMerged() {
    Counter.builder("a b").register(meters).increment(1);
    Counter.builder("a_b").register(meters).increment(2);
    Counter.builder("x.count").register(meters).increment(3);
    Timer.builder("x").register(meters).record(Duration.ofSeconds(1));
    meters.publish();
    double first = Double.parseDouble(last.get("a_b").value().toString());
    double second = Double.parseDouble(last.get("x.count").value().toString());
    for (int i = 0; i < 3; i++) {
      beginNextRound();
    }

    assertThat(last).containsOnlyKeys("a_b", "x.count", "x.total", "x.max");
    assertThat(last.get("a_b").value()).hasToString(Double.toString(first));
    assertThat(last.get("x.count").value()).hasToString(Double.toString(second));
  }

  @Test
  void aMeterThatComesAgainAsAnotherSortIsLeftOut() {
    Counter counter = Counter.builder("stock").register(meters);
    counter.increment(5);
    meters.publish();
    meters.remove(counter);
    Gauge.builder("stock", () -> 9).register(meters);
    meters.publish();

    assertThat(values()).isEqualTo("stock COUNTER  5.0\n");
  }

  @Test
  void aNameThatSomebodyElseHasIsLeftOutAndTheOthersGoOn() {
    Gauge.builder("taken", () -> 1).register(meters);
    Gauge.builder("free", () -> 2).register(meters);
    Meter.builder(
            "broken",
            Meter.Type.OTHER,
            () -> {
              throw new IllegalStateException("broken");
            })
        .register(meters);
    meters.publish();
    meters.publish();

    assertThat(last).containsOnlyKeys("free");
  }

  @Test
  void whateverAMeterIsCalledItsSignalHasAName() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      Counter.builder(text(random)).tag(text(random), text(random)).register(meters).increment();
    }
    meters.publish();

    assertThat(described).as("seed %d", seed).isNotEmpty();
    assertThat(described).as("seed %d", seed).allMatch(it -> Names.isName(it.name()));
    assertThat(described).allMatch(it -> it.kind() == Kind.COUNTER);
  }

  @Test
  void aLongNameKeepsItsStatisticAndStaysItself() {
    String name = "http.server.requests";
    String uri = "/api/v1/machines/{machine}/figures/of/the/shift/before/this/one";
    Timer.builder(name).tag("uri", uri).register(meters);
    Timer.builder(name).tag("uri", uri + "/2").register(meters);
    meters.publish();

    assertThat(last.keySet())
        .contains("http.server.requests.uri-_api_v1_machines__mac-ed91bbda.total")
        .hasSize(6)
        .allMatch(it -> it.length() <= 64);
  }

  @Test
  void theLastValuesLeaveWhenTheRegistryIsClosed() {
    Counter.builder("parts").register(meters).increment(12);
    meters.close();

    assertThat(last.get("parts")).isEqualTo(Sample.good(START, 12));
  }

  private static String text(Random random) {
    return random
        .ints(1 + random.nextInt(40), 0x20, 0x17f)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
