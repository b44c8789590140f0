package fr.vigie.server.diagnosis;

import fr.vigie.server.plant.Machine;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Which agent watches a machine, and whether it does now. Safe for use by several threads. */
public interface Presence {
  /** Empty when no agent is known to send the machine's signals. */
  Optional<Watcher> watcher(Machine machine);

  /**
   * @param online whether the agent is connected now
   * @param since when that began, as far as this server knows
   * @param current whether all that the agent saw up to now has arrived: it is connected, and has
   *     sent something dated since
   * @param heard when something last came of it, by the server's clock
   * @param seenUntil time of the newest sample of any of its signals
   * @param signals names of every signal of the machine that it sends
   */
  record Watcher(
      String agent,
      boolean online,
      Instant since,
      boolean current,
      Optional<Instant> heard,
      Optional<Instant> seenUntil,
      Set<String> signals) {
    public Watcher {
      signals = Set.copyOf(signals);
    }
  }
}
