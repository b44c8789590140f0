package fr.vigie.agent;

import fr.vigie.agent.config.AgentConfig;
import fr.vigie.agent.health.AgentStatus;
import fr.vigie.agent.health.StatusFile;
import fr.vigie.link.Broker;
import fr.vigie.link.Courier;
import fr.vigie.link.CourierSettings;
import fr.vigie.link.PahoConnector;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running agent: sensors read on their threads, one courier that carries what they read. A
 * missing port, broker or server does not hinder its start.
 */
public final class Agent implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
  private static final int KEEP_ALIVE_SECONDS = 20;

  private final AgentConfig config;
  private final InstantSource clock = InstantSource.system();
  private final Instant started = clock.instant();
  private final CleanStop cleanStop;
  private final Optional<Instant> cut;
  private final Outbox outbox;
  private final Courier courier;
  private final List<SensorRun> sensors = new ArrayList<>();
  private final StatusFile statusFile;
  private final Workers workers;
  private String statusProblem = "";

  private Agent(AgentConfig config, Path statusFolder, Runnable onFailure) throws IOException {
    this.config = config;
    Files.createDirectories(config.data());
    this.cleanStop = new CleanStop(config.data());
    this.cut = cleanStop.wasCut() ? Optional.of(cleanStop.lastSeen()) : Optional.empty();
    this.outbox = Outbox.open(config.data().resolve("outbox"), outboxSettings(config));
    LOG.info("Outbox: {}", outbox.recovery().message());
    List<Signal> signals =
        config.sensors().values().stream()
            .flatMap(sensor -> sensor.driver().describe().stream())
            .toList();
    Map<String, Long> marks = Courier.lastMarks(outbox);
    this.courier =
        new Courier(
            CourierSettings.of(config.site(), config.agent(), Version.text())
                .with(config.payload(), config.head(), config.batch())
                .keeping(config.keep()),
            signals,
            config.data(),
            outbox,
            new PahoConnector(broker(config), KEEP_ALIVE_SECONDS),
            System::nanoTime,
            clock,
            new SecureRandom());
    for (AgentConfig.Sensor sensor : config.sensors().values()) {
      Long mark = marks.get(sensor.name());
      sensors.add(
          new SensorRun(
              sensor,
              courier,
              mark == null ? OptionalLong.empty() : OptionalLong.of(mark),
              clock,
              System::nanoTime));
    }
    this.statusFile = new StatusFile(statusFolder.resolve("status.json"));
    this.workers = new Workers(onFailure);
  }

  /**
   * Starts an agent.
   *
   * @param statusFolder where {@code status.json} is kept up to date
   * @param onFailure called once if a worker meets what it cannot handle; ends the process
   * @throws IOException when the data folder cannot be used
   */
  public static Agent start(AgentConfig config, Path statusFolder, Runnable onFailure)
      throws IOException {
    Agent agent = new Agent(config, statusFolder, onFailure);
    agent.begin();
    return agent;
  }

  private void begin() throws IOException {
    if (cut.isPresent()) {
      Instant from = cut.get().isAfter(started) ? started : cut.get();
      courier.lost(new Loss("*", new Span(from, started), -1, Loss.Reason.UNCLEAN_STOP));
    }
    cleanStop.started();
    workers.repeat("courier", Duration.ofMillis(50), courier::step);
    for (SensorRun sensor : sensors) {
      workers.repeat("sensor " + sensor.status().sensor(), Duration.ofMillis(1), sensor::step);
    }
    workers.repeat("status", Duration.ofSeconds(1), this::writeStatus);
  }

  private void writeStatus() {
    try {
      statusFile.write(status());
      statusProblem = "";
    } catch (IOException e) {
      String why = "the status cannot be written: " + e.getMessage();
      if (!why.equals(statusProblem)) {
        LOG.warn(why);
      }
      statusProblem = why;
    }
  }

  public AgentStatus status() {
    return new AgentStatus(
        config.site(),
        config.agent(),
        started,
        clock.instant(),
        courier.status(),
        sensors.stream().map(SensorRun::status).toList());
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
        link.broker(), clientId.length() > 64 ? clientId.substring(0, 64) : clientId, login);
  }

  /** Stops in order: sensors first, then everything read is on the disk, then the link. */
  @Override
  public void close() throws IOException {
    workers.stop();
    sensors.forEach(SensorRun::close);
    courier.stop();
    writeStatus();
    outbox.close();
    cleanStop.stopped();
    LOG.info("Stopped in order");
  }
}
