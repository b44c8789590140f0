package fr.vigie.agent.health;

import fr.vigie.agent.driver.Finding;
import java.time.Instant;
import java.util.List;

/**
 * How one sensor stands.
 *
 * @param running whether its device is open
 * @param since since when it runs or does not
 * @param problem why it does not run and what to do; empty while it does
 * @param read lines or frames that came
 * @param accepted of them, those that gave samples
 * @param ignored keys that no signal asks for
 * @param rejected lines, frames or values that made no sense
 * @param findings what can be told of it, some seconds old at the most
 */
public record SensorStatus(
    String sensor,
    boolean running,
    Instant since,
    String problem,
    long read,
    long accepted,
    long ignored,
    long rejected,
    List<Finding> findings) {
  public SensorStatus {
    findings = List.copyOf(findings);
  }

  /** The same, since another time. */
  public SensorStatus since(Instant other) {
    return new SensorStatus(
        sensor, running, other, problem, read, accepted, ignored, rejected, findings);
  }
}
