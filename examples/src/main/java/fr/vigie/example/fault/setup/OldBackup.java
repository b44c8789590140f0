package fr.vigie.example.fault.setup;

import fr.vigie.example.installation.Child;
import fr.vigie.example.stage.Fault;
import fr.vigie.example.stage.NotRun;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Stage;
import fr.vigie.example.trial.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** F31: the server is restored from a backup that is older than what it acknowledged. */
public final class OldBackup implements Fault {
  @Override
  public Sheet sheet() {
    return Sheet.of(
        31,
        "server restored from old backup",
        "Agents keep what was acknowledged for a while, and send again what a restored server no"
            + " longer has.");
  }

  @Override
  public void play(Stage stage) throws IOException, InterruptedException, NotRun {
    Trial trial = stage.start(stage.plan());
    stage.pause(Duration.ofSeconds(5));
    Path data = stage.folder().resolve("server");
    Path backup = stage.folder().resolve("backup");
    run(stage, "backup", "--data", data.toString(), "--to", backup.toString());
    stage.pause(Duration.ofSeconds(stage.often(10, 60)));
    trial.server().close();
    run(stage, "restore", "--from", backup.toString(), "--data", data.toString(), "--replace");
    trial.restartServer();
    trial.awaitAgent();
    stage.did("restored a backup that lacked the last %d s", stage.often(10, 60));
    stage.settle(trial);
    stage.saw(trial.agent().said("restored"));
  }

  private static void run(Stage stage, String... options)
      throws IOException, InterruptedException, NotRun {
    Path log = stage.folder().resolve(options[0] + ".log");
    Child command = stage.home().server(List.of(options), log);
    OptionalInt code = command.awaitEnd(Duration.ofMinutes(2));
    if (command.said("nmatched argument").isPresent()) {
      throw new NotRun("the server has no command '" + options[0] + "' yet");
    }
    if (code.isEmpty() || code.getAsInt() != 0) {
      throw new IOException(
          "server " + options[0] + " ended with " + code + ": " + command.said("").orElse(""));
    }
  }
}
