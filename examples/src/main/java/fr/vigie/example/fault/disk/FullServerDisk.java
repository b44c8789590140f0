package fr.vigie.example.fault.disk;

import fr.vigie.example.host.Mount;
import fr.vigie.example.installation.AgentState;
import fr.vigie.example.installation.RestApi;
import fr.vigie.example.stage.Fault;
import fr.vigie.example.stage.Need;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Stage;
import fr.vigie.example.trial.Trial;
import fr.vigie.example.workshop.Workshop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** F5: the server's disk is full. */
public final class FullServerDisk implements Fault {
  @Override
  public Sheet sheet() {
    return Sheet.of(
        5,
        "disk full (server)",
        "The server stops acknowledging and says so; its page stays up, agents keep their data,"
            + " and all goes on without a restart when there is room.",
        Need.ROOT,
        Need.LOOP);
  }

  @Override
  public void play(Stage stage) throws IOException, InterruptedException {
    Path image = stage.folder().resolve("disk.img");
    Mount.format(image, 64 << 20);
    Mount disk = stage.medium(image, stage.folder().resolve("disk"));
    Trial trial = stage.start(stage.plan().serverData(disk.path().resolve("server")));
    stage.pause(Duration.ofSeconds(2));
    Path ballast = disk.fill();
    RestApi api = trial.server().api();
    stage.await(
        "the server's health says that the store takes nothing",
        Duration.ofSeconds(60),
        () -> !storeReason(api).isEmpty());
    stage.saw(Optional.of(storeReason(api)));
    stage.pause(Duration.ofSeconds(stage.often(5, 30)));
    stage.expect(trial.server().child().isAlive(), "the server ended");
    stage.expect(
        api.live(Workshop.PRESS).path("machine").isString(), "the page's data did not come");
    long waiting = trial.agentState().map(AgentState::pending).orElse(0L);
    stage.expect(waiting > 0, "the agent keeps nothing");
    Files.delete(ballast);
    stage.await(
        "the store takes batches again", Duration.ofSeconds(60), () -> storeReason(api).isEmpty());
    stage.did("filled the server's disk to the last byte; %d batches waited at the agent", waiting);
    stage.settle(trial);
  }

  private static String storeReason(RestApi api) throws IOException {
    try {
      JsonNode store = api.health().path("components").path("store");
      return store.path("status").asString("").equals("UP")
          ? ""
          : store.path("details").path("reason").asString("")
              + "; "
              + store.path("details").path("todo").asString("");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
