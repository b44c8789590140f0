package fr.vigie.agent.config;

import fr.vigie.agent.config.ConfigException.Problem;
import fr.vigie.agent.driver.DriverConfig;
import fr.vigie.agent.driver.DriverType;
import fr.vigie.agent.setting.ByteSize;
import fr.vigie.agent.setting.Default;
import fr.vigie.agent.setting.Mistake;
import fr.vigie.agent.setting.Mistakes;
import fr.vigie.signal.Names;
import fr.vigie.wire.Payload;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads {@code agent.yaml}. Touches no device and no network. */
public final class ConfigReader {
  private final Path file;
  private final Binder binder = new Binder();
  private final Map<String, DriverType> drivers = new TreeMap<>();

  private ConfigReader(Path file) {
    this.file = file;
    for (DriverType type : ServiceLoader.load(DriverType.class)) {
      drivers.put(type.name(), type);
    }
  }

  /**
   * @throws ConfigException with every mistake of the file
   */
  public static AgentConfig read(Path file) throws ConfigException {
    return new ConfigReader(file).read();
  }

  /** A sensor by keys that come from no file. */
  static AgentConfig.Sensor sensor(String name, Map<String, ?> keys) {
    ConfigReader reader = new ConfigReader(Path.of("sensors"));
    Optional<AgentConfig.Sensor> sensor = reader.sensor(name, Keys.node(keys), "sensors." + name);
    Mistakes mistakes = new Mistakes();
    for (Problem problem : reader.binder.problems()) {
      mistakes.unless(false, problem.key(), problem.found(), problem.wanted());
    }
    mistakes.refuse();
    return sensor.orElseThrow(() -> new Mistake("sensors." + name, "nothing", "a sensor's keys"));
  }

  /** A duration as a file writes it, such as 500ms, 10s or 5m; empty when it is none. */
  public static Optional<Duration> duration(String text) {
    return Scalars.read(Duration.class, text).map(Duration.class::cast);
  }

  private AgentConfig read() throws ConfigException {
    Node root = YamlFile.read(file, "the agent's configuration (--config)");
    Map<String, Node> entries = binder.mapping(root, "");
    Optional<Node> sensorNode = Optional.ofNullable(entries.remove("sensors"));
    Optional<TopLevel> top = binder.record(TopLevel.class, root, entries, "", Set.of("sensors"));
    Map<String, AgentConfig.Sensor> sensors = new LinkedHashMap<>();
    if (sensorNode.isEmpty()) {
      binder.problem(root, "sensors", "nothing", "at least one sensor");
    } else {
      sensors.putAll(sensors(sensorNode.get()));
    }
    if (!binder.problems().isEmpty() || top.isEmpty()) {
      throw new ConfigException(
          file, binder.problems().stream().sorted((a, b) -> a.line() - b.line()).toList());
    }
    TopLevel read = top.get();
    return new AgentConfig(
        read.site,
        read.agent,
        new AgentConfig.Link(read.broker, read.brokerCa, read.user, read.passwordFile),
        read.data,
        read.head,
        read.batch,
        read.keep,
        read.outbox.bytes(),
        read.payload,
        read.clock,
        sensors);
  }

  private Map<String, AgentConfig.Sensor> sensors(Node node) {
    Map<String, AgentConfig.Sensor> sensors = new LinkedHashMap<>();
    Neighbours neighbours = new Neighbours();
    Map<String, Node> entries = binder.mapping(node, "sensors");
    entries.forEach(
        (name, entry) -> {
          String path = "sensors." + name;
          if (!Names.isName(name)) {
            binder.problem(entry, path, "'" + name + "'", AgentConfig.NAME);
          }
          sensor(name, entry, path)
              .ifPresent(
                  sensor -> {
                    Mistakes mistakes = new Mistakes();
                    neighbours.add(sensor, mistakes);
                    mistakes
                        .all()
                        .forEach(it -> binder.problem(entry, it.key(), it.found(), it.wanted()));
                    sensors.put(name, sensor);
                  });
        });
    if (entries.isEmpty() && binder.problems().isEmpty()) {
      binder.problem(node, "sensors", "nothing", "at least one sensor");
    }
    return sensors;
  }

  private Optional<AgentConfig.Sensor> sensor(String name, Node node, String path) {
    Map<String, Node> entries = binder.mapping(node, path);
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    Optional<Node> driver = Optional.ofNullable(entries.remove("driver"));
    String wanted = "one of " + String.join(", ", drivers.keySet());
    if (driver.isEmpty()) {
      binder.problem(node, path + ".driver", "nothing", wanted);
      return Optional.empty();
    }
    Optional<DriverType> type =
        driver.get() instanceof ScalarNode scalar
            ? Optional.ofNullable(drivers.get(scalar.getValue()))
            : Optional.empty();
    if (type.isEmpty()) {
      binder.problem(driver.get(), path + ".driver", Binder.describe(driver.get()), wanted);
      return Optional.empty();
    }
    Map<String, Node> own = new LinkedHashMap<>();
    Optional.ofNullable(entries.remove("heartbeat")).ifPresent(it -> own.put("heartbeat", it));
    Optional<Watched> watched = binder.record(Watched.class, node, own, path);
    Optional<? extends DriverConfig> config =
        binder.record(type.get().config(), node, entries, path, Set.of("driver", "heartbeat"));
    if (watched.isEmpty() || config.isEmpty()) {
      return Optional.empty();
    }
    DriverConfig read = config.get();
    return Optional.of(
        new AgentConfig.Sensor(
            name, AgentConfig.Sensor.machine(name, read), read, watched.get().heartbeat));
  }

  private static final String NAME =
      "1 to 64 letters, digits, '.', '_' or '-', starting with a letter or digit";

  /** What is said of a sensor whatever its driver. */
  private record Watched(Optional<Duration> heartbeat) {
    Watched {
      boolean sane = heartbeat.isEmpty() || heartbeat.get().compareTo(Duration.ofSeconds(1)) >= 0;
      new Mistakes()
          .unless(
              sane, "heartbeat", heartbeat.orElse(Duration.ZERO).toMillis() + " ms", "at least 1s")
          .refuse();
    }
  }

  private record TopLevel(
      String site,
      String agent,
      URI broker,
      Optional<Path> brokerCa,
      Optional<String> user,
      Optional<Path> passwordFile,
      Path data,
      @Default("5s") Duration head,
      @Default("1s") Duration batch,
      @Default("7d") Duration keep,
      @Default("256MiB") ByteSize outbox,
      @Default("columns") Payload payload,
      @Default("auto") AgentConfig.Clock clock) {
    TopLevel {
      Mistakes mistakes = new Mistakes();
      AgentConfig.Link link = new AgentConfig.Link(broker, brokerCa, user, passwordFile);
      AgentConfig.check(site, agent, link, head, batch, keep, outbox.bytes(), mistakes);
      mistakes.refuse();
    }
  }
}
