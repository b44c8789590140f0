package fr.vigie.example.fault.power;

import fr.vigie.example.checker.Report;
import fr.vigie.example.installation.Mosquitto;
import fr.vigie.example.installation.Server;
import fr.vigie.example.installation.Waiting;
import fr.vigie.example.stage.Fault;
import fr.vigie.example.stage.Need;
import fr.vigie.example.stage.NotRun;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Stage;
import fr.vigie.example.trial.Trial;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * F3: agent, server and broker are killed at random moments. Each is started anew at once; every
 * second time the next kill waits until it is up, so that some kills strike processes that work and
 * some those that start. The server takes the longest to start and is struck less often.
 */
public final class Kills implements Fault {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final int kills;

  public Kills(int kills) {
    this.kills = kills;
  }

  private enum Victim {
    AGENT,
    BROKER,
    SERVER
  }

  @Override
  public Sheet sheet() {
    return Sheet.of(
        3,
        "processes killed",
        "Agent, server and broker may be killed at any moment, again and again: no accepted value"
            + " is lost or stored twice. (The agent journals before it sends, head: 0.)",
        Need.MOSQUITTO);
  }

  @Override
  public void play(Stage stage) throws IOException, InterruptedException, NotRun {
    Mosquitto broker = stage.mosquitto();
    Trial trial =
        stage.start(
            stage
                .plan()
                .server(new Server.Settings(Trial.SITE, 0, 0, broker.address()))
                .keys("head: 0"));
    Map<Victim, Integer> struck = new EnumMap<>(Victim.class);
    for (int kill = 0; kill < kills; kill++) {
      stage.pause(100, 1_500);
      Victim victim = victim(stage);
      strike(victim, trial, broker, stage.random().nextBoolean());
      struck.merge(victim, 1, Integer::sum);
    }
    trial.server().child().kill();
    trial.restartServer();
    trial.awaitAgent();
    stage.did("%d kills at random: %s", kills, struck);
    stage.saw(trial.agent().said("Outbox: "));
    Report report = stage.settle(trial);
    stage.expectAtMostLost(report, struck.getOrDefault(Victim.AGENT, 0), Duration.ZERO);
  }

  private static Victim victim(Stage stage) {
    int chance = stage.random().nextInt(10);
    return chance < 5 ? Victim.AGENT : chance < 8 ? Victim.BROKER : Victim.SERVER;
  }

  private static void strike(Victim victim, Trial trial, Mosquitto broker, boolean patiently)
      throws IOException, InterruptedException {
    switch (victim) {
      case AGENT -> {
        trial.agent().kill();
        trial.restartAgent();
        if (patiently) {
          Waiting.until(PATIENCE, () -> trial.agentState().isPresent());
        }
      }
      case BROKER -> {
        broker.kill();
        if (patiently) {
          broker.restart();
        } else {
          broker.relaunch();
        }
      }
      case SERVER -> {
        trial.server().child().kill();
        if (patiently) {
          trial.restartServer();
        } else {
          trial.relaunchServer();
        }
      }
    }
  }
}
