package fr.vigie.example.trial;

import fr.vigie.example.checker.Report;
import fr.vigie.example.installation.AgentState;
import fr.vigie.example.installation.Child;
import fr.vigie.example.installation.Home;
import fr.vigie.example.installation.Launch;
import fr.vigie.example.installation.Server;
import fr.vigie.example.installation.Waiting;
import fr.vigie.example.ledger.Entry;
import fr.vigie.example.ledger.Ledger;
import fr.vigie.example.terminal.Cable;
import fr.vigie.example.workshop.Workshop;
import fr.vigie.time.Span;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A workshop, an agent and a server in one folder, and the check of what became of every value.
 * Used by one thread, except that any may close it.
 */
public final class Trial implements Closeable {
  public static final String SITE = "demo";
  private static final Duration DESCRIPTION = Duration.ofSeconds(15);
  private static final Duration AGENT_START = Duration.ofSeconds(120);
  private static final Duration SETTLED = Duration.ofMillis(1500);
  private static final Duration HEARD_LATER = Duration.ofSeconds(1);

  private final Home home;
  private final Path folder;
  private final Plan plan;
  private final InstantSource clock;
  private final Workshop workshop;
  private final Map<String, Cable> cables;
  private final List<Span> absences = new ArrayList<>();
  private Server server;
  private Child agent;
  private Instant begun;
  private boolean closed;

  private Trial(
      Home home,
      Path folder,
      Plan plan,
      InstantSource clock,
      Workshop workshop,
      Map<String, Cable> cables,
      Server server,
      Child agent) {
    this.home = home;
    this.folder = folder;
    this.plan = plan;
    this.clock = clock;
    this.workshop = workshop;
    this.cables = cables;
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
    return start(home, folder, Plan.in(folder).server(settings), clock, seed);
  }

  /** The same, laid out as planned. */
  public static Trial start(Home home, Path folder, Plan plan, InstantSource clock, long seed)
      throws IOException, InterruptedException {
    Path lines = folder.resolve("lines");
    Files.createDirectories(folder.resolve("run"));
    Workshop workshop = Workshop.lay(lines);
    Map<String, Cable> cables = new LinkedHashMap<>();
    Server server = null;
    Child agent = null;
    try {
      server = Server.start(home, plan.serverData(), plan.server());
      String own =
          plan.server().isEmbedded()
              ? "tcp://127.0.0.1:" + server.mqttPort()
              : plan.server().broker();
      if (plan.cabled()) {
        Path ports = Files.createDirectories(folder.resolve("ports"));
        for (String machine : List.of(Workshop.PRESS, Workshop.FILLER)) {
          cables.put(machine, workshop.cable(machine, ports.resolve(machine)));
        }
        lines = ports;
      }
      AgentFile.write(
          agentFile(folder),
          SITE,
          plan.broker().isEmpty() ? own : plan.broker(),
          plan.agentData(),
          plan.keys(),
          lines);
      agent = launch(home, folder, plan.agent());
      Trial trial = new Trial(home, folder, plan, clock, workshop, cables, server, agent);
      trial.awaitAgent();
      trial.begin(seed);
      return trial;
    } catch (IOException | InterruptedException | RuntimeException e) {
      for (Cable cable : cables.values()) {
        cable.close();
      }
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

  private static Child launch(Home home, Path folder, Launch launch) throws IOException {
    Files.deleteIfExists(folder.resolve("run/status.json"));
    return home.agent(
        List.of("--config", agentFile(folder).toString()),
        folder.resolve("agent.log"),
        launch.with("RUNTIME_DIRECTORY", folder.resolve("run").toString()));
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

  /** The cable of a machine. */
  public Cable cable(String machine) {
    return Objects.requireNonNull(cables.get(machine), "a trial without cables");
  }

  /** The agent's configuration. */
  public Path agentFile() {
    return agentFile(folder);
  }

  /** What the agent last said of itself. */
  public Optional<AgentState> agentState() throws IOException {
    return AgentState.read(folder.resolve("run"));
  }

  /** Starts the agent anew after its end. */
  public void restartAgent() throws IOException {
    restartAgent(plan.agent());
  }

  /** Starts the agent anew after its end, in another way. */
  public void restartAgent(Launch launch) throws IOException {
    Instant now = clock.instant();
    Instant last = agentState().map(AgentState::at).orElse(now).minus(HEARD_LATER);
    absences.add(0, new Span(last.isBefore(now) ? last : now, now));
    agent = launch(home, folder, launch);
  }

  /** Waits until the agent reads both machines and is connected. */
  public void awaitAgent() throws IOException, InterruptedException {
    Instant from = clock.instant();
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
          "the agent does not read and publish "
              + Duration.between(from, clock.instant()).toSeconds()
              + " s after its start: "
              + agentState().map(AgentState::problem).orElse("it has no status"));
    }
  }

  /** Starts the server anew after its kill, on the same ports, and waits until it answers. */
  public void restartServer() throws IOException, InterruptedException {
    server = Server.start(home, plan.serverData(), samePorts());
  }

  /** Starts the server anew after its kill, on the same ports, and does not wait for it. */
  public void relaunchServer() throws IOException {
    server = Server.launch(home, plan.serverData(), samePorts());
  }

  private Server.Settings samePorts() {
    return new Server.Settings(
        plan.server().site(),
        server.httpPort(),
        server.mqttPort(),
        plan.server().broker(),
        plan.server().authorities());
  }

  /**
   * Switches the machines off and waits until everything that they said is read and acknowledged.
   *
   * @throws IOException when that takes longer than {@code patience}
   */
  public void drain(Duration patience) throws IOException, InterruptedException {
    awaitDescription();
    workshop.stop();
    workshop.mustSpeak();
    boolean read =
        Waiting.until(
            patience,
            () -> {
              agent.mustLive();
              return !hasUnread();
            });
    Instant silent = agentState().map(AgentState::at).orElse(Instant.EPOCH).plus(SETTLED);
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

  /**
   * Lets an agent that has just started, or whose cable was pulled, hear what the controller's
   * frames mean: what it heard before waits for that, or is declared with the controller's next
   * word, and after this there is none.
   */
  private void awaitDescription() throws IOException, InterruptedException {
    long before = accepted();
    Waiting.until(DESCRIPTION, () -> accepted() > before);
  }

  private long accepted() throws IOException {
    return agentState().map(state -> state.accepted(Workshop.PRESS_SENSOR)).orElse(0L);
  }

  private boolean hasUnread() throws IOException {
    boolean unread = workshop.hasUnread();
    for (Cable cable : cables.values()) {
      unread |= cable.waiting();
    }
    return unread;
  }

  /** Compares the ledger with the store. */
  public Report check() throws IOException, InterruptedException {
    List<Entry> produced = Ledger.read(Workshop.ledger(folder.resolve("lines")));
    Instant from = begun.minus(Duration.ofDays(1));
    return new Examination(server.api(), absences)
        .check(produced, machines(), new Span(from, clock.instant().plusSeconds(60)));
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
      for (Cable cable : cables.values()) {
        cable.close();
      }
    }
  }

  private void begin(long seed) throws IOException, InterruptedException {
    begun = clock.instant();
    for (Map.Entry<String, Map<String, Object>> machine : Machines.trees(SITE, begun).entrySet()) {
      server.api().putMachine(machine.getKey(), machine.getValue());
    }
    workshop.start(seed, clock, plan.pace());
  }

  private static Path agentFile(Path folder) {
    return folder.resolve("agent.yaml");
  }
}
