package fr.vigie.agent.config;

import fr.vigie.agent.driver.DriverConfig;
import fr.vigie.agent.driver.DriverType;
import fr.vigie.agent.driver.Place;
import fr.vigie.agent.setting.ByteSize;
import fr.vigie.agent.setting.Default;
import fr.vigie.agent.setting.Mistakes;
import fr.vigie.signal.Names;
import fr.vigie.signal.Signal;
import fr.vigie.wire.Payload;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
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
        new AgentConfig.Link(read.broker, read.user, read.passwordFile),
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
    Map<String, Place> occupied = new HashMap<>();
    Map<String, String> described = new HashMap<>();
    Map<String, Node> entries = binder.mapping(node, "sensors");
    entries.forEach(
        (name, entry) -> {
          String path = "sensors." + name;
          if (!Names.isName(name)) {
            binder.problem(entry, path, "'" + name + "'", NAME);
          }
          sensor(name, entry, path)
              .ifPresent(
                  sensor -> {
                    alone(sensor, entry, path, occupied, described);
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
    String machine = read.describe().isEmpty() ? name : read.describe().get(0).machine();
    return Optional.of(new AgentConfig.Sensor(name, machine, read, watched.get().heartbeat));
  }

  private void alone(
      AgentConfig.Sensor sensor,
      Node node,
      String path,
      Map<String, Place> occupied,
      Map<String, String> described) {
    Place place = sensor.driver().place();
    occupied.forEach(
        (other, theirs) -> {
          if (place.hinders(theirs)) {
            binder.problem(
                node,
                path,
                place + ", which sensor '" + other + "' uses",
                place.part().isEmpty() || theirs.part().isEmpty()
                    ? "a device of its own"
                    : place.part().equals(theirs.part())
                        ? "a part of its own"
                        : "the whole bus used alike: " + theirs.manner());
          }
        });
    occupied.put(sensor.name(), place);
    for (Signal signal : sensor.signals()) {
      String name = signal.machine() + '/' + signal.name();
      if (signal.name().startsWith("agent.")) {
        binder.problem(
            node,
            path + ".signals." + signal.name(),
            "'" + signal.name() + "'",
            "a name that does not begin with 'agent.', as the agent's own do");
      }
      String first = described.putIfAbsent(name, sensor.name());
      if (first != null) {
        binder.problem(
            node,
            path + ".signals." + signal.name(),
            name + ", which sensor '" + first + "' gives",
            "each signal of a machine once");
      }
    }
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
      Optional<String> user,
      Optional<Path> passwordFile,
      Path data,
      @Default("5s") Duration head,
      @Default("1s") Duration batch,
      @Default("7d") Duration keep,
      @Default("256MiB") ByteSize outbox,
      @Default("columns") Payload payload,
      @Default("auto") AgentConfig.Clock clock) {
    private static final Duration SHORTEST_BATCH = Duration.ofMillis(50);
    private static final long SMALLEST_OUTBOX = 4L << 20;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration LONGEST_KEPT = Duration.ofDays(366);

    TopLevel {
      String scheme = String.valueOf(broker.getScheme());
      boolean address = (scheme.equals("tcp") || scheme.equals("ssl")) && broker.getHost() != null;
      boolean login = user.isPresent() == passwordFile.isPresent();
      new Mistakes()
          .unless(Names.isName(site), "site", "'" + site + "'", NAME)
          .unless(Names.isName(agent), "agent", "'" + agent + "'", NAME)
          .unless(
              address,
              "broker",
              "'" + withoutUser(broker) + "'",
              "tcp://host:port or ssl://host:port")
          .unless(
              broker.getUserInfo() == null,
              "broker",
              "a user in the address",
              "the keys user and password-file")
          .unless(
              login,
              user.isPresent() ? "password-file" : "user",
              "nothing",
              "user and password-file together")
          .unless(head.compareTo(LONGEST) <= 0, "head", head.toSeconds() + " s", "0 to 5m")
          .unless(
              batch.compareTo(SHORTEST_BATCH) >= 0 && batch.compareTo(LONGEST) <= 0,
              "batch",
              batch.toMillis() + " ms",
              "50ms to 5m")
          .unless(keep.compareTo(LONGEST_KEPT) <= 0, "keep", keep.toDays() + " days", "0 to 366d")
          .unless(
              outbox.bytes() >= SMALLEST_OUTBOX,
              "outbox",
              outbox.bytes() + " bytes",
              "at least 4MiB")
          .refuse();
    }

    private static String withoutUser(URI address) {
      return address.getUserInfo() == null ? address.toString() : "***";
    }
  }
}
