package fr.vigie.example.fault.power;

import fr.vigie.example.host.Mount;
import fr.vigie.example.powercut.Counts;
import fr.vigie.example.powercut.PowerCuts;
import fr.vigie.example.powercut.Victim;
import fr.vigie.example.stage.Fault;
import fr.vigie.example.stage.Need;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Stage;
import fr.vigie.example.trial.Trial;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

/** F2: the server's machine loses its power; made as {@link AgentPowerCut}. */
public final class ServerPowerCut implements Fault {
  @Override
  public Sheet sheet() {
    return Sheet.of(
        2,
        "power cut (server)",
        "What the server acknowledged is on its disk; agents send the rest again.",
        Need.ROOT,
        Need.LOOP);
  }

  @Override
  public void play(Stage stage) throws IOException, InterruptedException {
    cutWriter(stage);
    Path image = stage.folder().resolve("disk.img");
    Path disk = stage.folder().resolve("disk");
    Mount.format(image, 96 << 20);
    Mount mount = stage.medium(image, disk);
    Trial trial = stage.start(stage.plan().serverData(disk.resolve("server")));
    int cuts = stage.often(2, 12);
    for (int cut = 0; cut < cuts; cut++) {
      stage.pause(500, 4_000);
      Path left = stage.folder().resolve("left.img");
      trial.server().child().cutPower(() -> Mount.copy(image, left));
      mount.close();
      Mount.copy(left, image);
      mount = stage.medium(image, disk);
      trial.restartServer();
      trial.awaitAgent();
    }
    stage.did("cut the server's power at %d random moments", cuts);
    stage.saw(trial.agent().said("No link"));
    stage.settle(trial);
  }

  /** Cuts the power of a process that does nothing but write to the store, and counts records. */
  private static void cutWriter(Stage stage) throws IOException, InterruptedException {
    PrintWriter progress = new PrintWriter(new StringWriter());
    Counts counts = PowerCuts.run(Victim.STORE, stage.often(10, 200), stage.seed(), progress);
    stage.did(
        "cut the power of a writer to the store %d times: %,d records acknowledged, %d missing, %d"
            + " twice, %d foreign",
        counts.cuts(),
        counts.acknowledged(),
        counts.missing(),
        counts.duplicated(),
        counts.foreign());
    stage.expect(counts.isClean(), "the store is not as it promised: %s", counts);
    stage.expect(counts.acknowledged() > 0, "the writer wrote nothing");
  }
}
