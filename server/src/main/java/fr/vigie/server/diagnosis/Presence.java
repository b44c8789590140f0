package fr.vigie.server.diagnosis;

import fr.vigie.server.plant.Machine;
import fr.vigie.server.store.Series;
import fr.vigie.time.Span;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which agent watches a machine, and whether it does now. Safe for use by several threads. */
public interface Presence {
  /** Who sends a signal, or else others of its machine; empty when no agent is known to. */
  Optional<Watcher> watcher(Series series);

  /** Who sends the machine's state. */
  default Optional<Watcher> watcher(Machine machine) {
    return watcher(machine.series(machine.signals().state()));
  }

  /**
   * @param online whether the agent is connected now
   * @param since when that began, as far as this server knows
   * @param current whether all that the agent saw up to now has arrived: it is connected, and has
   *     sent something dated since
   * @param heard when something last came of it, by the server's clock
   * @param seenUntil time of the newest sample of any of its signals
   * @param behind what it saw and has not sent yet, while it sends what is live beside it
   * @param signals names of every signal of the machine that it sends
   * @param sensors which of them each of its sensors gives; empty when it does not say
   */
  record Watcher(
      String agent,
      boolean online,
      Instant since,
      boolean current,
      Optional<Instant> heard,
      Optional<Instant> seenUntil,
      Optional<Span> behind,
      Set<String> signals,
      Map<String, Set<String>> sensors) {
    public Watcher {
      signals = Set.copyOf(signals);
      sensors = Map.copyOf(sensors);
    }

    Hole backlog(Span when) {
      return new Hole(when, HoleReason.BATCHES_MISSING, agent);
    }

    /**
     * Whether what is said of a source concerns a signal. Of a sensor that is not known any more it
     * concerns all.
     *
     * @param source a sensor, a signal, or {@code *}
     */
    boolean concerns(String source, String signal) {
      if (sensors.containsKey(source)) {
        return sensors.getOrDefault(source, Set.of()).contains(signal);
      }
      return source.equals(signal) || !signals.contains(source);
    }
  }
}
