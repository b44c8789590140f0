package fr.vigie.example.fault.disk;

import fr.vigie.example.host.Mount;
import fr.vigie.example.installation.AgentState;
import fr.vigie.example.stage.Fault;
import fr.vigie.example.stage.Need;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Stage;
import fr.vigie.example.trial.Pace;
import fr.vigie.example.trial.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * F4: if there is time, an outage lasts until the outbox has reached its limit; then the agent's
 * disk is full while the server is away.
 */
public final class FullAgentDisk implements Fault {
  private static final int FASTER = 60;

  @Override
  public Sheet sheet() {
    return Sheet.of(
        4,
        "disk full (agent)",
        "The agent goes on reading and keeps what it reads in memory; it recovers by itself when"
            + " there is room. When the outbox reaches its limit the oldest goes and is declared.",
        Need.ROOT);
  }

  @Override
  public void play(Stage stage) throws IOException, InterruptedException {
    Mount card = stage.memory(stage.folder().resolve("card"), "size=12m");
    Pace pace = new Pace(System::nanoTime);
    Trial trial =
        stage.start(
            stage
                .plan()
                .agentData(card.path().resolve("agent"))
                .pace(pace)
                .keys("batch: 50ms\noutbox: 4MiB\npayload: json"));
    if (stage.often(0, 1) == 1) {
      trial.server().child().kill();
      stage.await(
          "the outbox reaches its limit of 4 MB",
          Duration.ofMinutes(20),
          () -> trial.agent().said("The outbox lost").isPresent());
      trial.restartServer();
      trial.awaitAgent();
      stage.did("let an outage last beyond the outbox's limit");
    }
    Path ballast = card.fill();
    trial.server().child().kill();
    pace.factor(FASTER);
    boolean told =
        stage.await(
            "the agent tells that its outbox cannot be written",
            Duration.ofMinutes(5),
            () -> storageProblem(trial));
    pace.factor(1);
    if (told) {
      stage.saw(trial.agentState().map(AgentState::storageProblem));
    }
    stage.pause(Duration.ofSeconds(5));
    trial.agent().mustLive();
    Files.delete(ballast);
    stage.await(
        "the outbox is written again by itself",
        Duration.ofSeconds(60),
        () -> !storageProblem(trial));
    stage.did(
        "filled the agent's disk to the last byte in an outage, until it felt it, then freed it");
    trial.restartServer();
    trial.awaitAgent();
    stage.settle(trial);
  }

  private static boolean storageProblem(Trial trial) throws IOException {
    return trial
        .agentState()
        .map(AgentState::storageProblem)
        .map(words -> !words.isEmpty())
        .orElse(false);
  }
}
