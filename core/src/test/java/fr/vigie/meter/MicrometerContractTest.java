package fr.vigie.meter;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.tck.MeterRegistryCompatibilityKit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** What Micrometer asks of every registry, by its own tests. */
class MicrometerContractTest extends MeterRegistryCompatibilityKit {
  @Override
  public MeterRegistry registry() {
    return new VigieMeterRegistry(
        "app", step(), signal -> sample -> {}, InstantSource.fixed(Instant.EPOCH), new MockClock());
  }

  @Override
  public Duration step() {
    return Duration.ofSeconds(10);
  }
}
