package fr.vigie.example.fault.device;

import fr.vigie.example.installation.AgentState;
import fr.vigie.example.stage.Fault;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Stage;
import fr.vigie.example.terminal.Cable;
import fr.vigie.example.trial.Trial;
import fr.vigie.example.workshop.Workshop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** F23: two devices come back under each other's port, as ttyUSB0 and ttyUSB1 do. */
public final class PortsSwapped implements Fault {
  @Override
  public Sheet sheet() {
    return Sheet.of(
        23,
        "ports change places",
        "A device that speaks another language than its port's driver is refused: values of two"
            + " machines are never mixed.");
  }

  @Override
  public void play(Stage stage) throws IOException, InterruptedException {
    Trial trial = stage.start(stage.plan().withCables());
    Path ports = stage.folder().resolve("ports");
    Cable press = trial.cable(Workshop.PRESS);
    Cable filler = trial.cable(Workshop.FILLER);
    stage.pause(Duration.ofSeconds(2));
    plug(
        trial, stage, press, ports.resolve(Workshop.FILLER), filler, ports.resolve(Workshop.PRESS));
    int seconds = stage.often(6, 20);
    stage.pause(Duration.ofSeconds(seconds));
    long refused = trial.agentState().map(PortsSwapped::refused).orElse(0L);
    stage.expect(refused > 0, "nothing was refused");
    plug(
        trial, stage, press, ports.resolve(Workshop.PRESS), filler, ports.resolve(Workshop.FILLER));
    stage.pause(Duration.ofSeconds(3));
    stage.did("exchanged two devices' ports for %d s; %d messages refused", seconds, refused);
    stage.saw(trial.agent().said("Lost: DEVICE_GAP"));
    stage.settle(trial);
  }

  private static void plug(Trial trial, Stage stage, Cable one, Path atOne, Cable two, Path atTwo)
      throws IOException, InterruptedException {
    one.pull();
    two.pull();
    stage.await(
        "both ports are gone",
        Duration.ofSeconds(20),
        () -> !reads(trial, Workshop.PRESS_SENSOR) && !reads(trial, Workshop.FILLER_SENSOR));
    one.plug(atOne);
    two.plug(atTwo);
    stage.await(
        "both ports are read",
        Duration.ofSeconds(40),
        () -> reads(trial, Workshop.PRESS_SENSOR) && reads(trial, Workshop.FILLER_SENSOR));
  }

  private static boolean reads(Trial trial, String sensor) throws IOException {
    return trial.agentState().map(state -> state.isReading(sensor)).orElse(false);
  }

  private static long refused(AgentState state) {
    return state.rejected(Workshop.PRESS_SENSOR) + state.rejected(Workshop.FILLER_SENSOR);
  }
}
