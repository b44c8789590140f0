package fr.vigie.server.ingest;

import fr.vigie.server.store.IncomingBatch.Source;
import fr.vigie.wire.AgentState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Notices two agents of one name. An agent goes from one epoch to the next and never back; two that
 * throw each other off the broker announce theirs in turn. For one thread.
 */
final class Identities {
  private static final int MOST_AGENTS = 10_000;
  private static final int MOST_EPOCHS = 8;

  private final Map<Source, Map<Long, AgentState>> online = bounded(MOST_AGENTS);

  private static <K, V> Map<K, V> bounded(int most) {
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
      }
    };
  }

  /** What is wrong, for people, when an epoch is back after another one. */
  Optional<String> online(Source source, AgentState state) {
    Map<Long, AgentState> epochs = online.computeIfAbsent(source, first -> bounded(MOST_EPOCHS));
    Optional<AgentState> latest = epochs.values().stream().reduce((before, after) -> after);
    boolean back = epochs.remove(state.epoch()) != null;
    epochs.put(state.epoch(), state);
    return latest
        .filter(other -> back && other.epoch() != state.epoch())
        .map(
            other ->
                "two agents are named "
                    + source.agent()
                    + ": one with epoch "
                    + words(state)
                    + ", one with epoch "
                    + words(other)
                    + ". What both send is stored, each under its epoch. Give one of them another"
                    + " name; if one was copied from the other, run 'agent reset-identity' on the"
                    + " copy");
  }

  private static String words(AgentState state) {
    return Long.toHexString(state.epoch()) + " (connected since " + state.since() + ")";
  }
}
