package fr.vigie.server.ingest;

import fr.vigie.server.store.IncomingBatch.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agents that this server has heard of, at most {@value #MOST_AGENTS}. Safe for several
 * threads.
 */
public final class AgentDirectory {
  static final int MOST_AGENTS = 10_000;

  /** How far an agent's times may be from the server's before that is told, unless set. */
  public static final Duration SKEW_LIMIT = Duration.ofMinutes(2);

  private static final Logger LOG = LoggerFactory.getLogger(AgentDirectory.class);
  private static final Duration ALARM_LASTS = Duration.ofHours(1);

  private final InstantSource clock;
  private final Map<Source, AgentSeen> agents = new ConcurrentHashMap<>();
  private final Skews skews;
  private final Map<Source, Alarm> alarms = new ConcurrentHashMap<>();

  /** Of agents that nobody has heard of yet, with {@link #SKEW_LIMIT}. */
  public AgentDirectory(InstantSource clock) {
    this(clock, SKEW_LIMIT);
  }

  /**
   * With what agents said of themselves in the past.
   *
   * @param folder in which a server keeps births
   * @param skewLimit how far an agent's times may be from the server's before that is told
   */
  public static AgentDirectory open(Path folder, InstantSource clock, Duration skewLimit) {
    AgentDirectory directory = new AgentDirectory(clock, skewLimit);
    Births.of(folder)
        .latest()
        .forEach((source, birth) -> directory.update(source, seen -> seen.born(birth)));
    return directory;
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

  /** What a person has to put right; empty once it was not noticed for an hour. */
  public Optional<Alarm> alarm(Source source) {
    return Optional.ofNullable(alarms.get(source)).filter(this::lasts);
  }

  private boolean lasts(Alarm alarm) {
    return alarm.latest().plus(ALARM_LASTS).isAfter(clock.instant());
  }

  void alarm(Source source, String text) {
    Instant now = clock.instant();
    Optional<Alarm> before = alarm(source);
    if (before.isEmpty()) {
      LOG.error("{}/{}: {}", source.site(), source.agent(), text);
    }
    if (alarms.size() < MOST_AGENTS || alarms.containsKey(source)) {
      alarms.put(source, new Alarm(before.map(Alarm::since).orElse(now), now, text));
    }
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
