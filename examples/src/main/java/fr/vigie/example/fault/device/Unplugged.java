package fr.vigie.example.fault.device;

import fr.vigie.example.stage.Fault;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Stage;
import fr.vigie.example.terminal.Cable;
import fr.vigie.example.trial.Trial;
import fr.vigie.example.workshop.Workshop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** F21: a serial device is unplugged while it speaks, and plugged in again. */
public final class Unplugged implements Fault {
  @Override
  public Sheet sheet() {
    return Sheet.of(
        21,
        "serial device unplugged",
        "One message says that the device is gone, the others are read on, it is found again"
            + " by itself, and what it said meanwhile is declared lost, to the message.");
  }

  @Override
  public void play(Stage stage) throws IOException, InterruptedException {
    Trial trial = stage.start(stage.plan().withCables());
    Cable cable = trial.cable(Workshop.PRESS);
    Path port = stage.folder().resolve("ports").resolve(Workshop.PRESS);
    int pulls = stage.often(2, 6);
    for (int pull = 0; pull < pulls; pull++) {
      stage.pause(Duration.ofSeconds(2));
      cable.pull();
      stage.await(
          "the agent tells that the device is gone",
          Duration.ofSeconds(20),
          () -> !reads(trial, Workshop.PRESS_SENSOR));
      long before = heard(trial);
      stage.await(
          "the other device is read meanwhile",
          Duration.ofSeconds(20),
          () -> heard(trial) > before);
      cable.plug(port);
      stage.await(
          "the device is read again",
          Duration.ofSeconds(40),
          () -> reads(trial, Workshop.PRESS_SENSOR));
    }
    stage.pause(Duration.ofSeconds(2));
    stage.did("pulled a machine's cable %d times while it spoke", pulls);
    stage.saw(trial.agent().said(Workshop.PRESS_SENSOR + ": " + port));
    stage.settle(trial);
    long told = trial.agent().timesSaid("WARN");
    stage.expect(told <= 6L * pulls, "%d warnings for %d pulls", told, pulls);
  }

  private static boolean reads(Trial trial, String sensor) throws IOException {
    return trial.agentState().map(state -> state.isReading(sensor)).orElse(false);
  }

  private static long heard(Trial trial) throws IOException {
    return trial.agentState().map(state -> state.lines(Workshop.FILLER_SENSOR)).orElse(0L);
  }
}
