package fr.vigie.example.fault.link;

import fr.vigie.example.proxy.ChaosProxy;
import fr.vigie.example.proxy.Torment;
import fr.vigie.example.stage.Fault;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Stage;
import fr.vigie.example.trial.Trial;
import java.io.IOException;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** F18: batches arrive, their acknowledgements do not, so that all are sent again. */
public final class LostAcknowledgements implements Fault {
  @Override
  public Sheet sheet() {
    return Sheet.of(
            18,
            "batches delivered twice",
            "A batch that arrives again is stored once, and counted as a repetition.")
        .inEveryBuild();
  }

  @Override
  public void play(Stage stage) throws IOException, InterruptedException {
    int port = stage.freePort();
    ChaosProxy proxy = stage.proxy(port);
    Trial trial = stage.startBehind(proxy, port, stage.plan());
    int rounds = stage.often(1, 4);
    for (int round = 0; round < rounds; round++) {
      stage.pause(Duration.ofSeconds(2));
      proxy.down(Torment.swallow());
      stage.pause(Duration.ofSeconds(4));
      proxy.reset();
      proxy.calm();
      trial.awaitAgent();
    }
    stage.settle(trial);
    long again = 0;
    for (JsonNode agent : trial.server().api().agents()) {
      again += agent.path("duplicates").asLong();
    }
    stage.did("lost every acknowledgement of 4 s, %d times; %d batches came again", rounds, again);
    stage.expect(again > 0, "no batch came again, so nothing was tried");
    stage.saw(trial.agent().said("No link"));
  }
}
