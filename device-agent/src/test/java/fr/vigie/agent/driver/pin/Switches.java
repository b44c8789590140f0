package fr.vigie.agent.driver.pin;

import fr.vigie.agent.bus.EdgePort;
import fr.vigie.agent.bus.GpioLines.Bias;
import fr.vigie.agent.driver.Bench;
import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.Measured;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;

/**
 * Lines that a test moves, on the clock of a bench. Waiting for them lets the bench's time pass.
 */
final class Switches implements EdgePort {
  private static final int QUEUE = 1024;
  private static final long LONGEST_WAIT = 200_000_000;

  private final Bench bench;
  private final Deque<Edge> coming = new ArrayDeque<>();
  private final Deque<Edge> queue = new ArrayDeque<>();
  private final long[] missed = new long[8];
  private final boolean[] levels = new boolean[8];
  private long last;

  private record Edge(int line, boolean active, long nanos) {}

  Switches(Bench bench) {
    this.bench = bench;
  }

  static GpioInput input() {
    return new GpioInput(Optional.empty(), GpioInput.Voltage.HIGH, Bias.AS_IS);
  }

  static Map<String, Measured> all() {
    return Map.of();
  }

  /** The first line changes some time after its last change, or after now. */
  Switches after(double millis, boolean active) {
    return after(millis, 0, active);
  }

  Switches after(double millis, int line, boolean active) {
    last = Math.max(last, bench.nanos) + (long) (millis * 1e6);
    coming.add(new Edge(line, active, last));
    return this;
  }

  /** Some clean pulses of the first line, each so long after the one before. */
  Switches pulses(int count, double periodMillis, double widthMillis) {
    for (int i = 0; i < count; i++) {
      after(periodMillis - widthMillis, true);
      after(widthMillis, false);
    }
    return this;
  }

  /** Time passes, and nobody reads. */
  void stall(long millis) {
    bench.pass(millis);
    arrive();
  }

  private void arrive() {
    while (!coming.isEmpty() && coming.getFirst().nanos <= bench.nanos) {
      Edge edge = coming.removeFirst();
      levels[edge.line] = edge.active;
      queue.add(edge);
      if (queue.size() > QUEUE) {
        missed[queue.removeFirst().line]++;
      }
    }
  }

  /** Lets a driver step until some time has passed. */
  void run(Driver driver, double millis) throws IOException {
    long end = bench.nanos + (long) (millis * 1e6);
    while (bench.nanos < end) {
      driver.step();
      bench.pass(1);
    }
  }

  @Override
  public boolean read(long nanos, Taker taker) {
    arrive();
    if (queue.isEmpty()) {
      long wait = Math.min(nanos, LONGEST_WAIT);
      long next = coming.isEmpty() ? Long.MAX_VALUE : coming.getFirst().nanos - bench.nanos;
      bench.passNanos(Math.min(wait, next));
      arrive();
    }
    while (!queue.isEmpty()) {
      Edge edge = queue.removeFirst();
      long before = missed[edge.line];
      missed[edge.line] = 0;
      taker.take(edge.line, edge.active, edge.nanos, before);
    }
    return true;
  }

  @Override
  public boolean isActive(int line) {
    return levels[line];
  }

  @Override
  public void close() {}
}
