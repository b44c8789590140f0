package fr.vigie.example.fault.link;

import fr.vigie.example.installation.AgentState;
import fr.vigie.example.proxy.ChaosProxy;
import fr.vigie.example.proxy.Torment;
import fr.vigie.example.stage.Fault;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Stage;
import fr.vigie.example.trial.Trial;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** F14: the connection stands and carries nothing any more, in one direction or in both. */
public final class HalfOpen implements Fault {
  /** One and a half times the agent's keep-alive of 20 s. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  @Override
  public Sheet sheet() {
    return Sheet.of(
        14,
        "half-open connection",
        "A connection that stands but carries nothing is noticed within 1.5 times the keep-alive"
            + " time, and nothing is lost or waits for ever.");
  }

  @Override
  public void play(Stage stage) throws IOException, InterruptedException {
    int port = stage.freePort();
    ChaosProxy proxy = stage.proxy(port);
    Trial trial = stage.startBehind(proxy, port, stage.plan());
    swallow(stage, trial, proxy, "acknowledgements", Torment.NONE, Torment.swallow());
    swallow(stage, trial, proxy, "batches", Torment.swallow(), Torment.NONE);
    swallow(stage, trial, proxy, "both ways", Torment.swallow(), Torment.swallow());
    stage.saw(trial.agent().said("No link"));
    stage.settle(trial);
  }

  private static void swallow(
      Stage stage, Trial trial, ChaosProxy proxy, String what, Torment up, Torment down)
      throws IOException, InterruptedException {
    stage.pause(Duration.ofSeconds(3));
    Instant from = stage.clock().instant();
    proxy.up(up);
    proxy.down(down);
    boolean noticed =
        stage.await(
            "the agent notices that " + what + " vanish",
            LONGEST,
            () -> !trial.agentState().map(AgentState::isConnected).orElse(true));
    stage.did(
        "swallowed %s, %s after %.1f s",
        what,
        noticed ? "noticed" : "not noticed",
        Duration.between(from, stage.clock().instant()).toMillis() / 1000.0);
    proxy.reset();
    proxy.calm();
    trial.awaitAgent();
  }
}
