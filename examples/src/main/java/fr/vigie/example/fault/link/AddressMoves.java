package fr.vigie.example.fault.link;

import fr.vigie.example.host.Program;
import fr.vigie.example.installation.AgentState;
import fr.vigie.example.installation.Launch;
import fr.vigie.example.installation.Server;
import fr.vigie.example.proxy.ChaosProxy;
import fr.vigie.example.stage.Fault;
import fr.vigie.example.stage.Need;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Stage;
import fr.vigie.example.trial.Trial;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** F33: the server's name leads to another address, to none for a while, and to an IPv6 one. */
public final class AddressMoves implements Fault {
  private static final String NAME = "vigie-fault";

  @Override
  public Sheet sheet() {
    return Sheet.of(
        33,
        "server's address moves",
        "An agent that was given a name looks it up again, so that a moved server is found without"
            + " a restart; a name that leads nowhere is named.",
        Need.ROOT);
  }

  @Override
  public void play(Stage stage) throws IOException, InterruptedException {
    Path hosts = stage.folder().resolve("hosts");
    Files.writeString(hosts, line("127.0.0.2"));
    int port = stage.freePort();
    ChaosProxy old =
        stage.add(ChaosProxy.open(new InetSocketAddress("127.0.0.2", 0), port, stage.seed()));
    int door = old.port();
    String unshare = Program.find("unshare").orElseThrow().toString();
    String script = "mount --bind " + hosts + " /etc/hosts && exec \"$@\"";
    Trial trial =
        stage.start(
            stage
                .plan()
                .server(new Server.Settings(Trial.SITE, 0, port, "embedded"))
                .broker("tcp://" + NAME + ":" + door)
                .agent(Launch.PLAIN.within(unshare, "-m", "/bin/sh", "-c", script, "sh")));
    stage.pause(Duration.ofSeconds(2));
    old.close();
    Files.writeString(hosts, "127.0.0.1 localhost\n");
    stage.await(
        "the agent says that the name is not known",
        Duration.ofSeconds(90),
        () -> trial.agentState().map(AgentState::problem).orElse("").contains("not known"));
    stage.saw(trial.agentState().map(AgentState::problem));
    Files.writeString(hosts, line("127.0.0.3"));
    ChaosProxy moved =
        stage.add(ChaosProxy.open(new InetSocketAddress("127.0.0.3", door), port, stage.seed()));
    found(stage, trial, "127.0.0.3");
    moved.close();
    Files.writeString(hosts, line("::1"));
    stage.add(ChaosProxy.open(new InetSocketAddress("::1", door), port, stage.seed()));
    found(stage, trial, "::1");
    stage.did("let the server's name lead to another address, nowhere, elsewhere and to IPv6");
    stage.settle(trial);
  }

  private static void found(Stage stage, Trial trial, String address)
      throws IOException, InterruptedException {
    stage.await(
        "the agent loses the old address",
        Duration.ofSeconds(60),
        () ->
            !trial.agentState().map(AgentState::isConnected).orElse(true)
                || trial.agent().timesSaid("Connected to") > 1);
    stage.await(
        "the agent finds the server at " + address,
        Duration.ofSeconds(120),
        () -> trial.agentState().map(AgentState::isConnected).orElse(false));
    stage.pause(Duration.ofSeconds(1));
  }

  private static String line(String address) {
    return "127.0.0.1 localhost\n" + address + " " + NAME + "\n";
  }
}
