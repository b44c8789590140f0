package fr.vigie.example.fault.time;

import fr.vigie.example.stage.Fault;
import fr.vigie.example.stage.Need;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Stage;
import fr.vigie.example.trial.Trial;
import java.io.IOException;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** F11: the agent's clock is days ahead of the server's. */
public final class ClockApart implements Fault {
  @Override
  public Sheet sheet() {
    return Sheet.of(
        11,
        "agent's clock three days ahead",
        "Values of an agent whose clock differs from the server's are taken, and the difference is"
            + " shown with the agent.",
        Need.FAKETIME);
  }

  @Override
  public void play(Stage stage) throws IOException, InterruptedException {
    Trial trial = stage.start(stage.plan().agent(BootIn1970.shifted("+3d")));
    stage.pause(Duration.ofSeconds(stage.often(6, 15)));
    JsonNode agents = trial.server().api().agents();
    stage.did("started an agent whose clock is 3 days ahead");
    stage.expect(
        agents.toString().contains("skew"), "/api/v1/agents has no word of the difference");
    stage.saw(trial.server().child().said("clock"));
    stage.settle(trial);
  }
}
