package fr.vigie.server;

import fr.vigie.column.Column;
import fr.vigie.server.ingest.IngestListener;
import fr.vigie.server.store.IncomingBatch;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Component;

/**
 * How agents do, from the signals {@code agent.…} that they send of themselves, as gauges {@code
 * vigie.agent.…} with site and agent.
 */
@Component
class AgentMeters implements IngestListener {
  private static final String PREFIX = "agent.";
  private static final int MOST = 10_000;

  private final MeterRegistry registry;
  private final Map<Key, AtomicReference<Double>> last = new ConcurrentHashMap<>();

  private record Key(IncomingBatch.Source source, String signal) {}

  AgentMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void committed(List<IncomingBatch> batches) {
    for (IncomingBatch batch : batches) {
      for (IncomingBatch.Part part : batch.parts()) {
        Column samples = part.samples();
        String signal = part.series().signal();
        if (signal.startsWith(PREFIX)
            && part.series().machine().equals(batch.source().agent())
            && !samples.isText()
            && !samples.isEmpty()) {
          note(new Key(batch.source(), signal), samples.number(samples.size() - 1));
        }
      }
    }
  }

  private void note(Key key, double value) {
    AtomicReference<Double> known = last.get(key);
    if (known != null) {
      known.set(value);
    } else if (last.size() < MOST) {
      AtomicReference<Double> fresh = new AtomicReference<>(value);
      last.put(key, fresh);
      Gauge.builder("vigie." + key.signal(), fresh, AtomicReference::get)
          .description("what the agent says of itself")
          .tag("site", key.source().site())
          .tag("agent", key.source().agent())
          .register(registry);
    }
  }
}
