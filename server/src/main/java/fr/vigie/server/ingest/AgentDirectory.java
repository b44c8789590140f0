package fr.vigie.server.ingest;

import fr.vigie.server.store.IncomingBatch.Source;
import java.time.Duration;
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
  private final Skews skews;

  public AgentDirectory(InstantSource clock) {
    this(clock, IngestService.SKEW_LIMIT);
  }

  AgentDirectory(InstantSource clock, Duration skewLimit) {
    this.clock = clock;
    this.skews = new Skews(skewLimit);
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

  /** What is wrong with an agent's times; nothing when they agree with the server's. */
  public List<Skew> skews(Source source) {
    return skews.of(source);
  }

  Skews skews() {
    return skews;
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
