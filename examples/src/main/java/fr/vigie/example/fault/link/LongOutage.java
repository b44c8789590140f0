package fr.vigie.example.fault.link;

import fr.vigie.example.installation.AgentState;
import fr.vigie.example.installation.Waiting;
import fr.vigie.example.stage.Fault;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Stage;
import fr.vigie.example.trial.Pace;
import fr.vigie.example.trial.Trial;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** F17: the server is away for long, while the machines speak faster than in life. */
public final class LongOutage implements Fault {
  private static final int FASTER = 60;
  private static final int LEAST_TIMES_LIVE = 10;
  private static final Duration OLDEST_LIVE = Duration.ofSeconds(10);

  @Override
  public Sheet sheet() {
    return Sheet.of(
        17,
        "long outage, then drain",
        "A backlog drains at ten times the rate of live values or more, in order, and live values"
            + " do not wait for it.");
  }

  @Override
  public void play(Stage stage) throws IOException, InterruptedException {
    Pace pace = new Pace(System::nanoTime);
    Trial trial = stage.start(stage.plan().keys("batch: 100ms").pace(pace));
    trial.server().child().kill();
    pace.factor(FASTER);
    int seconds = stage.often(20, 90);
    stage.pause(Duration.ofSeconds(seconds));
    pace.factor(1);
    long backlog = trial.agentState().map(AgentState::pending).orElse(0L);
    trial.restartServer();
    Instant from = stage.clock().instant();
    trial.awaitAgent();
    Duration[] oldest = {Duration.ZERO};
    Instant connected = stage.clock().instant();
    boolean drained =
        Waiting.until(
            Duration.ofMinutes(5),
            () -> {
              Duration age = Age.ofNewest(trial, stage.clock());
              boolean settled =
                  Duration.between(connected, stage.clock().instant()).compareTo(OLDEST_LIVE) > 0;
              oldest[0] = settled && age.compareTo(oldest[0]) > 0 ? age : oldest[0];
              return trial.agentState().map(AgentState::pending).orElse(999L) <= 20;
            });
    double took =
        Math.max(0.1, Duration.between(from, stage.clock().instant()).toMillis() / 1_000.0);
    double times = seconds * FASTER / took;
    stage.expect(drained, "the backlog is not through after 5 min");
    stage.expect(times >= LEAST_TIMES_LIVE, "the backlog drained at %.1f times live only", times);
    stage.expect(
        oldest[0].compareTo(OLDEST_LIVE) <= 0,
        "the newest live value was %d s old in the drain",
        oldest[0].toSeconds());
    stage.did(
        "outage of %d min of the machines' time, %d batches; through in %.1f s, %.0f times live",
        seconds * FASTER / 60, backlog, took, times);
    stage.saw(trial.agent().said("No link"));
    stage.settle(trial);
  }
}
