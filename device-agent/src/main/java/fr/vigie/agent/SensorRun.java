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
import fr.vigie.agent.refine.Notebook;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
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
  private static final long REFINE_EVERY = Duration.ofMillis(100).toNanos();
  private static final long FIRST_LOOK = Duration.ofSeconds(1).toNanos();
  private static final long LOOK_EVERY = Duration.ofSeconds(15).toNanos();

  private final AgentConfig.Sensor sensor;
  private final Carrier courier;
  private final InstantSource clock;
  private final LongSupplier monotonic;
  private final Map<Signal, Refiner> refiners = new HashMap<>();
  private final List<Refiner> waiting = new ArrayList<>();
  private final Map<String, String> calibrations = new TreeMap<>();
  private final Buses buses;
  private final DriverCounters counters = new DriverCounters();
  private final Outages outages;
  private Optional<Driver> driver = Optional.empty();
  private OptionalLong deviceSequence;
  private boolean isCut;
  private Optional<Instant> lastSample = Optional.empty();
  private long lastRead;
  private long lastRejected;
  private boolean senseless;
  private final Refusals refusals = new Refusals();
  private final CounterFalls falls = new CounterFalls();
  private Duration wait = FIRST_WAIT;
  private long openedAt;
  private boolean spoken;
  private boolean inVain;
  private long retryAt;
  private long refineAt;
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
      Notebook notebook,
      OptionalLong lastDeviceSequence,
      boolean isCut,
      InstantSource clock,
      LongSupplier monotonic) {
    this.sensor = sensor;
    this.courier = courier;
    this.buses = buses;
    sensor
        .refinements()
        .forEach(
            (signal, refinement) -> {
              Refiner refiner = new Refiner(signal, refinement, notebook, this::leave);
              refiners.put(signal, refiner);
              if (!refiner.isPlain()) {
                waiting.add(refiner);
              }
              refinement
                  .calibrate()
                  .ifPresent(it -> calibrations.put(signal.name(), it.toString()));
            });
    calibrations.forEach(
        (signal, words) -> LOG.info("{}: {} calibrated at {}", sensor.name(), signal, words));
    this.deviceSequence = lastDeviceSequence;
    this.isCut = isCut;
    this.clock = clock;
    this.monotonic = monotonic;
    this.since = clock.instant();
    this.retryAt = monotonic.getAsLong();
    this.refineAt = retryAt;
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
      failed(String.valueOf(e.getMessage()));
      courier.handedOver();
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
    falls.finding().ifPresent(found::add);
    if (driver.isPresent() && driver.get() instanceof Diagnosable device) {
      found.addAll(device.findings());
    }
    return found;
  }

  private void read() throws IOException {
    if (driver.isEmpty()) {
      driver = Optional.of(sensor.driver().open(context()));
      openings++;
      openedAt = monotonic.getAsLong();
      spoken = false;
      if (!inVain) {
        reading();
      }
      outages.opened(openedAt);
    }
    driver.get().step();
    listen();
    refine();
    courier.handedOver();
  }

  private void reading() {
    LOG.info("{}: reading", sensor.name());
    since = clock.instant();
    problem = "";
    wait = FIRST_WAIT;
  }

  /** Lets go what waits for nothing but time. */
  private void refine() {
    if (waiting.isEmpty()) {
      return;
    }
    long now = monotonic.getAsLong();
    if (now - refineAt >= 0) {
      refineAt = now + REFINE_EVERY;
      for (Refiner refiner : waiting) {
        refiner.step(now);
      }
    }
  }

  private void leave(Signal signal, Sample sample) {
    courier.accept(signal, sample);
    counters.countAccepted();
  }

  /** Noticed: whether the device spoke, or has been silent for too long. */
  private void listen() {
    long read = counters.read();
    long rejected = counters.rejected();
    boolean spoke = lastSample.isPresent() || read - lastRead > rejected - lastRejected;
    if (rejected > lastRejected
        && refusals.isWorthTelling(counters.lastRejection(), monotonic.getAsLong())) {
      LOG.warn("{}: refused: {}", sensor.name(), counters.lastRejection());
    }
    senseless = !spoke && (senseless || rejected > lastRejected);
    lastRead = read;
    lastRejected = rejected;
    if (inVain && (spoke || monotonic.getAsLong() - openedAt >= LONGEST_WAIT.toNanos())) {
      inVain = false;
      reading();
    }
    spoken |= spoke;
    if (spoke) {
      outages.heard(lastSample, monotonic.getAsLong());
      lastSample = Optional.empty();
    }
    if (outages.isSilent() && problem.isEmpty()) {
      since = clock.instant();
      problem =
          "the device is open and says nothing"
              + (senseless ? " that makes sense" : "")
              + ", for longer than its heartbeat of "
              + sensor.heartbeat().orElse(Duration.ZERO).toSeconds()
              + " s: "
              + (senseless ? counters.lastRejection() : "is it switched on and sending?");
      LOG.warn("{}: {}", sensor.name(), problem);
    } else if (spoke && !problem.isEmpty()) {
      since = clock.instant();
      problem = "";
      LOG.info("{}: heard again", sensor.name());
    }
  }

  /** A device that opens and soon fails without a word is not there, however well it opens. */
  private void failed(String why) {
    boolean soon = monotonic.getAsLong() - openedAt < LONGEST_WAIT.toNanos();
    inVain |= driver.isPresent() && !spoken && soon;
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

  /** Closes the device, hands over what was held back, and declares what is still to be told. */
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
    refiners.values().forEach(Refiner::close);
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
        isCut,
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
        calibrations,
        findings);
  }

  private final class ToCourier implements Sink {
    @Override
    public void accept(Signal signal, Sample sample) {
      Refiner refiner = refiners.get(signal);
      if (refiner == null) {
        throw new IllegalStateException(sensor.name() + " gives " + signal + ", not described");
      }
      falls.watch(signal, sample);
      if (refiner.isPlain()) {
        leave(signal, sample);
      } else {
        refiner.accept(courier.dated(sample), monotonic.getAsLong());
      }
      lastSample = Optional.of(sample.time());
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
      isCut = false;
      courier.mark(sensor.name(), sequence);
    }
  }
}
