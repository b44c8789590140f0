package fr.vigie.agent.health;

import fr.vigie.link.CourierStatus;
import fr.vigie.time.ClockState;
import java.time.Instant;
import java.util.List;

/**
 * How an agent stands at one moment.
 *
 * @param stuck the worker that does not come back; empty when all do
 */
public record AgentStatus(
    String site,
    String agent,
    Instant started,
    Instant at,
    ClockState clock,
    Fill fill,
    CourierStatus courier,
    List<SensorStatus> sensors,
    String stuck) {
  public AgentStatus {
    sensors = List.copyOf(sensors);
  }

  /** What somebody should see to; empty when all is well. */
  public List<String> attention() {
    return Attention.of(this);
  }

  /** All of it in a line, for a supervisor. */
  public String line() {
    List<String> attention = attention();
    if (!attention.isEmpty()) {
      return attention.get(0)
          + (attention.size() > 1 ? ", and " + (attention.size() - 1) + " more" : "");
    }
    return sensors.size()
        + " sensors read, "
        + courier.waiting()
        + " batches wait, linked to "
        + courier.broker();
  }
}
