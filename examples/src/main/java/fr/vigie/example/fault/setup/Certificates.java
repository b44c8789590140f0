package fr.vigie.example.fault.setup;

import fr.vigie.example.fault.setup.Authority.Identity;
import fr.vigie.example.installation.AgentState;
import fr.vigie.example.installation.Mosquitto;
import fr.vigie.example.installation.Server;
import fr.vigie.example.stage.Fault;
import fr.vigie.example.stage.Need;
import fr.vigie.example.stage.NotRun;
import fr.vigie.example.stage.Sheet;
import fr.vigie.example.stage.Stage;
import fr.vigie.example.trial.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** F26: a certificate is expired, not valid yet, of another host or authority, or revoked. */
public final class Certificates implements Fault {
  private static final String HERE = "IP:127.0.0.1";

  @Override
  public Sheet sheet() {
    return Sheet.of(
            26,
            "wrong certificates",
            "No connection is made to a server that does not prove who it is, and the message says"
                + " why.",
            Need.MOSQUITTO,
            Need.OPENSSL)
        .inEveryBuild();
  }

  @Override
  public void play(Stage stage) throws IOException, InterruptedException, NotRun {
    Authority authority = new Authority(stage.folder().resolve("authority"));
    Identity good = authority.issue("good", HERE, "");
    Identity revoked = authority.issue("revoked", HERE, "");
    authority.revoke(revoked);
    Path trust = authority.withRevocations();
    Map<String, Identity> wrong = new LinkedHashMap<>();
    wrong.put("is of another host", authority.issue("elsewhere", "DNS:broker.example", ""));
    wrong.put("was revoked", revoked);
    if (stage.often(0, 1) > 0) {
      wrong.put(
          "has expired",
          authority.issue("old", HERE, "-startdate 20200101000000Z -enddate 20200201000000Z"));
      wrong.put(
          "is not valid yet",
          authority.issue("early", HERE, "-startdate 20900101000000Z -enddate 20910101000000Z"));
      wrong.put(
          "is of no authority",
          new Authority(stage.folder().resolve("stranger")).issue("stranger", HERE, ""));
    }
    Mosquitto broker = stage.mosquitto();
    broker.proveBy(good.certificate(), good.key());
    Server.Settings server =
        new Server.Settings(Trial.SITE, 0, 0, broker.address(), Optional.of(trust));
    Trial trial =
        stage.start(
            stage.plan().server(server).broker(broker.address()).keys("broker-ca: " + trust));
    for (Map.Entry<String, Identity> identity : wrong.entrySet()) {
      broker.proveBy(identity.getValue().certificate(), identity.getValue().key());
      stage.await(
          "the agent says that the broker's certificate " + identity.getKey(),
          Duration.ofSeconds(90),
          () -> problem(trial).contains(identity.getKey()));
      stage.saw(Optional.of(problem(trial)));
    }
    stage.await(
        "the server says why it does not connect",
        Duration.ofSeconds(30),
        () -> trial.server().child().said("no secure connection").isPresent());
    long connections = trial.agent().timesSaid("Connected to");
    stage.expect(connections == 1, "%d connections, one of them to the right broker", connections);
    broker.proveBy(good.certificate(), good.key());
    trial.awaitAgent();
    stage.did("let the broker show %d certificates: %s", wrong.size(), wrong.keySet());
    stage.settle(trial);
  }

  private static String problem(Trial trial) throws IOException {
    return trial.agentState().map(AgentState::problem).orElse("");
  }
}
