package fr.vigie.agent.driver;

import fr.vigie.agent.bus.Buses;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import fr.vigie.wire.Loss;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A test bench for drivers: keeps what they hand over, and turns their clock by hand. */
final class Bench implements Sink {
  static final Instant START = Instant.parse("2026-11-24T08:00:00Z");

  final List<String> readings = new ArrayList<>();
  final List<Sample> samples = new ArrayList<>();
  final List<Signal> signals = new ArrayList<>();
  final List<Loss> losses = new ArrayList<>();
  final List<Long> marks = new ArrayList<>();
  final Buses buses = new Buses();
  final DriverCounters counters = new DriverCounters();
  Instant now = START;
  long nanos;
  boolean isCut;

  DriverContext context() {
    return context(OptionalLong.empty());
  }

  DriverContext context(OptionalLong lastDeviceSequence) {
    InstantSource clock = () -> now;
    return new DriverContext(
        "sensor",
        this,
        buses,
        clock,
        () -> nanos,
        this::passNanos,
        lastDeviceSequence,
        isCut,
        counters);
  }

  /** Lets both clocks go on. */
  void pass(long millis) {
    passNanos(millis * 1_000_000);
  }

  void passNanos(long time) {
    now = now.plusNanos(time);
    nanos += time;
  }

  @Override
  public void accept(Signal signal, Sample sample) {
    signals.add(signal);
    samples.add(sample);
    readings.add(signal.name() + '=' + sample.value());
  }

  @Override
  public void lost(Loss loss) {
    losses.add(loss);
  }

  @Override
  public void mark(long deviceSequence) {
    marks.add(deviceSequence);
  }
}
