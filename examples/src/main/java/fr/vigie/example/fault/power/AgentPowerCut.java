package fr.vigie.example.fault.power;

import fr.vigie.example.checker.Report;
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
import java.time.Duration;

/**
 * F1: the agent's board loses its power. The data folder lies on a file system in a file; what that
 * file holds at the moment of the cut is what the medium holds. Every second cut comes while the
 * server is away, so that everything is in the outbox only.
 */
public final class AgentPowerCut implements Fault {
  /** What the agent keeps in memory only, unless its configuration says otherwise. */
  private static final Duration HEAD = Duration.ofSeconds(5);

  @Override
  public Sheet sheet() {
    return Sheet.of(
        1,
        "power cut (agent)",
        "A power cut takes at most what was in memory (5 s unless set otherwise), which is declared"
            + " lost; all before it is there.",
        Need.ROOT,
        Need.LOOP);
  }

  @Override
  public void play(Stage stage) throws IOException, InterruptedException {
    cutWriter(stage);
    Path image = stage.folder().resolve("card.img");
    Path card = stage.folder().resolve("card");
    Mount.format(image, 48 << 20);
    Mount mount = stage.medium(image, card);
    Trial trial = stage.start(stage.plan().agentData(card.resolve("agent")));
    int cuts = stage.often(3, 12);
    for (int cut = 0; cut < cuts; cut++) {
      boolean away = cut % 2 == 1;
      if (away) {
        trial.server().child().kill();
      }
      stage.pause(1_000, 9_000);
      Path left = stage.folder().resolve("left.img");
      trial.agent().cutPower(() -> Mount.copy(image, left));
      mount.close();
      Mount.copy(left, image);
      mount = stage.medium(image, card);
      trial.restartAgent();
      if (away) {
        trial.restartServer();
      }
      trial.awaitAgent();
    }
    stage.did("cut the agent's power at %d random moments", cuts);
    stage.saw(trial.agent().said("Outbox: "));
    Report report = stage.settle(trial);
    stage.expectAtMostLost(report, cuts, HEAD);
  }

  /** Cuts the power of a process that does nothing but write to the outbox, and counts records. */
  private static void cutWriter(Stage stage) throws IOException, InterruptedException {
    PrintWriter progress = new PrintWriter(new StringWriter());
    Counts counts = PowerCuts.run(Victim.OUTBOX, stage.often(10, 200), stage.seed(), progress);
    stage.did(
        "cut the power of a writer to the outbox %d times: %,d records acknowledged, %d missing, %d"
            + " twice, %d foreign",
        counts.cuts(),
        counts.acknowledged(),
        counts.missing(),
        counts.duplicated(),
        counts.foreign());
    stage.expect(counts.isClean(), "the outbox is not as it promised: %s", counts);
    stage.expect(counts.acknowledged() > 0, "the writer wrote nothing");
  }
}
