package fr.vigie.example.fault.setup;

import fr.vigie.example.host.Program;
import fr.vigie.example.installation.Child;
import fr.vigie.example.installation.Launch;
import fr.vigie.example.stage.Fault;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Stage;
import fr.vigie.example.trial.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** F28: an agent's card is copied, with its backlog, and both copies run. */
public final class ClonedCard implements Fault {
  @Override
  public Sheet sheet() {
    return Sheet.of(
        28,
        "cloned card",
        "What both copies send of the common past is stored once; that two agents have one identity"
            + " is told.");
  }

  @Override
  public void play(Stage stage) throws IOException, InterruptedException {
    Trial trial = stage.start(stage.plan().keys("head: 0"));
    trial.server().child().kill();
    stage.pause(Duration.ofSeconds(4));
    trial.agent().close();
    Path clone = stage.folder().resolve("clone");
    Path original = stage.folder().resolve("agent");
    Program.run("cp", "-a", original.toString(), clone.toString());
    trial.restartAgent();
    trial.restartServer();
    trial.awaitAgent();
    String like = Files.readString(trial.agentFile());
    Path file =
        Files.writeString(
            stage.folder().resolve("clone.yaml"),
            like.replace(original.toString(), clone.toString())
                .replace(stage.folder().resolve("lines").toString(), clone.toString()));
    Child second =
        stage
            .home()
            .agent(
                List.of("--config", file.toString()),
                stage.folder().resolve("clone.log"),
                Launch.PLAIN);
    stage.pause(Duration.ofSeconds(stage.often(20, 60)));
    Optional<String> told = trial.server().child().said("another agent");
    stage.expect(
        told.isPresent() || trial.server().api().agents().toString().contains("alarm"),
        "the server has no word of two agents with one identity");
    stage.saw(told.isPresent() ? told : trial.agent().said("No link"));
    second.close();
    trial.awaitAgent();
    stage.did("copied an agent's data folder with a backlog of 4 s, and ran both");
    stage.settle(trial);
  }
}
