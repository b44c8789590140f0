package fr.vigie.example.fault.link;

import fr.vigie.example.installation.Mosquitto;
import fr.vigie.example.installation.Server;
import fr.vigie.example.stage.Fault;
import fr.vigie.example.stage.Need;
import fr.vigie.example.stage.NotRun;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Stage;
import fr.vigie.example.trial.Trial;
import java.io.IOException;

/** F12: a broker is killed again and again, and starts each time with all forgotten. */
public final class BrokerDies implements Fault {
  @Override
  public Sheet sheet() {
    return Sheet.of(
            12,
            "broker dies and forgets",
            "A broker may be killed, replaced or wiped: agents and server find it again by"
                + " themselves, and what it had not passed on is sent again.",
            Need.MOSQUITTO)
        .inEveryBuild();
  }

  @Override
  public void play(Stage stage) throws IOException, InterruptedException, NotRun {
    Mosquitto broker = stage.mosquitto();
    Trial trial =
        stage.start(stage.plan().server(new Server.Settings(Trial.SITE, 0, 0, broker.address())));
    int kills = stage.often(3, 12);
    for (int kill = 0; kill < kills; kill++) {
      stage.pause(500, 3_000);
      broker.kill();
      stage.pause(0, 2_000);
      broker.restart();
    }
    stage.did("killed Mosquitto %d times; it keeps nothing", kills);
    trial.awaitAgent();
    stage.saw(trial.agent().said("No link"));
    stage.settle(trial);
    long connections = trial.agent().timesSaid("Connected to");
    stage.expect(connections <= 2L * kills + 2, "%d connections for %d kills", connections, kills);
  }
}
