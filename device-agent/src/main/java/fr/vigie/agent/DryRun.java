package fr.vigie.agent;

import fr.vigie.agent.bus.Buses;
import fr.vigie.agent.config.AgentConfig;
import fr.vigie.agent.driver.Finding;
import fr.vigie.agent.health.SensorStatus;
import fr.vigie.agent.refine.Lesson;
import fr.vigie.agent.refine.Notebook;
import fr.vigie.host.Heartbeats;
import fr.vigie.link.Carrier;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import fr.vigie.wire.Loss;
import java.io.Closeable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/**
 * Reads the sensors of a configuration as an agent would, on their real buses, and sends and keeps
 * nothing: what they say goes to a taker, on the sensors' threads.
 */
final class DryRun implements Closeable {
  private static final long LOOK_EVERY = Duration.ofMillis(20).toNanos();

  private final Map<String, SensorRun> sensors = new LinkedHashMap<>();
  private final Workers workers;
  private volatile boolean failed;

  DryRun(List<AgentConfig.Sensor> configured, BiConsumer<Signal, Sample> taker) {
    Buses buses = new Buses();
    Carrier carrier = new Taking(taker);
    this.workers = new Workers(new Heartbeats(System::nanoTime), () -> failed = true);
    for (AgentConfig.Sensor sensor : configured) {
      SensorRun run =
          new SensorRun(
              sensor,
              carrier,
              buses,
              new Forgetful(),
              OptionalLong.empty(),
              false,
              InstantSource.system(),
              System::nanoTime);
      sensors.put(sensor.name(), run);
      workers.repeat("sensor " + sensor.name(), Duration.ofMillis(1), run::step);
    }
  }

  /**
   * Waits until something is so, or the time is over.
   *
   * @throws IllegalStateException when a driver failed for a reason of its own
   */
  void await(Duration longest, BooleanSupplier done) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < longest.toNanos() && !done.getAsBoolean() && !failed) {
      LockSupport.parkNanos(LOOK_EVERY);
    }
    if (failed) {
      throw new IllegalStateException("a driver failed in a way that nobody foresaw, see above");
    }
  }

  SensorStatus status(String sensor) {
    return run(sensor).status();
  }

  /** Stops reading, so that {@link #findings} can be asked for, and closes nothing yet. */
  void halt() {
    workers.stop();
  }

  List<Finding> findings(String sensor) {
    return run(sensor).look();
  }

  /** Empty when nothing was refused. */
  String lastRejection(String sensor) {
    return run(sensor).lastRejection();
  }

  private SensorRun run(String sensor) {
    SensorRun run = sensors.get(sensor);
    if (run == null) {
      throw new IllegalArgumentException("no sensor " + sensor);
    }
    return run;
  }

  @Override
  public void close() {
    workers.stop();
    sensors.values().forEach(SensorRun::close);
  }

  private static final class Forgetful implements Notebook {
    @Override
    public Optional<Lesson> find(Signal signal) {
      return Optional.empty();
    }

    @Override
    public void keep(Signal signal, Lesson lesson) {}
  }

  private record Taking(BiConsumer<Signal, Sample> taker) implements Carrier {
    @Override
    public void accept(Signal signal, Sample sample) {
      taker.accept(signal, sample);
    }

    @Override
    public Sample dated(Sample sample) {
      return sample;
    }

    @Override
    public void lost(Loss loss) {}

    @Override
    public void mark(String sensor, long deviceSequence) {}

    @Override
    public void handedOver() {}
  }
}
