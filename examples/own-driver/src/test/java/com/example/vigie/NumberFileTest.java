package com.example.vigie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.vigie.agent.bus.Buses;
import fr.vigie.agent.config.AgentConfig;
import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.DriverContext;
import fr.vigie.agent.driver.DriverCounters;
import fr.vigie.agent.driver.Sink;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import fr.vigie.wire.Loss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumberFileTest implements Sink {
  private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");

  @TempDir Path folder;
  private final List<Sample> samples = new ArrayList<>();
  private final DriverCounters counters = new DriverCounters();
  private long nanos;

  private AgentConfig.Sensor sensor(String file) {
    return AgentConfig.Sensor.of(
        "board",
        Map.of(
            "driver", "number-file",
            "machine", "pi-1",
            "file", file,
            "signal", "temperature",
            "unit", "Cel",
            "scale", 0.001));
  }

  private DriverContext context() {
    return new DriverContext(
        "board",
        this,
        new Buses(),
        () -> START.plusNanos(nanos),
        () -> nanos,
        time -> nanos += time,
        OptionalLong.empty(),
        false,
        counters);
  }

  @Test
  void theFileIsReadOnceEveryTenSeconds() throws IOException {
    Path file = Files.writeString(folder.resolve("temp"), "41700\n");
    try (Driver driver = sensor(file.toString()).driver().open(context())) {
      while (nanos <= 10_000_000_000L) {
        driver.step();
      }
    }

    assertEquals(
        List.of(Sample.good(START, 41.7), Sample.good(START.plusSeconds(10), 41.7)), samples);
  }

  @Test
  void whatIsNoNumberIsNeverAValue() throws IOException {
    Path file = Files.writeString(folder.resolve("temp"), "warm\n");
    try (Driver driver = sensor(file.toString()).driver().open(context())) {
      driver.step();
    }

    assertEquals(List.of(), samples);
    assertTrue(counters.lastRejection().endsWith("'warm'"));
  }

  @Test
  void mistakesAreToldByTheirKeys() {
    Exception wrong = assertThrows(IllegalArgumentException.class, () -> sensor("temp"));
    assertEquals(
        "sensors.board.file: found 'temp', wanted an absolute path", wrong.getMessage());
    assertThrows(IOException.class, () -> sensor("/not/there").driver().open(context()));
  }

  @Override
  public void accept(Signal signal, Sample sample) {
    samples.add(sample);
  }

  @Override
  public void lost(Loss loss) {}

  @Override
  public void mark(long deviceSequence) {}
}
