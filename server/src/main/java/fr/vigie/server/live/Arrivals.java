package fr.vigie.server.live;

import fr.vigie.column.Column;
import fr.vigie.server.ingest.IngestListener;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.IncomingBatch.Source;
import fr.vigie.time.Nanos;
import java.time.Instant;
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

  private final Map<Source, Instant> newest = new ConcurrentHashMap<>();
  private final Set<String> machines = ConcurrentHashMap.newKeySet();

  @Override
  public void committed(List<IncomingBatch> batches) {
    for (IncomingBatch batch : batches) {
      for (IncomingBatch.Part part : batch.parts()) {
        if (machines.size() < MOST) {
          machines.add(part.series().machine());
        }
        newest(part.samples()).ifPresent(time -> seen(batch.source(), time));
      }
    }
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

  private void seen(Source source, Instant time) {
    if (newest.size() < MOST || newest.containsKey(source)) {
      newest.merge(source, time, (old, now) -> now.isAfter(old) ? now : old);
    }
  }

  private static Optional<Instant> newest(Column samples) {
    long newest = Long.MIN_VALUE;
    for (int i = 0; i < samples.size(); i++) {
      newest = Math.max(newest, samples.nanos(i));
    }
    return samples.isEmpty() ? Optional.empty() : Optional.of(Nanos.instant(newest));
  }
}
