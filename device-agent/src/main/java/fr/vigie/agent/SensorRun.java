package fr.vigie.agent;

import fr.vigie.agent.bus.Buses;
import fr.vigie.agent.config.AgentConfig;
import fr.vigie.agent.driver.Diagnosable;
import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.DriverContext;
import fr.vigie.agent.driver.DriverCounters;
import fr.vigie.agent.driver.Finding;
import fr.vigie.agent.driver.Sink;
import fr.vigie.agent.health.SensorStatus;
import fr.vigie.agent.refine.Refiner;
import fr.vigie.link.Carrier;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import fr.vigie.wire.Loss;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one sensor read: opens its device, lets its driver step, and after a failure tries again,
 * each time a little later. A failure is told once, not at every attempt.
 */
final class SensorRun {
  private static final Logger LOG = LoggerFactory.getLogger(SensorRun.class);
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final long FIRST_LOOK = Duration.ofSeconds(1).toNanos();
  private static final long LOOK_EVERY = Duration.ofSeconds(5).toNanos();

  private final AgentConfig.Sensor sensor;
  private final Carrier courier;
  private final InstantSource clock;
  private final LongSupplier monotonic;
  private final Map<Signal, Refiner> refiners;
  private final Buses buses;
  private final DriverCounters counters = new DriverCounters();
  private final Outages outages;
  private Optional<Driver> driver = Optional.empty();
  private OptionalLong deviceSequence;
  private Optional<Instant> lastSample = Optional.empty();
  private long lastRead;
  private long lastRejected;
  private Duration wait = FIRST_WAIT;
  private long retryAt;
  private long lookAt;
  private long openings;
  private long gaps;
  private long missed;
  private volatile Instant since;
  private volatile String problem = "not opened yet";
  private volatile List<Finding> findings = List.of();

  SensorRun(
      AgentConfig.Sensor sensor,
      Carrier courier,
      Buses buses,
      OptionalLong lastDeviceSequence,
      InstantSource clock,
      LongSupplier monotonic) {
    this.sensor = sensor;
    this.courier = courier;
    this.buses = buses;
    this.refiners = sensor.refiners();
    this.deviceSequence = lastDeviceSequence;
    this.clock = clock;
    this.monotonic = monotonic;
    this.since = clock.instant();
    this.retryAt = monotonic.getAsLong();
    this.lookAt = retryAt + FIRST_LOOK;
    this.outages = new Outages(sensor.name(), sensor.heartbeat(), courier::lost, since, retryAt);
  }

  /** Opens the device if that is due, or reads it for a moment. */
  void step() {
    try {
      if (driver.isPresent() || monotonic.getAsLong() - retryAt >= 0) {
        read();
      }
    } catch (IOException e) {
      courier.handedOver();
      failed(String.valueOf(e.getMessage()));
    }
    long now = monotonic.getAsLong();
    outages.step(now);
    if (now - lookAt >= 0) {
      lookAt = now + LOOK_EVERY;
      findings = look();
    }
  }

  /** What can be told of the sensor. For the thread that steps, or when none does. */
  List<Finding> look() {
    List<Finding> found =
        new ArrayList<>(new Checkup(counters, problem, openings, gaps, missed).findings());
    if (driver.isPresent() && driver.get() instanceof Diagnosable device) {
      found.addAll(device.findings());
    }
    return found;
  }

  private void read() throws IOException {
    if (driver.isEmpty()) {
      driver = Optional.of(sensor.driver().open(context()));
      LOG.info("{}: reading", sensor.name());
      since = clock.instant();
      problem = "";
      openings++;
      wait = FIRST_WAIT;
      outages.opened(monotonic.getAsLong());
    }
    driver.get().step();
    listen();
    courier.handedOver();
  }

  /** Noticed: whether the device spoke, or has been silent for too long. */
  private void listen() {
    long read = counters.read();
    long rejected = counters.rejected();
    boolean spoke = read - lastRead > rejected - lastRejected;
    lastRead = read;
    lastRejected = rejected;
    if (spoke) {
      outages.heard(lastSample, monotonic.getAsLong());
      lastSample = Optional.empty();
    }
    if (outages.isSilent() && problem.isEmpty()) {
      since = clock.instant();
      problem =
          "the device is open and says nothing, for longer than its heartbeat of "
              + sensor.heartbeat().orElse(Duration.ZERO).toSeconds()
              + " s: is it switched on and sending?";
      LOG.warn("{}: {}", sensor.name(), problem);
    } else if (spoke && !problem.isEmpty()) {
      since = clock.instant();
      problem = "";
      LOG.info("{}: heard again", sensor.name());
    }
  }

  private void failed(String why) {
    closeDevice();
    outages.failed(monotonic.getAsLong());
    if (!why.equals(problem)) {
      LOG.warn("{}: {}", sensor.name(), why);
      since = clock.instant();
      problem = why;
    }
    retryAt = monotonic.getAsLong() + wait.toNanos();
    Duration longer = wait.multipliedBy(2);
    wait = longer.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : longer;
  }

  /** Closes the device, and declares what is still to be told of it. */
  void close() {
    closeDevice();
    outages.stop(monotonic.getAsLong());
  }

  private void closeDevice() {
    try {
      if (driver.isPresent()) {
        driver.get().close();
      }
    } catch (IOException e) {
      LOG.debug("{}: {}", sensor.name(), e.getMessage());
    }
    driver = Optional.empty();
  }

  private DriverContext context() {
    return new DriverContext(
        sensor.name(),
        new ToCourier(),
        buses,
        clock,
        monotonic,
        LockSupport::parkNanos,
        deviceSequence,
        counters);
  }

  /** Why the last refused thing made no sense; empty when none was. */
  String lastRejection() {
    return counters.lastRejection();
  }

  SensorStatus status() {
    return new SensorStatus(
        sensor.name(),
        problem.isEmpty(),
        since,
        problem,
        counters.read(),
        counters.accepted(),
        counters.ignored(),
        counters.rejected(),
        findings);
  }

  private final class ToCourier implements Sink {
    @Override
    public void accept(Signal signal, Sample sample) {
      Refiner refiner = refiners.get(signal);
      if (refiner == null) {
        throw new IllegalStateException(sensor.name() + " gives " + signal + ", not described");
      }
      refiner.accept(sample, this::leave);
      lastSample = Optional.of(sample.time());
    }

    private void leave(Signal signal, Sample sample) {
      courier.accept(signal, sample);
      counters.countAccepted();
    }

    @Override
    public void lost(Loss loss) {
      if (loss.reason() == Loss.Reason.DEVICE_GAP) {
        gaps++;
        missed += Math.max(0, loss.count());
      }
      courier.lost(loss);
    }

    @Override
    public void mark(long sequence) {
      deviceSequence = OptionalLong.of(sequence);
      courier.mark(sensor.name(), sequence);
    }
  }
}
