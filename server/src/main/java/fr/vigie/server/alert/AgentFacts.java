package fr.vigie.server.alert;

import fr.vigie.condition.Judgement;
import fr.vigie.server.ingest.AgentDirectory;
import fr.vigie.server.ingest.AgentSeen;
import fr.vigie.server.ingest.Skew;
import fr.vigie.server.plant.Plant;
import fr.vigie.server.store.IncomingBatch.Source;
import fr.vigie.server.store.Store;
import fr.vigie.time.Span;
import fr.vigie.wire.Loss;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** How the conditions stand that are about agents. */
@Component
class AgentFacts {
  private final Plant plant;
  private final AgentDirectory directory;
  private final Store store;
  private final Instant started;

  AgentFacts(Plant plant, AgentDirectory directory, Store store, InstantSource clock) {
    this.plant = plant;
    this.directory = directory;
    this.store = store;
    this.started = clock.instant();
  }

  List<String> subjects(Rule rule) {
    TreeSet<String> names = new TreeSet<>(rule.subjects());
    for (AgentSeen agent : directory.agents()) {
      if (agent.source().site().equals(plant.site()) && rule.concerns(agent.source().agent())) {
        names.add(agent.source().agent());
      }
    }
    return List.copyOf(names);
  }

  List<Turn> turns(Rule rule, String agent, Span asked) throws IOException {
    Source source = new Source(plant.site(), agent);
    if (rule.condition() instanceof Condition.Losses) {
      return ofLosses(source, asked);
    }
    Optional<AgentSeen> seen = directory.agent(source);
    if (rule.condition() instanceof Condition.Silent) {
      return ofSilence(rule, seen);
    }
    Optional<Instant> wrong =
        directory.skews(source).stream().map(Skew::since).min(Comparator.naturalOrder());
    if (wrong.isPresent()) {
      return List.of(new Turn(wrong.get(), Judgement.BAD));
    }
    return seen.isPresent() ? List.of(new Turn(asked.end(), Judgement.FINE)) : List.of();
  }

  /** An agent that was not heard since the server's start is silent since then, if it is named. */
  private List<Turn> ofSilence(Rule rule, Optional<AgentSeen> seen) {
    Optional<Instant> heard = seen.flatMap(AgentSeen::lastBatch);
    if (heard.isPresent()) {
      return List.of(new Turn(heard.get(), Judgement.FINE), new Turn(heard.get(), Judgement.BAD));
    }
    return rule.subjects().isEmpty() && seen.isEmpty()
        ? List.of()
        : List.of(new Turn(started, Judgement.BAD));
  }

  /** An agent that is stopped in order loses nothing that it was asked to read. */
  private List<Turn> ofLosses(Source source, Span asked) throws IOException {
    List<Span> lost =
        store.losses(source.site(), asked).stream()
            .filter(it -> it.source().equals(source))
            .filter(it -> it.loss().reason() != Loss.Reason.AGENT_STOPPED)
            .map(it -> it.loss().when())
            .toList();
    List<Turn> turns = new ArrayList<>(List.of(new Turn(asked.start(), Judgement.FINE)));
    for (Span span : Turn.union(lost)) {
      Instant start = span.start().isBefore(asked.start()) ? asked.start() : span.start();
      turns.add(new Turn(start, Judgement.BAD));
      turns.add(new Turn(span.end(), Judgement.FINE));
    }
    return turns;
  }
}
