package fr.vigie.agent;

import fr.vigie.agent.bus.Buses;
import fr.vigie.agent.config.AgentConfig;
import fr.vigie.agent.health.AgentStatus;
import fr.vigie.agent.health.Fill;
import fr.vigie.agent.health.Rate;
import fr.vigie.agent.health.SensorStatus;
import fr.vigie.agent.health.StatusFile;
import fr.vigie.agent.health.Vitals;
import fr.vigie.host.Boot;
import fr.vigie.host.Heartbeats;
import fr.vigie.host.KernelClock;
import fr.vigie.host.Supervisor;
import fr.vigie.host.Watchdog;
import fr.vigie.link.Broker;
import fr.vigie.link.Courier;
import fr.vigie.link.CourierSettings;
import fr.vigie.link.CourierStatus;
import fr.vigie.link.PahoConnector;
import fr.vigie.link.Timekeeper;
import fr.vigie.outbox.Outbox;
import fr.vigie.signal.Signal;
import fr.vigie.time.Span;
import fr.vigie.wire.Loss;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running agent: sensors read on their threads, one courier that carries what they read. A
 * missing port, broker or server does not hinder its start.
 */
public final class Agent implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
  private static final int KEEP_ALIVE_SECONDS = 20;
  private static final long VITALS_EVERY = Duration.ofMinutes(1).toNanos();
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
  private static final long WRITE_EVERY = Duration.ofSeconds(5).toNanos();

  private final AgentConfig config;
  private final CleanStop cleanStop;
  private final Timekeeper timekeeper;
  private final Instant started;
  private final Outbox outbox;
  private final Courier courier;
  private final Buses buses = new Buses();
  private final List<SensorRun> sensors = new ArrayList<>();
  private final StatusFile statusFile;
  private final Heartbeats hearts = new Heartbeats(System::nanoTime);
  private final Supervisor supervisor;
  private final Watchdog watchdog;
  private final Rate rate = new Rate();
  private final Workers workers;
  private final Bell news = new Bell();
  private final Vitals vitals;
  private final OwnSignals own;
  private long vitalsAt = System.nanoTime();
  private long writeAt = System.nanoTime();
  private List<String> written = List.of();
  private final Loss.Reason absence;
  private Optional<Instant> ended;
  private volatile String line = "starting";
  private volatile boolean ready;
  private boolean closed;
  private String statusProblem = "";

  private Agent(AgentConfig config, Path statusFolder, Supervisor supervisor, Runnable onFailure)
      throws IOException {
    this.config = config;
    this.supervisor = supervisor;
    this.watchdog = new Watchdog(supervisor, hearts);
    Broker broker = broker(config);
    Files.createDirectories(config.data());
    this.cleanStop = new CleanStop(config.data());
    this.absence = cleanStop.wasCut() ? Loss.Reason.UNCLEAN_STOP : Loss.Reason.AGENT_STOPPED;
    this.ended = cleanStop.wasCut() ? Optional.of(cleanStop.lastSeen()) : cleanStop.stoppedAt();
    this.timekeeper =
        new Timekeeper(
            config.data().resolve("clock"),
            Boot.id(),
            System::nanoTime,
            InstantSource.system(),
            trusted(config));
    this.started = timekeeper.stamps().instant();
    this.outbox =
        Outbox.open(config.data().resolve("outbox"), outboxSettings(config), timekeeper::now);
    LOG.info("Outbox: {}", outbox.recovery().message());
    this.vitals = new Vitals(config.agent());
    this.statusFile = new StatusFile(statusFolder.resolve("status.json"));
    this.workers = new Workers(hearts, onFailure);
    try {
      Map<String, List<Signal>> signals = new LinkedHashMap<>();
      config.sensors().values().forEach(sensor -> signals.put(sensor.name(), sensor.signals()));
      signals.merge(Vitals.SENSOR, vitals.describe(), Agent::both);
      this.own =
          new OwnSignals(
              signals.values().stream().flatMap(List::stream).toList(),
              timekeeper.stamps(),
              news::ring);
      Map<String, Long> marks = Courier.lastMarks(outbox, config.data());
      this.courier =
          new Courier(
              CourierSettings.of(config.site(), config.agent(), Version.text())
                  .with(config.payload(), config.head(), config.batch())
                  .keeping(config.keep()),
              signals,
              config.data(),
              outbox,
              new PahoConnector(broker, KEEP_ALIVE_SECONDS, news::ring),
              System::nanoTime,
              timekeeper,
              new SecureRandom());
      Lessons lessons = new Lessons(config.data().resolve(Lessons.FOLDER));
      for (AgentConfig.Sensor sensor : config.sensors().values()) {
        sensors.add(run(sensor, lessons, marks));
      }
      begin();
    } catch (IOException | RuntimeException failed) {
      workers.stop();
      outbox.close();
      throw failed;
    }
  }

  private SensorRun run(AgentConfig.Sensor sensor, Lessons lessons, Map<String, Long> marks) {
    Long mark = marks.get(sensor.name());
    return new SensorRun(
        sensor,
        courier,
        buses,
        lessons,
        mark == null ? OptionalLong.empty() : OptionalLong.of(mark),
        cleanStop.wasCut(),
        timekeeper.stamps(),
        System::nanoTime);
  }

  /**
   * An agent within a program of one's own.
   *
   * @see AgentBuilder
   */
  public static AgentBuilder builder() {
    return new AgentBuilder();
  }

  /**
   * Starts an agent.
   *
   * @param statusFolder where {@code status.json} is kept up to date
   * @param supervisor told how it does
   * @param onFailure called once if a worker meets what it cannot handle
   * @throws IOException when the data folder cannot be used
   */
  static Agent start(
      AgentConfig config, Path statusFolder, Supervisor supervisor, Runnable onFailure)
      throws IOException {
    return new Agent(config, statusFolder, supervisor, onFailure);
  }

  /**
   * A signal that the program gives itself, the same object for the same signal. It leaves with the
   * next batch, by the same path as those of sensors.
   *
   * @throws IllegalArgumentException when a sensor gives it, it was asked for with another kind or
   *     unit, or there are more than 20,000
   */
  public OwnSignal signal(Signal signal) {
    return own.signal(signal);
  }

  /** Stamps samples: with the date, or with moments that are dated once the time is known. */
  public InstantSource clock() {
    return timekeeper.stamps();
  }

  private void begin() throws IOException {
    cleanStop.started(ended);
    tellOfAbsence();
    workers.repeat(
        "courier",
        news,
        () -> courier.idle().toNanos(),
        () -> {
          own.step(courier);
          courier.step();
        });
    for (SensorRun sensor : sensors) {
      workers.repeat("sensor " + sensor.status().sensor(), Duration.ofMillis(1), sensor::step);
    }
    workers.repeat("status", LOOK_EVERY, this::look);
    if (supervisor.watchdog().isPresent()) {
      workers.repeat("watchdog", watchdog.every(), this::feed);
    }
  }

  /** Of the time without a run can be told only once it is known when, and by whose clock. */
  private void tellOfAbsence() throws IOException {
    if (ended.isPresent() && timekeeper.isKnown()) {
      Instant now = timekeeper.show(started);
      Instant seen = ended.get();
      Instant last = seen.isBefore(timekeeper.lastKnown()) ? timekeeper.lastKnown() : seen;
      Instant from = last.minus(inMemory());
      Span when = new Span(from.isAfter(now) ? now : from, now);
      courier.lost(new Loss("*", when, -1, absence));
      ended = Optional.empty();
      cleanStop.started(ended);
    }
  }

  /** What a cut takes: readings that waited in memory, or on the disk unforced, when it came. */
  private Duration inMemory() {
    return absence == Loss.Reason.UNCLEAN_STOP ? config.head().plus(config.batch()) : Duration.ZERO;
  }

  private static List<Signal> both(List<Signal> some, List<Signal> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  private void feed() {
    if (ready) {
      watchdog.step(line);
    }
  }

  private void look() {
    AgentStatus status = status();
    line = status.line();
    if (!ready && status.courier().storageProblem().isEmpty()) {
      ready = true;
      supervisor.ready(line);
    }
    List<String> attention = status.attention();
    if (!attention.equals(written) || System.nanoTime() - writeAt >= 0) {
      writeAt = System.nanoTime() + WRITE_EVERY;
      written = attention;
      writeStatus(status);
    }
    if (System.nanoTime() - vitalsAt >= VITALS_EVERY) {
      vitalsAt += VITALS_EVERY;
      vitals.give(status, timekeeper.stamps().instant(), courier::accept);
    }
  }

  private void writeStatus(AgentStatus status) {
    try {
      tellOfAbsence();
      statusFile.write(status);
      statusProblem = "";
    } catch (IOException e) {
      String why = "the status cannot be written: " + e.getMessage();
      if (!why.equals(statusProblem)) {
        LOG.warn(why);
      }
      statusProblem = why;
    }
  }

  /** How it does now. */
  public AgentStatus status() {
    CourierStatus link = courier.status();
    return new AgentStatus(
        config.site(),
        config.agent(),
        timekeeper.show(started),
        timekeeper.now(),
        timekeeper.state(),
        new Fill(
            link.outboxBytes(),
            config.outboxBytes(),
            rate.anHour(System.nanoTime(), link.sealedBytes())),
        link,
        sensors.stream().map(SensorRun::status).map(this::dated).toList(),
        watchdog.stuck().map(Heartbeats.Stuck::toString).orElse(""));
  }

  private SensorStatus dated(SensorStatus sensor) {
    return sensor.since(timekeeper.show(sensor.since()));
  }

  private static BooleanSupplier trusted(AgentConfig config) {
    return switch (config.clock()) {
      case AUTO -> new KernelClock()::isSynchronised;
      case SYSTEM -> () -> true;
    };
  }

  private static Outbox.Settings outboxSettings(AgentConfig config) {
    return new Outbox.Settings(
        config.outboxBytes(), Outbox.Settings.defaults().segmentBytes(), config.keep());
  }

  private static Broker broker(AgentConfig config) throws IOException {
    AgentConfig.Link link = config.link();
    Optional<Broker.Login> login = Optional.empty();
    if (link.user().isPresent()) {
      String secret =
          link.passwordFile().isPresent()
              ? Files.readString(link.passwordFile().get()).strip()
              : "";
      login = Optional.of(new Broker.Login(link.user().get(), secret));
    }
    String clientId = "vigie-" + config.site() + "-" + config.agent();
    return new Broker(
        link.broker(),
        link.authorities(),
        clientId.length() > 64 ? clientId.substring(0, 64) : clientId,
        login);
  }

  /**
   * Stops in order: sensors first, then everything read or given is on the disk, then the link. May
   * take some seconds. A second call does nothing.
   */
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    supervisor.stopping();
    workers.stop();
    sensors.forEach(SensorRun::close);
    own.stop(courier);
    Instant readUntil = timekeeper.show(timekeeper.stamps().instant());
    courier.stop();
    writeStatus(status());
    outbox.close();
    cleanStop.stopped(readUntil);
    LOG.info("Stopped in order");
  }
}
