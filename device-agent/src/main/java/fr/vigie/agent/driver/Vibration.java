package fr.vigie.agent.driver;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Takes bursts of three axes from a chip that queues its measurements, and hands over their
 * figures. A burst of which the queue lost a part is refused.
 */
final class Vibration implements Driver {
  static final List<Quantity> QUANTITIES =
      List.of(
          Quantity.gauge("x-rms", "m/s2"),
          Quantity.gauge("y-rms", "m/s2"),
          Quantity.gauge("z-rms", "m/s2"),
          Quantity.gauge("x-peak", "m/s2"),
          Quantity.gauge("y-peak", "m/s2"),
          Quantity.gauge("z-peak", "m/s2"));

  private static final List<String> AXES = List.of("x", "y", "z");
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

  private final Queue queue;
  private final Readings readings;
  private final DriverContext context;
  private final Rhythm rhythm;
  private final List<Axis> axes;
  private Instant time;
  private boolean collecting;
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
      readings.give(AXES.get(i) + "-rms", time, axes.get(i).rms(), 3);
      readings.give(AXES.get(i) + "-peak", time, axes.get(i).peak(), 3);
    }
  }

  @Override
  public void close() throws IOException {
    queue.close();
  }
}
