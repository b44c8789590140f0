package fr.vigie.server.maturity;

import fr.vigie.maturity.Outages;
import fr.vigie.maturity.Promptness;
import fr.vigie.server.ingest.IngestListener;
import fr.vigie.server.store.IncomingBatch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * How readings have come since this server started: how late, and after which silences. Safe for
 * use by several threads.
 */
@Component
public final class Reception implements IngestListener {
  private static final int MOST = 10_000;

  private final InstantSource clock;
  private final Instant since;
  private final Promptness promptness = new Promptness();
  private final Map<IncomingBatch.Source, Outages> outages = new HashMap<>();

  public Reception(InstantSource clock) {
    this.clock = clock;
    this.since = clock.instant();
  }

  @Override
  public synchronized void committed(List<IncomingBatch> batches) {
    Instant now = clock.instant();
    for (IncomingBatch batch : batches) {
      if (outages.size() >= MOST && !outages.containsKey(batch.source())) {
        continue;
      }
      Outages its = outages.computeIfAbsent(batch.source(), first -> new Outages());
      its.came(now);
      for (IncomingBatch.Part part : batch.parts()) {
        for (int i = 0; i < part.samples().size(); i++) {
          Instant time = part.samples().time(i);
          promptness.took(Duration.between(time, now));
          its.dated(time);
        }
      }
    }
  }

  /** When counting began. */
  Instant since() {
    return since;
  }

  synchronized Promptness promptness() {
    return promptness.copy();
  }

  /** The silences of each agent. */
  synchronized Map<IncomingBatch.Source, List<Outages.Outage>> silences() {
    Map<IncomingBatch.Source, List<Outages.Outage>> all = new HashMap<>();
    outages.forEach((source, its) -> all.put(source, its.silences()));
    return all;
  }
}
