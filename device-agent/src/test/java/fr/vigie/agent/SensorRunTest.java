package fr.vigie.agent;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.agent.bus.Buses;
import fr.vigie.agent.config.AgentConfig;
import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.DriverConfig;
import fr.vigie.agent.driver.DriverContext;
import fr.vigie.agent.driver.Place;
import fr.vigie.agent.refine.RateRule;
import fr.vigie.agent.refine.RateRule.Per;
import fr.vigie.agent.refine.Refinement;
import fr.vigie.agent.refine.Statistic;
import fr.vigie.agent.refine.Windows;
import fr.vigie.agent.refine.Windows.Weight;
import fr.vigie.link.Connection;
import fr.vigie.link.Connector;
import fr.vigie.link.Courier;
import fr.vigie.link.CourierSettings;
import fr.vigie.outbox.Outbox;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SensorRunTest {
  private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");
  private static final Signal HEAT = new Signal("oven", "heat", Kind.GAUGE, "Cel");
  private static final Signal COUNT = new Signal("oven", "heat.count", Kind.GAUGE, "1");

  @TempDir Path folder;
  private long nanos;
  private boolean plugged = true;
  private boolean talking = true;
  private Refinement refinement = new Refinement(Optional.of(0.0), Optional.empty());
  private boolean sound = true;
  private boolean deaf;
  private int opened;
  private boolean nonsense;
  private Outbox outbox;
  private Courier courier;

  @BeforeEach
  void start() throws IOException {
    outbox =
        Outbox.open(
            folder.resolve("outbox"), Outbox.Settings.defaults(), InstantSource.fixed(START));
    courier =
        new Courier(
            CourierSettings.of("site", "pi", "test"),
            Map.of("oven", List.of(HEAT, COUNT)),
            folder,
            outbox,
            new Nowhere(),
            () -> nanos,
            InstantSource.fixed(START),
            new Random(1));
  }

  @AfterEach
  void stop() throws IOException {
    outbox.close();
  }

  @Test
  void aDeviceThatIsPulledAndPluggedInAgainWasAwayOnce() {
    SensorRun run = run(Optional.empty());
    pass(run, 5);
    plugged = false;
    pass(run, 2);
    assertThat(run.status().running()).isFalse();
    assertThat(courier.status().losses()).isZero();
    plugged = true;
    pass(run, 30);

    assertThat(run.status().running()).isTrue();
    assertThat(courier.status().losses()).isEqualTo(1);
    run.close();
    assertThat(courier.status().losses()).isEqualTo(1);
  }

  @Test
  void aDeviceThatFallsSilentIsAwayWhenItsHeartbeatIsKnown() {
    SensorRun run = run(Optional.of(Duration.ofSeconds(20)));
    pass(run, 5);
    talking = false;
    pass(run, 25);

    assertThat(run.status().running()).isFalse();
    assertThat(run.status().problem()).contains("heartbeat of 20 s").contains("switched on");
    talking = true;
    pass(run, 5);
    assertThat(run.status().running()).isTrue();
    run.close();
    assertThat(courier.status().losses()).isEqualTo(1);
  }

  @Test
  void aDeviceThatOnlyTellsOfItsFaultIsAwayAndTheFaultIsTheProblem() {
    SensorRun run = run(Optional.of(Duration.ofSeconds(20)));
    pass(run, 5);
    sound = false;
    pass(run, 25);

    assertThat(run.status().running()).isFalse();
    assertThat(run.status().rejected()).isEqualTo(250);
    assertThat(run.status().problem()).contains("makes sense").contains("look at the wires");
    sound = true;
    pass(run, 1);
    assertThat(run.status().running()).isTrue();
    run.close();
  }

  @Test
  void aDeviceThatGivesAGoodValueIsHeardWhateverElseOfItMakesNoSense() {
    nonsense = true;
    SensorRun run = run(Optional.of(Duration.ofSeconds(20)));
    pass(run, 60);

    assertThat(run.status().running()).isTrue();
    run.close();
    assertThat(courier.status().losses()).isZero();
  }

  @Test
  void aStopWhileTheDeviceIsAwayIsDeclared() {
    SensorRun run = run(Optional.empty());
    pass(run, 5);
    plugged = false;
    pass(run, 3);
    run.close();

    assertThat(courier.status().losses()).isEqualTo(1);
  }

  @Test
  void readingsAreRefinedBeforeTheyLeave() {
    SensorRun run = run(Optional.empty());
    pass(run, 5);

    assertThat(run.status().read()).isEqualTo(50);
    assertThat(run.status().accepted()).isEqualTo(1);
  }

  @Test
  void whatRefinementHoldsBackLeavesWhenTheDeviceGoesAndWhenTheAgentStops() {
    refinement = counted(Duration.ofMinutes(1));
    SensorRun run = run(Optional.empty());
    pass(run, 5);
    assertThat(run.status().accepted()).isZero();
    plugged = false;
    pass(run, 5);
    assertThat(run.status().accepted()).isEqualTo(1);
    plugged = true;
    pass(run, 5);
    run.close();

    assertThat(run.status().accepted()).isEqualTo(2);
  }

  @Test
  void aWindowLeavesWhenItIsOverAlthoughTheDeviceFallsSilent() {
    refinement = counted(Duration.ofSeconds(10));
    SensorRun run = run(Optional.empty());
    pass(run, 5);
    talking = false;
    pass(run, 5);
    assertThat(run.status().accepted()).isZero();
    pass(run, 2);

    assertThat(run.status().accepted()).isEqualTo(1);
  }

  private static Refinement counted(Duration window) {
    return new Refinement(
        Optional.empty(),
        Optional.empty(),
        new Windows(Optional.of(window), List.of(Statistic.COUNT), Weight.SAMPLES),
        new RateRule(Optional.empty(), Per.MIN, Optional.empty(), Optional.empty()),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void aDeviceThatOpensAndThenFailsIsTriedEverLaterAndItsProblemStands() {
    SensorRun run = run(Optional.empty());
    deaf = true;
    pass(run, 60);

    assertThat(opened).isBetween(6, 12);
    assertThat(run.status().running()).isFalse();
    assertThat(run.status().problem()).contains("does not answer");
    deaf = false;
    pass(run, 12);
    assertThat(run.status().running()).isTrue();
    run.close();
  }

  private SensorRun run(Optional<Duration> heartbeat) {
    return new SensorRun(
        new AgentConfig.Sensor("oven", "oven", new Oven(), heartbeat),
        courier,
        new Buses(),
        new Lessons(folder.resolve("learned")),
        OptionalLong.empty(),
        false,
        InstantSource.fixed(START),
        () -> nanos);
  }

  private void pass(SensorRun run, int seconds) {
    for (int i = 0; i < 10 * seconds; i++) {
      nanos += 100_000_000L;
      run.step();
    }
  }

  /** Speaks at every step while it is plugged in and talking. */
  private final class Oven implements DriverConfig {
    @Override
    public List<Signal> describe() {
      return List.of(HEAT);
    }

    @Override
    public Map<String, Refinement> refinements() {
      return Map.of(HEAT.name(), refinement);
    }

    @Override
    public Place place() {
      return Place.alone(Path.of("/dev/oven"));
    }

    @Override
    public Driver open(DriverContext context) throws IOException {
      check();
      opened++;
      return new Driver() {
        @Override
        public void step() throws IOException {
          check();
          if (deaf) {
            throw new IOException("the oven does not answer");
          }
          if (talking) {
            context.counters().countRead();
            if (nonsense) {
              context.counters().countRejected("a number that is none");
            }
            if (sound) {
              context.sink().accept(HEAT, Sample.good(START.plusNanos(nanos), 20));
            } else {
              context.counters().countRejected("a short circuit: look at the wires");
            }
          }
        }

        @Override
        public void close() {}
      };
    }

    private void check() throws IOException {
      if (!plugged) {
        throw new IOException("the oven is gone");
      }
    }
  }

  /** A broker that is never there. */
  private static final class Nowhere implements Connector {
    @Override
    public Connection connect(List<String> subscriptions, Will will) {
      throw new AssertionError("the courier does not step here");
    }

    @Override
    public String address() {
      return "nowhere";
    }
  }
}
