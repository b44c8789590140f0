package fr.vigie.agent;

import fr.vigie.agent.config.AgentConfig;
import fr.vigie.agent.driver.DriverConfig;
import fr.vigie.agent.setting.Mistakes;
import fr.vigie.host.Supervisor;
import fr.vigie.wire.Payload;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Puts together an agent within a program. What is left out is as in a file without that key; the
 * keys are those of docs/reference/agent.md. Not safe for use by several threads.
 */
public final class AgentBuilder {
  private String site = "";
  private String agent = "";
  private Optional<URI> broker = Optional.empty();
  private Optional<Path> authorities = Optional.empty();
  private Optional<String> user = Optional.empty();
  private Optional<Path> passwordFile = Optional.empty();
  private Optional<Path> data = Optional.empty();
  private Duration head = Duration.ofSeconds(5);
  private Duration batch = Duration.ofSeconds(1);
  private Duration keep = Duration.ofDays(7);
  private long outboxBytes = 256L << 20;
  private Payload payload = Payload.COLUMNS;
  private AgentConfig.Clock clock = AgentConfig.Clock.AUTO;
  private final Map<String, AgentConfig.Sensor> sensors = new LinkedHashMap<>();
  private Runnable onFailure = () -> {};

  AgentBuilder() {}

  public AgentBuilder site(String name) {
    site = name;
    return this;
  }

  public AgentBuilder agent(String name) {
    agent = name;
    return this;
  }

  /**
   * @param address {@code tcp://host:port} or {@code ssl://host:port}
   * @throws IllegalArgumentException when it is no address
   */
  public AgentBuilder broker(String address) {
    broker = Optional.of(URI.create(address));
    return this;
  }

  /** A PEM file of who vouches for an {@code ssl} broker; without one, those that Java knows. */
  public AgentBuilder authorities(Path pem) {
    authorities = Optional.of(pem);
    return this;
  }

  public AgentBuilder login(String name, Path secret) {
    user = Optional.of(name);
    passwordFile = Optional.of(secret);
    return this;
  }

  /** The folder of the outbox, this agent's own, kept across restarts. */
  public AgentBuilder data(Path folder) {
    data = Optional.of(folder);
    return this;
  }

  public AgentBuilder head(Duration longest) {
    head = longest;
    return this;
  }

  public AgentBuilder batch(Duration every) {
    batch = every;
    return this;
  }

  public AgentBuilder keep(Duration time) {
    keep = time;
    return this;
  }

  public AgentBuilder outbox(long bytes) {
    outboxBytes = bytes;
    return this;
  }

  public AgentBuilder payload(Payload form) {
    payload = form;
    return this;
  }

  public AgentBuilder clock(AgentConfig.Clock believed) {
    clock = believed;
    return this;
  }

  /** A sensor by its driver's record, one of Vigie's or of your own. */
  public AgentBuilder sensor(String name, DriverConfig driver) {
    return sensor(AgentConfig.Sensor.of(name, driver));
  }

  /**
   * A sensor by the keys that would stand under its name in a file, {@code driver} among them.
   *
   * @throws IllegalArgumentException with everything that is wrong
   */
  public AgentBuilder sensor(String name, Map<String, ?> keys) {
    return sensor(AgentConfig.Sensor.of(name, keys));
  }

  public AgentBuilder sensor(AgentConfig.Sensor sensor) {
    new Mistakes()
        .unless(
            sensors.put(sensor.name(), sensor) == null,
            "sensors." + sensor.name(),
            "the sensor a second time",
            "each sensor once")
        .refuse();
    return this;
  }

  /**
   * Called, on the worker's thread, if one meets what it cannot handle, which is a fault of a
   * driver or of ours: it is logged, that worker has ended, and {@link Agent#status} says so.
   */
  public AgentBuilder onFailure(Runnable action) {
    onFailure = action;
    return this;
  }

  /**
   * @throws IllegalArgumentException with everything that is wrong
   */
  AgentConfig config() {
    new Mistakes()
        .unless(broker.isPresent(), "broker", "nothing", "tcp://host:port or ssl://host:port")
        .unless(data.isPresent(), "data", "nothing", "a folder")
        .refuse();
    return new AgentConfig(
        site,
        agent,
        new AgentConfig.Link(broker.orElseThrow(), authorities, user, passwordFile),
        data.orElseThrow(),
        head,
        batch,
        keep,
        outboxBytes,
        payload,
        clock,
        sensors);
  }

  /**
   * Starts it. A missing port, broker or server hinders nothing. It listens to no signal of the
   * system and ends no process: whoever starts it closes it.
   *
   * @throws IllegalArgumentException with everything that is wrong
   * @throws IOException when the data folder cannot be used, or another agent uses it
   */
  public Agent start() throws IOException {
    AgentConfig config = config();
    Supervisor nobody = Supervisor.of(Map.of(), ProcessHandle.current().pid());
    return Agent.start(config, config.data(), nobody, onFailure);
  }
}
