package fr.vigie.example.fault.disk;

import fr.vigie.example.host.Mount;
import fr.vigie.example.installation.AgentState;
import fr.vigie.example.stage.Fault;
import fr.vigie.example.stage.Need;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Stage;
import fr.vigie.example.trial.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** F6: the board's card fails and its file system becomes read-only, as on many a Pi. */
public final class ReadOnlyCard implements Fault {
  @Override
  public Sheet sheet() {
    return Sheet.of(
        6,
        "card becomes read-only",
        "The agent goes on from memory: live values arrive, an outage of some minutes is bridged,"
            + " and it says what is wrong, without a busy loop.",
        Need.ROOT,
        Need.LOOP);
  }

  @Override
  public void play(Stage stage) throws IOException, InterruptedException {
    Path image = stage.folder().resolve("card.img");
    Mount.format(image, 32 << 20);
    Mount card = stage.medium(image, stage.folder().resolve("card"));
    Trial trial = stage.start(stage.plan().agentData(card.path().resolve("agent")));
    stage.pause(Duration.ofSeconds(2));
    card.breakDown();
    trial.server().child().kill();
    stage.await(
        "the agent tells that its outbox cannot be written",
        Duration.ofSeconds(40),
        () -> !trial.agentState().map(AgentState::storageProblem).orElse("").isEmpty());
    stage.saw(trial.agentState().map(AgentState::storageProblem));
    Duration before = trial.agent().processorTime();
    int seconds = stage.often(5, 30);
    stage.pause(Duration.ofSeconds(seconds));
    double busy = trial.agent().processorTime().minus(before).toMillis() / (1_000.0 * seconds);
    stage.expect(busy < 0.5, "the agent keeps a core busy to %.0f %%", 100 * busy);
    trial.restartServer();
    trial.awaitAgent();
    stage.await(
        "what was kept in memory arrives",
        Duration.ofSeconds(60),
        () -> trial.agentState().map(AgentState::pending).orElse(99L) <= 2);
    stage.did("made the card's file system find an error; %.0f %% of a core used", 100 * busy);
    stage.settle(trial);
  }
}
