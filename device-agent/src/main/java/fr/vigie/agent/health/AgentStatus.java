package fr.vigie.agent.health;

import fr.vigie.link.CourierStatus;
import java.time.Instant;
import java.util.List;

/** How an agent stands at one moment. */
public record AgentStatus(
    String site,
    String agent,
    Instant started,
    Instant at,
    CourierStatus courier,
    List<SensorStatus> sensors) {
  public AgentStatus {
    sensors = List.copyOf(sensors);
  }
}
