package fr.vigie.server.ingest;

import fr.vigie.server.ingest.Progress.Epoch;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.IncomingBatch.Source;
import fr.vigie.wire.AgentState;
import fr.vigie.wire.Birth;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Books what ingest did: births, agents, dead letters, meters and listeners. For one thread. */
final class Ledger {
  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

  private final Births births;
  private final AgentDirectory agents;
  private final DeadLetters letters;
  private final IngestMeters meters;
  private final Feed feed;
  private final InstantSource clock;
  private final Identities identities = new Identities();
  private boolean birthsFail;

  Ledger(
      Births births,
      AgentDirectory agents,
      DeadLetters letters,
      IngestMeters meters,
      Feed feed,
      InstantSource clock) {
    this.births = births;
    this.agents = agents;
    this.letters = letters;
    this.meters = meters;
    this.feed = feed;
    this.clock = clock;
  }

  void born(Source source, Birth birth) {
    agents.update(source, agent -> agent.born(birth));
    try {
      births.keep(source, birth);
      birthsFail = false;
    } catch (IOException e) {
      if (!birthsFail) {
        LOG.warn(
            "births cannot be kept on disk; after a restart agents will be asked again: {}",
            e.toString());
      }
      birthsFail = true;
    }
  }

  void told(Source source, AgentState state) {
    agents.update(source, agent -> agent.state(state.online(), state.epoch()));
    if (state.online()) {
      identities.online(source, state).ifPresent(trouble -> agents.alarm(source, trouble));
    }
  }

  /** The epoch that an agent is at. */
  Optional<Epoch> epoch(Source source) {
    return agents.agent(source).map(seen -> new Epoch(source, seen.epoch()));
  }

  /** A batch whose identity another one already has. */
  void conflict(Arrival arrival, Epoch epoch, String reason) {
    refused(arrival, epoch, reason);
    agents.alarm(epoch.source(), reason);
  }

  void stored(IncomingBatch batch, int samples) {
    meters.stored(1, samples);
    agents.update(batch.source(), agent -> agent.taken(clock.instant(), batch.epoch(), samples));
  }

  void duplicate(Source source) {
    meters.duplicates(1);
    agents.update(source, AgentSeen::duplicate);
  }

  /** Batches that turned out to be stored already, of which it is not known whose they were. */
  void duplicates(int count) {
    meters.duplicates(count);
  }

  void refused(Arrival arrival, Epoch epoch, String reason) {
    meters.refused();
    letters.add(arrival.topic(), reason, arrival.payload());
    agents.update(epoch.source(), agent -> agent.refused(epoch.epoch()));
  }

  void unreadable(Arrival arrival, String reason) {
    letters.add(arrival.topic(), reason, arrival.payload());
  }

  void committed(List<IncomingBatch> batches) {
    feed.offer(batches);
  }

  void mark(Epoch epoch, long sequence) {
    agents.update(epoch.source(), agent -> agent.mark(epoch.epoch(), sequence));
  }

  void acknowledged(Duration lag) {
    meters.acknowledged(lag);
  }
}
