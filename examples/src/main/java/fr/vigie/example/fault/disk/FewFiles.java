package fr.vigie.example.fault.disk;

import fr.vigie.example.host.Mount;
import fr.vigie.example.host.Program;
import fr.vigie.example.installation.AgentState;
import fr.vigie.example.installation.Launch;
import fr.vigie.example.proxy.ChaosProxy;
import fr.vigie.example.stage.Fault;
import fr.vigie.example.stage.Need;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Stage;
import fr.vigie.example.trial.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** F34: few files may be open, the file system has no inode left, and the link breaks often. */
public final class FewFiles implements Fault {
  private static final int MOST_OPEN = 96;

  @Override
  public Sheet sheet() {
    return Sheet.of(
        34,
        "files and inodes run out",
        "The number of open files stays flat over breaks and outages, few are enough, and without"
            + " an inode left the agent goes on and says so.",
        Need.ROOT);
  }

  @Override
  public void play(Stage stage) throws IOException, InterruptedException {
    Mount card = stage.memory(stage.folder().resolve("card"), "size=32m,nr_inodes=60");
    int port = stage.freePort();
    ChaosProxy proxy = stage.proxy(port);
    String prlimit = Program.find("prlimit").orElseThrow().toString();
    Trial trial =
        stage.startBehind(
            proxy,
            port,
            stage
                .plan()
                .agentData(card.path().resolve("agent"))
                .agent(Launch.PLAIN.within(prlimit, "--nofile=" + MOST_OPEN)));
    int before = trial.agent().openFiles();
    int breaks = stage.often(4, 20);
    for (int i = 0; i < breaks; i++) {
      stage.pause(300, 1_000);
      proxy.reset();
      trial.awaitAgent();
    }
    int after = trial.agent().openFiles();
    stage.expect(after <= before + 4, "%d files open, before the breaks %d", after, before);
    List<Path> taken = takeInodes(card.path());
    trial.server().child().kill();
    stage.pause(Duration.ofSeconds(stage.often(8, 20)));
    stage.expect(trial.agent().isAlive(), "the agent ended without inodes");
    stage.saw(trial.agentState().map(AgentState::problem));
    for (Path file : taken) {
      Files.delete(file);
    }
    trial.restartServer();
    trial.awaitAgent();
    stage.did(
        "%d breaks with at most %d open files (%d, then %d), then took every inode in an outage",
        breaks, MOST_OPEN, before, after);
    stage.settle(trial);
  }

  private static List<Path> takeInodes(Path folder) {
    List<Path> taken = new ArrayList<>();
    while (taken.size() < 1_000) {
      try {
        taken.add(Files.createFile(folder.resolve("inode-" + taken.size())));
      } catch (IOException full) {
        return taken;
      }
    }
    return taken;
  }
}
