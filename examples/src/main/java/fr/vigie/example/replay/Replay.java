package fr.vigie.example.replay;

import fr.vigie.example.installation.AgentState;
import fr.vigie.example.installation.Child;
import fr.vigie.example.installation.Home;
import fr.vigie.example.installation.Server;
import fr.vigie.example.installation.Waiting;
import fr.vigie.example.machine.MachineFile;
import fr.vigie.example.terminal.PseudoTerminal;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One server, and for each log an agent that never saw another. */
final class Replay implements Closeable {
  private static final String SITE = "replay";
  private static final Duration AGENT_START = Duration.ofSeconds(60);
  private static final Duration STANDSTILL = Duration.ofSeconds(60);
  private static final int WRITE_AT_ONCE = 8_192;

  private final Home home;
  private final Path folder;
  private final MachineFile machine;
  private final MachineNames names = new MachineNames();
  private final Server server;

  private Replay(Home home, Path folder, MachineFile machine, Server server) {
    this.home = home;
    this.folder = folder;
    this.machine = machine;
    this.server = server;
  }

  static Replay start(Home home, Path folder, MachineFile machine)
      throws IOException, InterruptedException {
    Server.Settings settings = new Server.Settings(SITE, 0, 0, "embedded");
    return new Replay(
        home, folder, machine, Server.start(home, folder.resolve("server"), settings));
  }

  /**
   * Plays a log to its end.
   *
   * @param name of its machine
   * @return the machine's figures over the log's own span; an empty object when it has no length
   */
  JsonNode play(String name, RecordedLog log) throws IOException, InterruptedException {
    server.api().putMachine(name, machine.treeFor(name, SITE));
    Path data = folder.resolve("agent-" + name);
    Path configuration = folder.resolve(name + ".yaml");
    try (PseudoTerminal line = PseudoTerminal.open(folder.resolve(name + ".port"))) {
      Files.writeString(
          configuration,
          ReplayAgentFile.text(
              machine, name, SITE, "tcp://127.0.0.1:" + server.mqttPort(), data, line.port()));
      try (Child agent = home.agent(configuration, folder.resolve(name + ".log"))) {
        awaitReading(agent, data);
        stream(log, line);
        awaitAll(agent, data, log.lines());
      }
    }
    return log.first().equals(log.last())
        ? new JsonMapper().createObjectNode()
        : server.api().figures(name, log.first(), justAfter(log.last()));
  }

  /** A name for the machine of a log, another one for each. */
  String nameOf(RecordedLog log) {
    return names.of(log.file());
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  /** A span does not hold its end, and what happened at the last instant belongs to the log. */
  private static Instant justAfter(Instant last) {
    return last.plusNanos(1);
  }

  private static void stream(RecordedLog log, PseudoTerminal line) throws IOException {
    ByteArrayOutputStream gathered = new ByteArrayOutputStream(2 * WRITE_AT_ONCE);
    try (LogLines lines = new LogLines(log.file())) {
      for (Optional<String> next = lines.next(); next.isPresent(); next = lines.next()) {
        gathered.writeBytes(LogLines.bytes(next.get()));
        gathered.write('\n');
        if (gathered.size() >= WRITE_AT_ONCE) {
          line.write(gathered.toByteArray());
          gathered.reset();
        }
      }
    }
    line.write(gathered.toByteArray());
  }

  private static void awaitReading(Child agent, Path data)
      throws IOException, InterruptedException {
    boolean ready =
        Waiting.until(
            AGENT_START,
            () -> {
              agent.mustLive();
              Optional<AgentState> state = AgentState.read(data);
              return state.isPresent() && state.get().isReading(ReplayAgentFile.SENSOR);
            });
    if (!ready) {
      throw new IOException("the agent does not read: " + problem(data));
    }
  }

  private static void awaitAll(Child agent, Path data, long lines)
      throws IOException, InterruptedException {
    long read = -1;
    while (true) {
      long before = read;
      boolean moved =
          Waiting.until(
              STANDSTILL,
              () -> {
                agent.mustLive();
                Optional<AgentState> state = AgentState.read(data);
                return state.isPresent()
                    && (isDone(state.get(), lines)
                        || state.get().lines(ReplayAgentFile.SENSOR) > before);
              });
      Optional<AgentState> state = AgentState.read(data);
      if (state.isPresent() && isDone(state.get(), lines)) {
        return;
      }
      read = state.map(known -> known.lines(ReplayAgentFile.SENSOR)).orElse(-1L);
      if (!moved) {
        throw new IOException(
            "the agent stands still after " + read + " of " + lines + " lines: " + problem(data));
      }
    }
  }

  private static boolean isDone(AgentState state, long lines) {
    return state.lines(ReplayAgentFile.SENSOR) >= lines && state.isDrained();
  }

  private static String problem(Path data) throws IOException {
    return AgentState.read(data).map(AgentState::problem).orElse("it has no status");
  }
}
