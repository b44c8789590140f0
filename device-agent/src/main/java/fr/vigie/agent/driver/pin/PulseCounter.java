package fr.vigie.agent.driver.pin;

import fr.vigie.agent.bus.Debounce;
import fr.vigie.agent.bus.EdgePort;
import fr.vigie.agent.bus.GpioLines.Edges;
import fr.vigie.agent.driver.Diagnosable;
import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.DriverContext;
import fr.vigie.agent.driver.DriverType;
import fr.vigie.agent.driver.Finding;
import fr.vigie.agent.driver.Measured;
import fr.vigie.agent.driver.MeasuringConfig;
import fr.vigie.agent.driver.Place;
import fr.vigie.agent.driver.Quantity;
import fr.vigie.agent.driver.Readings;
import fr.vigie.agent.setting.Default;
import fr.vigie.agent.setting.Inline;
import fr.vigie.agent.setting.Mistakes;
import fr.vigie.signal.Quality;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Value;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts the parts that pass a proximity switch or the pulses of a meter, from edges that the
 * kernel dates and numbers.
 *
 * @param machine the machine that the signals belong to
 * @param line a name such as {@code GPIO4}, or a number on the chip
 * @param edge where a pulse counts: as it becomes active, or as it ends
 * @param debounce a level that does not hold for so long is a bounce; with 0 every edge counts
 * @param every a sample leaves at most so often; it tells the count and when its last pulse was
 * @param fastest the least time between two pulses of this machine; a quicker one counts, and what
 *     is told of the count then is uncertain
 * @param stuck an input that has not changed for so long is taken to be stuck
 * @param signals by name; all of them when left out
 */
