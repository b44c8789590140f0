package fr.vigie.server.live;

import fr.vigie.server.ingest.IngestListener;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.IncomingBatch.Source;
import fr.vigie.time.Span;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * What has arrived lately: which machines, and how far each agent's samples reach. Safe for use by
 * several threads.
 */
@Component
public final class Arrivals implements IngestListener {
  private static final int MOST = 20_000;

  private final InstantSource clock;
  private final Map<Source, Instant> newest = new ConcurrentHashMap<>();
  private final Map<Source, Lanes> lanes = new ConcurrentHashMap<>();
  private final Set<String> machines = ConcurrentHashMap.newKeySet();

  public Arrivals(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * What an agent sends at once: what is live under its newest epoch, and beside it what waited.
   *
   * @param liveFrom the oldest time in the live lane
   * @param reached how far the other lane has come; as far as {@code liveFrom} when it is empty
   * @param at when the last batch of the other lane came
   */
  record Lanes(long live, Instant liveFrom, Instant reached, Instant at) {
    Lanes and(long epoch, Instant oldest, Instant latest, Instant now) {
      if (epoch > live) {
        return new Lanes(epoch, oldest, oldest, now);
      }
      if (epoch < live) {
        return new Lanes(live, liveFrom, latest, now);
      }
      boolean empty = reached.equals(liveFrom);
      Instant from = oldest.isBefore(liveFrom) ? oldest : liveFrom;
      return new Lanes(live, from, empty ? from : reached, at);
    }

    /** What the other lane has still to tell. */
    Optional<Span> behind() {
      return reached.isBefore(liveFrom)
          ? Optional.of(new Span(reached, liveFrom))
          : Optional.empty();
    }
  }

  @Override
  public void committed(List<IncomingBatch> batches) {
    Instant now = clock.instant();
    for (IncomingBatch batch : batches) {
      Instant first = Instant.MAX;
      Instant last = Instant.MIN;
      for (IncomingBatch.Part part : batch.parts()) {
        if (machines.size() < MOST) {
          machines.add(part.series().machine());
        }
        for (int i = 0; i < part.samples().size(); i++) {
          Instant time = part.samples().time(i);
          first = time.isBefore(first) ? time : first;
          last = time.isAfter(last) ? time : last;
        }
      }
      if (!last.isBefore(first)) {
        seen(batch, first, last, now);
      }
    }
  }

  /** Something was said about the machine that changes its figures. */
  void about(String machine) {
    machines.add(machine);
  }

  /** Whether something arrived for the machine since this was last asked. */
  boolean take(String machine) {
    return machines.remove(machine);
  }

  /** Machines that something arrived for; those that nobody asks for are forgotten. */
  void keepOnly(List<String> names) {
    machines.retainAll(names);
  }

  boolean has(String machine) {
    return machines.contains(machine);
  }

  /** Time of the newest sample of an agent, by the agent's clock. */
  Optional<Instant> newest(Source source) {
    return Optional.ofNullable(newest.get(source));
  }

  /** How an agent's live batches and its backlog stand to each other. */
  Optional<Lanes> lanes(Source source) {
    return Optional.ofNullable(lanes.get(source));
  }

  private void seen(IncomingBatch batch, Instant first, Instant last, Instant now) {
    Source source = batch.source();
    if (newest.size() < MOST || newest.containsKey(source)) {
      newest.merge(source, last, (old, time) -> time.isAfter(old) ? time : old);
      lanes.compute(
          source,
          (key, known) ->
              known == null
                  ? new Lanes(batch.epoch(), first, first, now)
                  : known.and(batch.epoch(), first, last, now));
    }
  }
}
