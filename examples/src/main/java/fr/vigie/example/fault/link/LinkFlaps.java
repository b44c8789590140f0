package fr.vigie.example.fault.link;

import fr.vigie.example.host.Network;
import fr.vigie.example.installation.Launch;
import fr.vigie.example.installation.Server;
import fr.vigie.example.proxy.ChaosProxy;
import fr.vigie.example.stage.Fault;
import fr.vigie.example.stage.Need;
import fr.vigie.example.stage.NotRun;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Stage;
import fr.vigie.example.trial.Trial;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/** F13: the agent's network cable is loose. */
public final class LinkFlaps implements Fault {
  @Override
  public Sheet sheet() {
    return Sheet.of(
        13,
        "link goes up and down",
        "A loose cable makes no storm of connections; there is one session at a time.",
        Need.ROOT,
        Need.NETWORK);
  }

  @Override
  public void play(Stage stage) throws IOException, InterruptedException, NotRun {
    Network network = stage.network();
    int port = stage.freePort();
    ChaosProxy door =
        stage.add(ChaosProxy.open(new InetSocketAddress(network.address(), 0), port, stage.seed()));
    Trial trial =
        stage.start(
            stage
                .plan()
                .server(new Server.Settings(Trial.SITE, 0, port, "embedded"))
                .broker(door.address())
                .agent(new Launch(network.entrance(), List.of(), Map.of())));
    int flaps = stage.often(2, 10);
    for (int flap = 0; flap < flaps; flap++) {
      stage.pause(1_000, 5_000);
      network.cut();
      stage.pause(1_000, 10_000);
      network.join();
    }
    trial.awaitAgent();
    stage.did(
        "took the network away %d times for 1 to 10 s; %d connections", flaps, door.accepted());
    stage.expect(
        door.accepted() <= 2 * flaps + 2, "%d connections for %d flaps", door.accepted(), flaps);
    stage.saw(trial.agent().said("No link"));
    stage.settle(trial);
  }
}
