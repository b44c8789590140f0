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
public final class Bench implements Sink {
  public static final Instant START = Instant.parse("2026-11-24T08:00:00Z");

  public final List<String> readings = new ArrayList<>();
  public final List<Sample> samples = new ArrayList<>();
  public final List<Signal> signals = new ArrayList<>();
  public final List<Loss> losses = new ArrayList<>();
  public final List<Long> marks = new ArrayList<>();
  public final Buses buses = new Buses();
  public final DriverCounters counters = new DriverCounters();
  public Instant now = START;
  public long nanos;
  public boolean isCut;

  public DriverContext context() {
    return context(OptionalLong.empty());
  }

  public DriverContext context(OptionalLong lastDeviceSequence) {
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
  public void pass(long millis) {
    passNanos(millis * 1_000_000);
  }

  public void passNanos(long time) {
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
