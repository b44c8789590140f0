package fr.vigie.agent.config;

import fr.vigie.agent.driver.DriverConfig;
import fr.vigie.agent.refine.Refinement;
import fr.vigie.agent.setting.Mistakes;
import fr.vigie.signal.Names;
import fr.vigie.signal.Signal;
import fr.vigie.wire.Payload;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An agent's configuration, complete and right.
 *
 * @param data the folder of the outbox
 * @param head how long readings may wait in memory only
 * @param batch how often a batch leaves, at the latest
 * @param keep how long what the server has acknowledged is kept, for a server that loses it
 * @param outboxBytes the most that the outbox takes on disk
 * @param clock when the board's clock is believed
 * @param sensors by name, in the order of the file
 */
public record AgentConfig(
    String site,
    String agent,
    Link link,
    Path data,
    Duration head,
    Duration batch,
    Duration keep,
    long outboxBytes,
    Payload payload,
    Clock clock,
    Map<String, Sensor> sensors) {
  static final String NAME =
      "1 to 64 letters, digits, '.', '_' or '-', starting with a letter or digit";
  private static final Duration SHORTEST_BATCH = Duration.ofMillis(50);
  private static final long SMALLEST_OUTBOX = 4L << 20;
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration LONGEST_KEPT = Duration.ofDays(366);

  /**
   * @throws fr.vigie.agent.setting.Mistake with everything that is wrong
   */
  public AgentConfig {
    Mistakes mistakes = new Mistakes();
    check(site, agent, link, head, batch, keep, outboxBytes, mistakes);
    Neighbours neighbours = new Neighbours();
    for (Sensor sensor : sensors.values()) {
      mistakes.unless(
          Names.isName(sensor.name()), "sensors." + sensor.name(), "'" + sensor.name() + "'", NAME);
      neighbours.add(sensor, mistakes);
    }
    mistakes.refuse();
    sensors = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(sensors));
  }

  /** Notes what is wrong, by the keys of the file. */
  static void check(
      String site,
      String agent,
      Link link,
      Duration head,
      Duration batch,
      Duration keep,
      long outboxBytes,
      Mistakes mistakes) {
    URI broker = link.broker();
    String scheme = String.valueOf(broker.getScheme());
    boolean address = (scheme.equals("tcp") || scheme.equals("ssl")) && broker.getHost() != null;
    boolean login = link.user().isPresent() == link.passwordFile().isPresent();
    mistakes
        .unless(Names.isName(site), "site", "'" + site + "'", NAME)
        .unless(Names.isName(agent), "agent", "'" + agent + "'", NAME)
        .unless(
            address,
            "broker",
            "'" + (broker.getUserInfo() == null ? broker.toString() : "***") + "'",
            "tcp://host:port or ssl://host:port")
        .unless(
            broker.getUserInfo() == null,
            "broker",
            "a user in the address",
            "the keys user and password-file")
        .unless(
            link.authorities().isEmpty() || scheme.equals("ssl"),
            "broker-ca",
            "authorities for a connection that is not encrypted",
            "none, or broker: ssl://host:port")
        .unless(
            login,
            link.user().isPresent() ? "password-file" : "user",
            "nothing",
            "user and password-file together")
        .unless(
            !head.isNegative() && head.compareTo(LONGEST) <= 0,
            "head",
            head.toSeconds() + " s",
            "0 to 5m")
        .unless(
            batch.compareTo(SHORTEST_BATCH) >= 0 && batch.compareTo(LONGEST) <= 0,
            "batch",
            batch.toMillis() + " ms",
            "50ms to 5m")
        .unless(
            !keep.isNegative() && keep.compareTo(LONGEST_KEPT) <= 0,
            "keep",
            keep.toDays() + " days",
            "0 to 366d")
        .unless(outboxBytes >= SMALLEST_OUTBOX, "outbox", outboxBytes + " bytes", "at least 4MiB");
  }

  /** When the board's own clock is believed. */
  public enum Clock {
    /** Once a time service has set it; until then, and without one, the server is asked. */
    AUTO,
    /** Always: it is a battery-backed clock that somebody looks after. */
    SYSTEM
  }

  /**
   * Where the broker is, and who connects.
   *
   * @param authorities a PEM file of who vouches for an encrypted broker
   */
  public record Link(
      URI broker, Optional<Path> authorities, Optional<String> user, Optional<Path> passwordFile) {}

  /**
   * One sensor of one machine.
   *
   * @param heartbeat how often its device speaks at the least; a longer silence means that it is
   *     away
   */
  public record Sensor(
      String name, String machine, DriverConfig driver, Optional<Duration> heartbeat) {
    /** A sensor that may be silent for any time. */
    public static Sensor of(String name, DriverConfig driver) {
      return new Sensor(name, machine(name, driver), driver, Optional.empty());
    }

    /**
     * A sensor by its keys, as they stand under its name in the file. Maps and collections take the
     * place of nested keys and lists; other values may be texts as in the file, or numbers, paths,
     * durations.
     *
     * @throws fr.vigie.agent.setting.Mistake with everything that is wrong
     */
    public static Sensor of(String name, Map<String, ?> keys) {
      return ConfigReader.sensor(name, keys);
    }

    static String machine(String name, DriverConfig driver) {
      return driver.describe().isEmpty() ? name : driver.describe().get(0).machine();
    }

    /** What becomes of the readings of each signal that the driver hands over. */
    public Map<Signal, Refinement> refinements() {
      Map<String, Refinement> refinements = driver.refinements();
      Map<Signal, Refinement> all = new LinkedHashMap<>();
      for (Signal signal : driver.describe()) {
        all.put(signal, refinements.getOrDefault(signal.name(), Refinement.NONE));
      }
      return all;
    }

    /**
     * The signals that leave.
     *
     * @throws IllegalArgumentException when the name or unit of one is too long
     */
    public List<Signal> signals() {
      return refinements().entrySet().stream()
          .flatMap(each -> each.getValue().gives(each.getKey()).stream())
          .toList();
    }
  }
}
