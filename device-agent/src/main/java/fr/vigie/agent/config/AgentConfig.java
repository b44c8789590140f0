package fr.vigie.agent.config;

import fr.vigie.agent.driver.DriverConfig;
import fr.vigie.wire.Payload;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
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
    Map<String, Sensor> sensors) {
  public AgentConfig {
    sensors = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(sensors));
  }

  /** Where the broker is, and who connects. */
  public record Link(URI broker, Optional<String> user, Optional<Path> passwordFile) {}

  /** One sensor of one machine. */
  public record Sensor(String name, String machine, DriverConfig driver) {}
}
