package fr.vigie.server.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.ToDoubleFunction;

/** What ingest counts, under {@code vigie.ingest}. */
final class IngestMeters {
  private final MeterRegistry registry;
  private final Counter samples;
  private final Counter batches;
  private final Counter duplicates;
  private final Counter refused;
  private final Timer ackLag;

  IngestMeters(MeterRegistry registry) {
    this.registry = registry;
    this.samples = counter("samples.stored", "samples made durable");
    this.batches = counter("batches.stored", "batches made durable");
    this.duplicates = counter("batches.duplicate", "batches that were stored before");
    this.refused = counter("batches.refused", "batches that will never be stored");
    this.ackLag =
        Timer.builder("vigie.ingest.ack.lag")
            .description("from a batch's arrival to its acknowledgement")
            .register(registry);
  }

  void stored(int count, long itsSamples) {
    batches.increment(count);
    samples.increment(itsSamples);
  }

  void duplicates(int count) {
    duplicates.increment(count);
  }

  void refused() {
    refused.increment();
  }

  void acknowledged(Duration lag) {
    ackLag.record(lag);
  }

  <T> void gauge(String name, String description, T of, ToDoubleFunction<T> value) {
    Gauge.builder("vigie.ingest." + name, of, value).description(description).register(registry);
  }

  private Counter counter(String name, String description) {
    return Counter.builder("vigie.ingest." + name).description(description).register(registry);
  }
}
