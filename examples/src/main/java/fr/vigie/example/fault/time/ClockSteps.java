package fr.vigie.example.fault.time;

import fr.vigie.example.installation.Launch;
import fr.vigie.example.stage.Fault;
import fr.vigie.example.stage.Need;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Stage;
import fr.vigie.example.trial.Trial;
import fr.vigie.example.workshop.Workshop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** F9: the agent's wall clock jumps by an hour, forth and back, while it reads. */
public final class ClockSteps implements Fault {
  @Override
  public Sheet sheet() {
    return Sheet.of(
        9,
        "clock steps by an hour",
        "A step of the wall clock is told, breaks no link, loses nothing and makes no period of"
            + " negative length.",
        Need.FAKETIME);
  }

  @Override
  public void play(Stage stage) throws IOException, InterruptedException {
    Path offset = stage.folder().resolve("offset");
    step(offset, "+0");
    Launch launch =
        Launch.PLAIN
            .with("LD_PRELOAD", Need.faketime())
            .with("FAKETIME_TIMESTAMP_FILE", offset.toString())
            .with("FAKETIME_NO_CACHE", "1")
            .with("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    Trial trial = stage.start(stage.plan().keys("clock: system").agent(launch));
    for (String shift : new String[] {"+3600", "-3600", "+0"}) {
      stage.pause(Duration.ofSeconds(stage.often(4, 12)));
      step(offset, shift);
    }
    stage.pause(Duration.ofSeconds(4));
    stage.did("stepped the agent's clock by +1 h, -2 h and +1 h");
    stage.saw(trial.agent().said("The clock has jumped"));
    stage.expect(
        trial.agent().timesSaid("The clock has jumped") == 3,
        "the agent's log does not tell of three steps");
    long connections = trial.agent().timesSaid("Connected to");
    stage.expect(connections == 1, "%d connections instead of 1", connections);
    stage.settle(trial);
    Instant now = stage.clock().instant();
    JsonNode figures = trial.server().api().figures(Workshop.PRESS, trial.begun(), now);
    for (JsonNode time : figures.path("times")) {
      stage.expect(time.isNull() || time.asDouble() >= 0, "a negative time: %s", figures);
    }
  }

  private static void step(Path file, String shift) throws IOException {
    Path fresh = Files.writeString(file.resolveSibling("offset.new"), shift + "\n");
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