public record PulseCounter(
    String machine,
    String line,
    @Inline GpioInput input,
    @Default("rising") Edge edge,
    @Default("5ms") Duration debounce,
    @Default("100ms") Duration every,
    Optional<Duration> fastest,
    Optional<Duration> stuck,
    Map<String, Measured> signals)
    implements MeasuringConfig {
  static final String COUNT = "count";
  static final String INPUT = "input";
  private static final List<Quantity> QUANTITIES =
      List.of(Quantity.counter(COUNT, ""), Quantity.state(INPUT));
  private static final Duration LONGEST_DEBOUNCE = Duration.ofSeconds(1);
  private static final Duration LONGEST_EVERY = Duration.ofMinutes(1);

  /** A change of an input: to active, or from it. */
  public enum Edge {
    RISING,
    FALLING
  }

  public PulseCounter {
    Mistakes mistakes =
        new Mistakes()
            .unless(
                debounce.compareTo(LONGEST_DEBOUNCE) <= 0,
                "debounce",
                debounce.toMillis() + " ms",
                "0 to 1s")
            .unless(
                every.compareTo(LONGEST_EVERY) <= 0, "every", every.toSeconds() + " s", "0 to 1m")
            .unless(
                fastest.isEmpty() || fastest.get().compareTo(debounce) > 0,
                "fastest",
                fastest.orElse(Duration.ZERO).toMillis() + " ms",
                "more than debounce")
            .unless(
                stuck.isEmpty() || stuck.get().compareTo(Duration.ofSeconds(1)) >= 0,
                "stuck",
                stuck.orElse(Duration.ZERO).toMillis() + " ms",
                "at least 1s");
    input.check(mistakes, "line", line);
    Quantity.check(mistakes, QUANTITIES, machine, signals);
    mistakes.refuse();
    signals = Map.copyOf(signals);
  }

  @Override
  public List<Quantity> quantities() {
    return QUANTITIES;
  }

  @Override
  public Place place() {
    return input.place(List.of(line));
  }

  @Override
  public Driver open(DriverContext context) throws IOException {
    return new Reader(input.open(List.of(line), edges(), context), this, context);
  }

  /** Without debounce nothing is asked of the edges that do not count. */
  private Edges edges() {
    return !debounce.isZero() ? Edges.BOTH : edge == Edge.RISING ? Edges.RISING : Edges.FALLING;
  }

  /** Announces the driver. */
  public static final class Type implements DriverType {
    @Override
    public String name() {
      return "pulse-counter";
    }

    @Override
    public Class<PulseCounter> config() {
      return PulseCounter.class;
    }
  }

  /** What is known of the input. */
  private enum State {
    OK("ok"),
    TOO_FAST("too-fast"),
    STUCK("stuck");

    final String text;

    State(String text) {
      this.text = text;
    }
  }

  /** Reads the open line. */
  static final class Reader implements Driver, Diagnosable {
    /** How long pulses must keep their distance before they are believed again. */
    private static final int CALM = 10;

    private final EdgePort port;
    private final EdgePort.Taker taker = this::take;
    private final PulseCounter config;
    private final DriverContext context;
    private final Readings readings;
    private final KernelTime time;
    private final EdgeLosses losses;
    private final Debounce debounce;
    private final Bounces bounces;
    private final long every;
    private final long fastest;
    private final long stuck;
    private State state = State.OK;
    private long count;
    private long told;
    private long toldAt;
    private boolean pulsed;
    private long lastPulse;
    private long lastFast;
    private long lastChange;

    Reader(EdgePort port, PulseCounter config, DriverContext context) throws IOException {
      this.port = port;
      this.config = config;
      this.context = context;
      this.readings = new Readings(config, context);
      this.time = new KernelTime(context);
      this.losses = new EdgeLosses(context, time);
      this.every = config.every.toNanos();
      this.fastest = config.fastest.map(Duration::toNanos).orElse(0L);
      this.stuck = config.stuck.map(Duration::toNanos).orElse(Long.MAX_VALUE);
      long hold = config.debounce.toNanos();
      this.bounces = new Bounces(config.debounce);
      this.debounce = new Debounce(port.isActive(0), hold, hold, this::changed);
      this.count = context.isCut() ? 0 : context.lastDeviceSequence().orElse(0L);
      this.lastChange = context.monotonic().getAsLong();
      Instant now = time.at(lastChange);
      tell(now, lastChange);
      readings.give(INPUT, new Sample(now, Value.of(state.text), Quality.GOOD));
    }

    @Override
    public void step() throws IOException {
      long start = context.monotonic().getAsLong();
      if (port.read(remaining(start), taker)) {
        debounce.quiet(start);
        look(start);
      }
      if (count != told && start - toldAt >= every) {
        tell(time.at(lastPulse), start);
      }
      losses.step(start);
    }

    private long remaining(long now) {
      long wait = debounce.remaining(now);
      return count == told ? wait : Math.min(wait, Math.max(0, toldAt + every - now));
    }

    private void take(int line, boolean active, long nanos, long missed) {
      context.counters().countRead();
      losses.edge(nanos, missed);
      if (config.debounce.isZero()) {
        changed(active, nanos);
      } else {
        bounces.edge(nanos, missed);
        debounce.edge(active, nanos, missed);
      }
    }

    private void changed(boolean active, long nanos) {
      lastChange = nanos;
      if (state == State.STUCK) {
        become(State.OK, nanos);
      }
      if (active == (config.edge == Edge.RISING)) {
        count++;
        if (pulsed && nanos - lastPulse < fastest) {
          lastFast = nanos;
          become(State.TOO_FAST, nanos);
        } else {
          calm(nanos);
        }
        pulsed = true;
        lastPulse = nanos;
      }
    }

    private void look(long now) {
      calm(now);
      if (state == State.OK && now - lastChange >= stuck) {
        become(State.STUCK, now);
        tell(time.at(now), now);
      }
    }

    private void calm(long now) {
      if (state == State.TOO_FAST && now - lastFast >= CALM * fastest) {
        become(State.OK, now);
      }
    }

    private void become(State next, long nanos) {
      if (state != next) {
        state = next;
        readings.give(INPUT, new Sample(time.at(nanos), Value.of(next.text), Quality.GOOD));
      }
    }

    /** Without debounce only one of two edges is seen, and nothing is known of levels. */
    @Override
    public List<Finding> findings() {
      return config.debounce.isZero() ? List.of() : List.of(bounces.finding());
    }

    private void tell(Instant when, long now) {
      told = count;
      toldAt = now;
      context.sink().mark(count);
      readings.give(
          COUNT,
          new Sample(when, Value.of(count), state == State.OK ? Quality.GOOD : Quality.UNCERTAIN));
    }

    /** Tells what was counted since the last sample. */
    @Override
    public void close() throws IOException {
      long now = context.monotonic().getAsLong();
      if (count != told) {
        tell(time.at(lastPulse), now);
      }
      losses.close();
      port.close();
    }
  }
}
