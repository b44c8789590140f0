package fr.vigie.example.fault.power;

import fr.vigie.example.installation.Launch;
import fr.vigie.example.stage.Fault;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Stage;
import fr.vigie.example.trial.Trial;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;

/** F25: the agent runs out of memory while it works, and a supervisor starts it anew. */
public final class OutOfMemory implements Fault {
  @Override
  public Sheet sheet() {
    return Sheet.of(
        25,
        "out of memory",
        "A process that cannot go on ends with a code that makes its supervisor start it anew,"
            + " rather than half of it going on; nothing is lost but what is declared.");
  }

  @Override
  public void play(Stage stage) throws IOException, InterruptedException {
    Trial trial = stage.start(stage.plan());
    stage.pause(Duration.ofSeconds(3));
    OptionalInt code = OptionalInt.empty();
    int megabytes = 8;
    while (code.isEmpty() && megabytes >= 3) {
      trial.agent().close();
      megabytes--;
      trial.restartAgent(Launch.PLAIN.flag("-Xmn1m").flag("-Xmx" + megabytes + "m"));
      code = trial.agent().awaitEnd(Duration.ofSeconds(20));
    }
    stage.did(
        "gave the agent a heap of %d MB; it ended with code %s",
        megabytes, code.isPresent() ? Integer.toString(code.getAsInt()) : "none");
    stage.expect(code.isPresent() && code.getAsInt() > 0, "it did not end as failed");
    stage.saw(trial.agent().said("OutOfMemory"));
    trial.restartAgent();
    trial.awaitAgent();
    stage.settle(trial);
  }
}
