package fr.vigie.example.fault.link;

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

/** F27: a second agent is given the name of the first. */
public final class SameName implements Fault {
  @Override
  public Sheet sheet() {
    return Sheet.of(
        27,
        "two agents of one name",
        "Agents that throw each other off the broker notice it, back off and say so; their data is"
            + " kept apart and complete.");
  }

  @Override
  public void play(Stage stage) throws IOException, InterruptedException {
    Trial trial = stage.start(stage.plan());
    Path folder = Files.createDirectories(stage.folder().resolve("other"));
    String like = Files.readString(trial.agentFile());
    Path file =
        Files.writeString(
            folder.resolve("agent.yaml"),
            like.replace(stage.folder().resolve("agent").toString(), folder.toString())
                .replace(stage.folder().resolve("lines").toString(), folder.toString()));
    Child other =
        stage
            .home()
            .agent(List.of("--config", file.toString()), folder.resolve("agent.log"), Launch.PLAIN);
    boolean told =
        stage.await(
            "an agent's log has a word of another agent of its name",
            Duration.ofSeconds(90),
            () -> named(trial.agent(), other).isPresent());
    stage.saw(told ? named(trial.agent(), other) : trial.agent().said("No link"));
    long before = connections(trial.agent(), other);
    int seconds = stage.often(20, 90);
    stage.pause(Duration.ofSeconds(seconds));
    long after = connections(trial.agent(), other) - before;
    stage.expect(after <= 2 + seconds / 10, "%d connections in %d s after that", after, seconds);
    stage.did(
        "ran a second agent of the same name: told after %d connections, then %d more in %d s",
        before, after, seconds);
    other.close();
    trial.awaitAgent();
    stage.settle(trial);
  }

  private static Optional<String> named(Child one, Child two) throws IOException {
    Optional<String> first = one.said("another agent");
    return first.isPresent() ? first : two.said("another agent");
  }

  private static long connections(Child one, Child two) throws IOException {
    return one.timesSaid("Connected to") + two.timesSaid("Connected to");
  }
}
