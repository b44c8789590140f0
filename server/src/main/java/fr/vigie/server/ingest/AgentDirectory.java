package fr.vigie.server.ingest;

import fr.vigie.server.store.IncomingBatch.Source;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * The agents that this server has heard of, at most {@value #MOST_AGENTS}. Safe for several
 * threads.
 */
public final class AgentDirectory {
  static final int MOST_AGENTS = 10_000;

  private final InstantSource clock;
  private final Map<Source, AgentSeen> agents = new ConcurrentHashMap<>();

  public AgentDirectory(InstantSource clock) {
    this.clock = clock;
  }

  /** All of them, by site and name. */
  public List<AgentSeen> agents() {
    return agents.values().stream()
        .sorted(
            Comparator.comparing((AgentSeen agent) -> agent.source().site())
                .thenComparing(agent -> agent.source().agent()))
        .toList();
  }

  public Optional<AgentSeen> agent(Source source) {
    return Optional.ofNullable(agents.get(source));
  }

  void update(Source source, UnaryOperator<AgentSeen> change) {
    if (agents.size() < MOST_AGENTS || agents.containsKey(source)) {
      agents.compute(
          source,
          (key, seen) ->
              change.apply(seen == null ? AgentSeen.first(source, clock.instant()) : seen));
    }
  }
}
