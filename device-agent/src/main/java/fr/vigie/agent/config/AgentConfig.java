package fr.vigie.agent.config;

import fr.vigie.agent.driver.DriverConfig;
import fr.vigie.agent.refine.Refinement;
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
  public AgentConfig {
    sensors = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(sensors));
  }

  /** When the board's own clock is believed. */
  public enum Clock {
    /** Once a time service has set it; until then, and without one, the server is asked. */
    AUTO,
    /** Always: it is a battery-backed clock that somebody looks after. */
    SYSTEM
  }

  /** Where the broker is, and who connects. */
  public record Link(URI broker, Optional<String> user, Optional<Path> passwordFile) {}

  /**
   * One sensor of one machine.
   *
   * @param heartbeat how often its device speaks at the least; a longer silence means that it is
   *     away
   */
  public record Sensor(
      String name, String machine, DriverConfig driver, Optional<Duration> heartbeat) {
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
