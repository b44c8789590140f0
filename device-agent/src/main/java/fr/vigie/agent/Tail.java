package fr.vigie.agent;

import fr.vigie.link.Broker;
import fr.vigie.link.Connection;
import fr.vigie.link.Connector;
import fr.vigie.link.PahoConnector;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import fr.vigie.wire.Batch;
import fr.vigie.wire.BatchCodec;
import fr.vigie.wire.Birth;
import fr.vigie.wire.BirthCodec;
import fr.vigie.wire.Loss;
import fr.vigie.wire.Topic;
import fr.vigie.wire.WireException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what agents send as it passes a broker, whichever form it has. */
@Command(
    name = "tail",
    description = "Prints what agents send, as it passes a broker, one line a sample.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  tail",
      "  tail --broker tcp://192.168.1.20:1883 --agent press-pi"
    })
final class Tail implements Callable<Integer> {
  @Option(
      names = "--broker",
      paramLabel = "URI",
      defaultValue = "tcp://127.0.0.1:1883",
      description = "the broker (default: ${DEFAULT-VALUE})")
  private URI broker = URI.create("tcp://127.0.0.1:1883");

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "PEM file of who vouches for an encrypted broker (ssl://…)")
  private Optional<Path> authorities = Optional.empty();

  @Option(names = "--site", defaultValue = "+", description = "only this site")
  private String site = "+";

  @Option(names = "--agent", defaultValue = "+", description = "only this agent")
  private String agent = "+";

  @Option(
      names = "--count",
      defaultValue = "9223372036854775807",
      description = "end after so many samples")
  private long count = Long.MAX_VALUE;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Map<String, Map<Integer, List<Signal>>> births = new HashMap<>();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    String clientId = "vigie-tail-" + ProcessHandle.current().pid();
    Connector connector =
        new PahoConnector(new Broker(broker, authorities, clientId, Optional.empty()), 20);
    String root = "vigie/v1/" + site + '/' + agent + '/';
    Connection connection =
        connector.connect(
            List.of(root + "birth", root + "data", root + "ack", root + "state"),
            new Connector.Will("vigie-tail/" + clientId, new byte[0]));
    long left = count;
    while (connection.state() != Connection.State.DOWN && left > 0) {
      Optional<Connection.Message> message = connection.poll();
      if (message.isPresent()) {
        left -= print(message.get(), out);
        out.flush();
      } else {
        LockSupport.parkNanos(20_000_000);
      }
    }
    String problem = connection.problem();
    connection.close();
    if (left > 0) {
      spec.commandLine().getErr().println(problem);
      return 1;
    }
    return 0;
  }

  private long print(Connection.Message message, PrintWriter out) {
    try {
      Topic topic = Topic.parse(message.topic());
      String from = topic.site() + '/' + topic.agent();
      switch (topic.channel()) {
        case BIRTH -> {
          Birth birth = BirthCodec.decode(message.payload());
          births.computeIfAbsent(from, first -> new HashMap<>()).put(birth.id(), birth.signals());
          out.printf("%s birth %s, %d signals%n", from, birth.software(), birth.signals().size());
        }
        case DATA -> {
          return data(from, BatchCodec.decode(message.payload()), message.payload().length, out);
        }
        default ->
            out.printf(
                "%s %s %s%n",
                from,
                topic.channel().name().toLowerCase(java.util.Locale.ROOT),
                new String(message.payload(), StandardCharsets.UTF_8));
      }
    } catch (WireException e) {
      out.printf("%s makes no sense: %s%n", message.topic(), e.getMessage());
    }
    return 0;
  }

  private long data(String from, Batch batch, int bytes, PrintWriter out) {
    out.printf(
        "%s batch %d of epoch %s: %d samples in %d bytes%n",
        from, batch.sequence(), Long.toHexString(batch.epoch()), batch.samples(), bytes);
    List<Signal> signals =
        births.getOrDefault(from, Map.of()).getOrDefault(batch.birth(), List.of());
    for (Batch.Part part : batch.parts()) {
      String name =
          part.signal() < signals.size()
              ? signals.get(part.signal()).machine() + '/' + signals.get(part.signal()).name()
              : "signal " + part.signal();
      String unit = part.signal() < signals.size() ? signals.get(part.signal()).unit() : "";
      for (Sample sample : part.samples()) {
        out.printf("  %s %s = %s %s%n", sample.time(), name, sample.value(), unit);
      }
    }
    for (Loss loss : batch.losses()) {
      out.printf(
          "  lost: %s of %s, %s to %s%n",
          loss.reason(), loss.source(), loss.when().start(), loss.when().end());
    }
    return batch.samples();
  }
}
