package fr.vigie.example.trial;

import fr.vigie.example.checker.Checker;
import fr.vigie.example.checker.Report;
import fr.vigie.example.installation.AgentState;
import fr.vigie.example.installation.Child;
import fr.vigie.example.installation.Home;
import fr.vigie.example.installation.RestApi;
import fr.vigie.example.installation.Server;
import fr.vigie.example.installation.Waiting;
import fr.vigie.example.ledger.Entry;
import fr.vigie.example.ledger.Ledger;
import fr.vigie.example.workshop.Workshop;
import fr.vigie.signal.Sample;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A workshop, an agent and a server in one folder, and the check of what became of every value.
 * Used by one thread, except that any may close it.
 */
public final class Trial implements Closeable {
  public static final String SITE = "demo";
  private static final Duration AGENT_START = Duration.ofSeconds(60);

  private final Home home;
  private final Path folder;
  private final Server.Settings settings;
  private final InstantSource clock;
  private final Workshop workshop;
  private Server server;
  private Child agent;
  private Instant begun;
  private boolean closed;

  private Trial(
      Home home,
      Path folder,
      Server.Settings settings,
      InstantSource clock,
      Workshop workshop,
      Server server,
      Child agent) {
    this.home = home;
    this.folder = folder;
    this.settings = settings;
    this.clock = clock;
    this.workshop = workshop;
    this.server = server;
    this.agent = agent;
    this.begun = clock.instant();
  }

  /**
   * Starts server, agent and then the machines; returns once the agent hears them.
   *
   * @param folder where everything is kept, new or of an earlier trial
   * @param seed of what the machines do
   */
  public static Trial start(
      Home home, Path folder, Server.Settings settings, InstantSource clock, long seed)
      throws IOException, InterruptedException {
    Path lines = folder.resolve("lines");
    Files.createDirectories(folder);
    Workshop workshop = Workshop.lay(lines);
    Server server = null;
    Child agent = null;
    try {
      server = Server.start(home, folder.resolve("server"), settings);
      boolean embedded = settings.broker().equals("embedded");
      String broker = embedded ? "tcp://127.0.0.1:" + server.mqttPort() : settings.broker();
      AgentFile.write(agentFile(folder), SITE, broker, folder.resolve("agent"), lines);
      agent = home.agent(agentFile(folder), folder.resolve("agent.log"));
      Trial trial = new Trial(home, folder, settings, clock, workshop, server, agent);
      trial.awaitAgent();
      trial.begin(seed);
      return trial;
    } catch (IOException | InterruptedException | RuntimeException e) {
      workshop.close();
      if (agent != null) {
        agent.kill();
      }
      if (server != null) {
        server.child().kill();
      }
      throw e;
    }
  }

  public Server server() {
    return server;
  }

  public Child agent() {
    return agent;
  }

  /** When the machines were switched on. */
  public Instant begun() {
    return begun;
  }

  public List<String> machines() {
    return List.of(Workshop.PRESS, Workshop.FILLER);
  }

  /**
   * @throws IOException when a process ended or a machine fell silent
   */
  public void mustRun() throws IOException {
    server.child().mustLive();
    agent.mustLive();
    workshop.mustSpeak();
  }

  /** Starts the agent anew after its kill. */
  public void restartAgent() throws IOException {
    agent = home.agent(agentFile(folder), folder.resolve("agent.log"));
  }

  /** Starts the server anew after its kill, on the same ports, and waits until it answers. */
  public void restartServer() throws IOException, InterruptedException {
    Server.Settings same =
        new Server.Settings(
            settings.site(), server.httpPort(), server.mqttPort(), settings.broker());
    server = Server.start(home, folder.resolve("server"), same);
  }

  /**
   * Switches the machines off and waits until everything that they said is read and acknowledged.
   *
   * @throws IOException when that takes longer than {@code patience}
   */
  public void drain(Duration patience) throws IOException, InterruptedException {
    workshop.stop();
    workshop.mustSpeak();
    boolean read =
        Waiting.until(
            patience,
            () -> {
              agent.mustLive();
              return !workshop.hasUnread();
            });
    Instant silent = clock.instant().plus(Duration.ofMillis(1500));
    boolean drained =
        Waiting.until(
            patience,
            () -> {
              agent.mustLive();
              server.child().mustLive();
              Optional<AgentState> state = agentState();
              return state.isPresent()
                  && state.get().at().isAfter(silent)
                  && state.get().isDrained();
            });
    if (!read || !drained) {
      throw new IOException(
          "the agent is not done after "
              + patience.toSeconds()
              + " s: "
              + agentState().map(AgentState::problem).orElse("it has no status"));
    }
  }

  /** Compares the ledger with the store. */
  public Report check() throws IOException, InterruptedException {
    RestApi api = server.api();
    List<Entry> produced = Ledger.read(Workshop.ledger(folder.resolve("lines")));
    Map<String, List<Sample>> stored = new LinkedHashMap<>();
    for (String machine : machines()) {
      for (String signal : api.signals(machine)) {
        stored.put(machine + '/' + signal, api.samples(machine, signal));
      }
    }
    return Checker.check(produced, stored, declared());
  }

  /** Messages that the agent declared lost, by sensor; only numbers that it knows. */
  public Map<String, Long> declared() throws IOException, InterruptedException {
    Map<String, Long> declared = new TreeMap<>();
    Instant from = begun.minus(Duration.ofDays(1));
    for (RestApi.Loss loss : server.api().losses(from, clock.instant().plusSeconds(60))) {
      if (loss.count() > 0) {
        declared.merge(loss.source(), loss.count(), Long::sum);
      }
    }
    return declared;
  }

  /** Ends machines, agent and server, in this order, and then takes the lines away. */
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (Workshop lines = workshop;
        Server last = server;
        Child first = agent) {
      lines.stop();
    }
  }

  private Optional<AgentState> agentState() throws IOException {
    return AgentState.read(folder.resolve("agent"));
  }

  private void awaitAgent() throws IOException, InterruptedException {
    boolean ready =
        Waiting.until(
            AGENT_START,
            () -> {
              agent.mustLive();
              Optional<AgentState> state = agentState();
              return state.isPresent()
                  && state.get().isConnected()
                  && state.get().isReading(Workshop.PRESS_SENSOR)
                  && state.get().isReading(Workshop.FILLER_SENSOR);
            });
    if (!ready) {
      throw new IOException(
          "the agent does not read and publish after "
              + AGENT_START.toSeconds()
              + " s: "
              + agentState().map(AgentState::problem).orElse("it has no status"));
    }
  }

  private void begin(long seed) throws IOException, InterruptedException {
    begun = clock.instant();
    for (Map.Entry<String, Map<String, Object>> machine : Machines.trees(SITE, begun).entrySet()) {
      server.api().putMachine(machine.getKey(), machine.getValue());
    }
    workshop.start(seed, clock, System::nanoTime);
  }

  private static Path agentFile(Path folder) {
    return folder.resolve("agent.yaml");
  }
}
