package fr.vigie.example.fault.link;

import fr.vigie.example.host.Network;
import fr.vigie.example.installation.AgentState;
import fr.vigie.example.installation.Launch;
import fr.vigie.example.installation.Server;
import fr.vigie.example.proxy.ChaosProxy;
import fr.vigie.example.proxy.Torment;
import fr.vigie.example.stage.Fault;
import fr.vigie.example.stage.Need;
import fr.vigie.example.stage.NotRun;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Stage;
import fr.vigie.example.trial.Pace;
import fr.vigie.example.trial.Trial;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** F15: after an outage the link comes back slow, far and lossy. */
public final class BadLink implements Fault {
  @Override
  public Sheet sheet() {
    return Sheet.of(
        15,
        "30 % loss, 64 kbit/s, 2 s round trip",
        "Over a miserable link there is progress, and live values come before the backlog is"
            + " through.",
        Need.ROOT,
        Need.NETWORK);
  }

  @Override
  public void play(Stage stage) throws IOException, InterruptedException, NotRun {
    Network network = stage.network();
    int port = stage.freePort();
    ChaosProxy door =
        stage.add(ChaosProxy.open(new InetSocketAddress(network.address(), 0), port, stage.seed()));
    Pace pace = new Pace(System::nanoTime);
    Trial trial =
        stage.start(
            stage
                .plan()
                .server(new Server.Settings(Trial.SITE, 0, port, "embedded"))
                .broker(door.address())
                .pace(pace)
                .agent(new Launch(network.entrance(), List.of(), Map.of())));
    network.cut();
    pace.factor(20);
    stage.pause(Duration.ofSeconds(20));
    pace.factor(1);
    long backlog = trial.agentState().map(AgentState::pending).orElse(0L);
    network.loseShare(0.15);
    network.atMost("64kbit");
    door.up(Torment.delayed(Duration.ofSeconds(1)));
    door.down(Torment.delayed(Duration.ofSeconds(1)));
    network.join();
    boolean live =
        stage.await(
            "a live value is stored within 30 s of being said",
            Duration.ofMinutes(3),
            () -> Age.ofNewest(trial, stage.clock()).compareTo(Duration.ofSeconds(30)) < 0);
    stage.did(
        "outage of 400 s of the machines' time (%d batches), then 30 %% of round trips lost,"
            + " 64 kbit/s, 2 s",
        backlog);
    if (live) {
      stage.did("live values come");
    }
    stage.saw(trial.agent().said("No link"));
    stage.await(
        "the backlog shrinks to nothing",
        Duration.ofMinutes(6),
        () -> trial.agentState().map(AgentState::pending).orElse(99L) <= 10);
    network.dropNothing();
    door.calm();
    stage.settle(trial);
  }
}
