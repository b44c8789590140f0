package fr.vigie.agent.driver.chip;

import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.DriverContext;
import fr.vigie.agent.driver.Quantity;
import fr.vigie.agent.driver.Readings;
import fr.vigie.agent.driver.Rhythm;
import fr.vigie.agent.setting.Mistakes;
import fr.vigie.statistics.Band;
import fr.vigie.statistics.Burst;
import fr.vigie.statistics.Spectrum;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes bursts of three axes from a chip that queues its measurements, and hands over their
 * figures. A burst of which the queue lost a part is refused.
 */
final class Vibration implements Driver {
  private static final Logger LOG = LoggerFactory.getLogger(Vibration.class);
  private static final List<String> AXES = List.of("x", "y", "z");

  static final List<Quantity> QUANTITIES =
      AXES.stream()
          .flatMap(
              axis ->
                  Stream.of(
                      Quantity.gauge(axis + "-rms", "m/s2"),
                      Quantity.gauge(axis + "-peak", "m/s2"),
                      Quantity.gauge(axis + "-velocity", "mm/s"),
                      Quantity.gauge(axis + "-crest", "1"),
                      Quantity.gauge(axis + "-kurtosis", "1")))
          .toList();

  private static final long LONGEST_STEP = Duration.ofMillis(150).toNanos();
  private static final long SILENCE = Duration.ofSeconds(1).toNanos();

  /** The highest acceleration of either sign. The order is that of both chips. */
  public enum Range {
    G_2,
    G_4,
    G_8,
    G_16;

    int g() {
      return 2 << ordinal();
    }

    @Override
    public String toString() {
      return g() + "g";
    }
  }

  /** What came out of a chip's queue. */
  enum Drained {
    WELL,
    /** The queue was full: measurements are missing. */
    OVERRUN,
    /** An acceleration was beyond the chip's range. */
    CLIPPED
  }

  /** A chip that queues measurements of three axes. */
  interface Queue extends Closeable {
    /** Empties the queue and lets it fill. */
    void start() throws IOException;

    /** Moves what the queue holds to the axes, as far as they have room. */
    Drained drain(List<Axis> axes) throws IOException;

    /** How long it takes to fill a quarter of the queue. */
    Duration quarter();
  }

  /** Notes what is wrong with the bursts that a configuration asks for. */
  static void check(Mistakes mistakes, int hertz, int samples, Duration every) {
    long burst = 1000L * samples / hertz;
    mistakes
        .unless(
            samples >= 64 && samples <= 4096, "samples", Integer.toString(samples), "64 to 4096")
        .unless(
            every.toMillis() > burst,
            "every",
            every.toMillis() + " ms",
            "more than the burst's " + burst + " ms");
  }

  private final Queue queue;
  private final Readings readings;
  private final DriverContext context;
  private final Rhythm rhythm;
  private final List<Axis> axes;
  private Instant time;
  private boolean collecting;
  private boolean bandTold;
  private long heard;

  /**
   * @param hertz measurements a second
   * @param samples in a burst
   */
  Vibration(
      Queue queue,
      Readings readings,
      DriverContext context,
      Duration every,
      double hertz,
      int samples) {
    this.queue = queue;
    this.readings = readings;
    this.context = context;
    this.rhythm = new Rhythm(every, context);
    this.axes = AXES.stream().map(axis -> new Axis(hertz, samples)).toList();
    this.time = context.clock().instant();
  }

  @Override
  public void step() throws IOException {
    if (!collecting) {
      if (!rhythm.isDue()) {
        return;
      }
      axes.forEach(Axis::clear);
      queue.start();
      time = context.clock().instant();
      heard = context.monotonic().getAsLong();
      collecting = true;
    }
    long end = context.monotonic().getAsLong() + LONGEST_STEP;
    while (collecting && context.monotonic().getAsLong() < end) {
      context.pause(queue.quarter().toNanos());
      collect();
    }
  }

  private void collect() throws IOException {
    Axis first = axes.get(0);
    int before = first.size();
    Drained drained = queue.drain(axes);
    if (first.size() > before) {
      heard = context.monotonic().getAsLong();
    } else if (context.monotonic().getAsLong() - heard > SILENCE) {
      throw new IOException("the chip measures nothing any more, as after a loss of power");
    }
    if (drained == Drained.WELL && !first.isFull()) {
      return;
    }
    collecting = false;
    context.counters().countRead();
    switch (drained) {
      case WELL -> give();
      case OVERRUN ->
          context
              .counters()
              .countRejected(
                  "the chip's queue ran over: a lower rate, SPI in place of I2C, or a faster bus"
                      + " (dtparam=i2c_arm_baudrate=400000)");
      case CLIPPED ->
          context
              .counters()
              .countRejected("an acceleration beyond the chip's range: choose a wider one");
    }
  }

  private void give() {
    for (int i = 0; i < axes.size(); i++) {
      give(AXES.get(i), axes.get(i).burst());
    }
  }

  private void give(String axis, Burst burst) {
    readings.give(axis + "-rms", time, burst.rms(), 3);
    readings.give(axis + "-peak", time, burst.peak(), 3);
    give(axis + "-crest", burst.crest());
    give(axis + "-kurtosis", burst.kurtosis());
    if (readings.wants(axis + "-velocity")) {
      Spectrum.of(burst).velocity(Band.BROAD).ifPresent(velocity -> give(axis, velocity));
    }
  }

  private void give(String quantity, OptionalDouble ratio) {
    if (ratio.isPresent()) {
      readings.give(quantity, time, ratio.getAsDouble(), 3);
    } else {
      readings.missing(quantity, time);
    }
  }

  private void give(String axis, Spectrum.Velocity velocity) {
    if (!bandTold && !velocity.band().equals(Band.BROAD)) {
      LOG.info("{}: velocity covers {}, not {}", context.sensor(), velocity.band(), Band.BROAD);
    }
    bandTold = true;
    readings.give(axis + "-velocity", time, velocity.millimetersPerSecond(), 3);
  }

  @Override
  public void close() throws IOException {
    queue.close();
  }
}
