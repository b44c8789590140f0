package fr.vigie.example.board;

import fr.vigie.example.installation.AgentState;
import fr.vigie.example.installation.Child;
import fr.vigie.example.installation.Home;
import fr.vigie.example.installation.Waiting;
import fr.vigie.example.terminal.PseudoTerminal;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real agent that reads one counter on a serial line, started and ended as a test wants. */
final class Board implements Closeable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  final String name;
  private final Home home;
  private final Path folder;
  private final PseudoTerminal line;
  private Optional<Child> process = Optional.empty();

  private Board(String name, Home home, Path folder, PseudoTerminal line) {
    this.name = name;
    this.home = home;
    this.folder = folder;
    this.line = line;
  }

  static Board lay(Home home, Path folder, String name, int mqttPort, String more)
      throws IOException {
    Files.createDirectories(folder);
    PseudoTerminal line = PseudoTerminal.open(folder.resolve("port"));
    Files.writeString(
        folder.resolve("agent.yaml"),
        """
        site: atelier
        agent: %s
        broker: tcp://127.0.0.1:%d
        data: %s
        %s
        sensors:
          counter:
            machine: %s
            driver: serial-line
            port: %s
            format: json
            signals: {parts: {kind: counter}}
        """
            .formatted(name, mqttPort, folder.resolve("data"), more, name, line.port()));
    return new Board(name, home, folder, line);
  }

  Child start(Map<String, String> environment) throws IOException, InterruptedException {
    Child started =
        home.agent(folder.resolve("agent.yaml"), environment, folder.resolve("agent.log"));
    process = Optional.of(started);
    return started;
  }

  Path data() {
    return folder.resolve("data");
  }

  String log() throws IOException {
    return Files.readString(folder.resolve("agent.log"));
  }

  /** Says one value, and returns when the agent has read it. */
  void say(int parts) throws IOException, InterruptedException {
    long before = state().map(state -> state.accepted("counter")).orElse(0L);
    line.write("{\"parts\":%d}\n".formatted(parts).getBytes(StandardCharsets.UTF_8));
    await("reads", () -> state().filter(now -> now.accepted("counter") > before).isPresent());
  }

  void awaitReading() throws IOException, InterruptedException {
    await("opens its port", () -> state().filter(now -> now.isReading("counter")).isPresent());
  }

  void awaitDrained() throws IOException, InterruptedException {
    await("is drained", () -> state().filter(AgentState::isDrained).isPresent());
  }

  /** What the agent last said of itself; nothing while it runs not yet. */
  Optional<AgentState> state() throws IOException {
    return status().isEmpty() ? Optional.empty() : AgentState.read(data());
  }

  void await(String what, Waiting.Condition condition) throws IOException, InterruptedException {
    boolean done =
        Waiting.until(
            PATIENCE,
            () -> {
              process.orElseThrow().mustLive();
              return condition.holds();
            });
    if (!done) {
      throw new AssertionError(name + " never " + what + ":\n" + log());
    }
  }

  /** Everything that the agent last said of itself; nothing while it runs not yet. */
  JsonNode status() throws IOException {
    Path file = data().resolve("status.json");
    JsonNode status =
        Files.exists(file) ? JSON.readTree(Files.readString(file)) : JSON.createObjectNode();
    return status.path("pid").asLong(-1) == process.map(Child::pid).orElse(0L)
        ? status
        : JSON.createObjectNode();
  }

  /** As a power cut would. */
  void kill() throws InterruptedException {
    process.orElseThrow().kill();
  }

  @Override
  public void close() throws IOException {
    if (process.isPresent() && process.get().isAlive()) {
      process.get().close();
    }
    line.close();
  }
}
