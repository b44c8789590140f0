package fr.vigie.server.live;

import fr.vigie.server.diagnosis.Presence;
import fr.vigie.server.ingest.AgentDirectory;
import fr.vigie.server.ingest.AgentSeen;
import fr.vigie.server.store.IncomingBatch.Source;
import fr.vigie.server.store.Series;
import fr.vigie.signal.Signal;
import fr.vigie.time.Span;
import fr.vigie.wire.Birth;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Which agent watches which machine, from the births and last words of agents. What an agent saw
 * before it was cut off arrives late; until something dated after its return has come, the time
 * since is not known.
 */
@Component
public final class Watchers implements Presence {
  /** How far an agent's clock may be behind without its samples being taken for old ones. */
  private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(5);

  /** An agent that has a backlog sends some of it at least so often. */
  private static final Duration BACKLOG_PAUSES = Duration.ofSeconds(30);

  private final AgentDirectory directory;
  private final Arrivals arrivals;
  private final InstantSource clock;
  private final Map<Source, Link> links = new ConcurrentHashMap<>();

  public Watchers(AgentDirectory directory, Arrivals arrivals, InstantSource clock) {
    this.directory = directory;
    this.arrivals = arrivals;
    this.clock = clock;
  }

  private record Link(boolean online, Instant since) {}

  @Override
  public Optional<Watcher> watcher(Series series) {
    return directory.agents().stream()
        .filter(agent -> agent.source().site().equals(series.site()))
        .map(agent -> watcher(agent, series.machine()))
        .filter(watcher -> !watcher.signals().isEmpty())
        .max(
            Comparator.comparing((Watcher watcher) -> watcher.signals().contains(series.signal()))
                .thenComparing(Watcher::online)
                .thenComparing(Watcher::since));
  }

  private Watcher watcher(AgentSeen agent, String machine) {
    Link link =
        links.compute(
            agent.source(),
            (source, known) ->
                known != null && known.online() == agent.online()
                    ? known
                    : new Link(agent.online(), since(agent, known == null)));
    Optional<Instant> newest = arrivals.newest(agent.source());
    boolean current =
        link.online()
            && newest.filter(at -> !at.isBefore(link.since().minus(CLOCKS_DIFFER))).isPresent();
    List<Signal> described = agent.birth().map(Birth::signals).orElse(List.of());
    Map<String, Set<String>> sensors = new HashMap<>();
    agent
        .birth()
        .map(Birth::sensors)
        .orElse(Map.of())
        .forEach(
            (sensor, places) ->
                sensors.put(sensor, names(places.stream().map(described::get), machine)));
    return new Watcher(
        agent.source().agent(),
        link.online(),
        link.since(),
        current,
        agent.lastBatch(),
        newest,
        behind(agent.source(), link),
        names(described.stream(), machine),
        sensors);
  }

  /** A backlog that has come lately may have more to come, and so may that of an agent away. */
  private Optional<Span> behind(Source source, Link link) {
    Instant lately = clock.instant().minus(BACKLOG_PAUSES);
    return arrivals
        .lanes(source)
        .filter(it -> !link.online() || it.at().isAfter(lately) || link.since().isAfter(lately))
        .flatMap(Arrivals.Lanes::behind);
  }

  private static Set<String> names(Stream<Signal> signals, String machine) {
    return signals
        .filter(signal -> signal.machine().equals(machine))
        .map(Signal::name)
        .collect(Collectors.toSet());
  }

  private Instant since(AgentSeen agent, boolean first) {
    if (!agent.online()) {
      return agent.lastBatch().orElse(agent.seenSince());
    }
    return first ? agent.seenSince() : clock.instant();
  }
}
