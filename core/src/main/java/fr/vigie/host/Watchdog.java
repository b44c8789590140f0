package fr.vigie.host;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds the supervisor's watchdog as long as every worker makes progress, and no longer: the
 * process is then killed and started anew. Its step is for a thread of its own.
 */
public final class Watchdog {
  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
  private static final Duration USUAL = Duration.ofSeconds(60);

  private final Supervisor supervisor;
  private final Heartbeats hearts;
  private boolean told;

  public Watchdog(Supervisor supervisor, Heartbeats hearts) {
    this.supervisor = supervisor;
    this.hearts = hearts;
  }

  /** How often to step: four times in the time that the supervisor waits. */
  public Duration every() {
    return supervisor.watchdog().orElse(USUAL).dividedBy(4);
  }

  /** The worker that hinders feeding, if there is one. */
  public Optional<Heartbeats.Stuck> stuck() {
    return hearts.stuck(supervisor.watchdog().orElse(USUAL).dividedBy(2));
  }

  /**
   * @param status a line that says how things are
   */
  public void step(String status) {
    Optional<Heartbeats.Stuck> stuck = stuck();
    if (stuck.isEmpty()) {
      supervisor.alive(status);
      told = false;
      return;
    }
    supervisor.status(stuck.get().toString());
    if (!told) {
      LOG.error(
          "{}: {}",
          stuck.get(),
          supervisor.watchdog().isPresent()
              ? "the watchdog is not fed any more, and the supervisor will start the process anew"
              : "restart the process, and report this");
    }
    told = true;
  }
}
