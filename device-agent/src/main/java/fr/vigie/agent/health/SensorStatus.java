package fr.vigie.agent.health;

import fr.vigie.agent.driver.Finding;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
 * @param calibrations of its signals by name, with date and author
 * @param findings what can be told of it, fifteen seconds old at the most
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
    Map<String, String> calibrations,
    List<Finding> findings) {
  public SensorStatus {
    calibrations = Collections.unmodifiableMap(new TreeMap<>(calibrations));
    findings = List.copyOf(findings);
  }

  /** The same, since another time. */
  public SensorStatus since(Instant other) {
    return new SensorStatus(
        sensor, running, other, problem, read, accepted, ignored, rejected, calibrations, findings);
  }
}
