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
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Tells the state that a contact shows: a relay, a door switch, an output of a machine.
 *
 * @param machine the machine that the signal belongs to
 * @param line a name such as {@code GPIO4}, or a number on the chip
 * @param whenActive the state while the line is active
 * @param whenInactive the state while it is not
 * @param debounce a level that does not hold for so long is a bounce
 * @param silence the state is told again when it has not changed for so long
 * @param signals by name; the quantity is {@code state}
 */
public record DigitalState(
    String machine,
    String line,
    @Inline GpioInput input,
    @Default("on") String whenActive,
    @Default("off") String whenInactive,
    @Default("20ms") Duration debounce,
    @Default("1m") Duration silence,
    Map<String, Measured> signals)
    implements MeasuringConfig {
  private static final String STATE = "state";
  private static final List<Quantity> QUANTITIES = List.of(Quantity.state(STATE));
  private static final Duration LONGEST_DEBOUNCE = Duration.ofMinutes(1);

  public DigitalState {
    Mistakes mistakes =
        new Mistakes()
            .unless(
                debounce.compareTo(LONGEST_DEBOUNCE) <= 0,
                "debounce",
                debounce.toMillis() + " ms",
                "0 to 1m")
            .unless(!silence.isZero(), "silence", "0", "a duration such as 60s")
            .unless(!whenActive.isBlank(), "when-active", "nothing", "a text")
            .unless(!whenInactive.isBlank(), "when-inactive", "nothing", "a text");
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
    return new Reader(input.open(List.of(line), Edges.BOTH, context), this, context);
  }

  /** Announces the driver. */
  public static final class Type implements DriverType {
    @Override
    public String name() {
      return "digital-state";
    }

    @Override
    public Class<DigitalState> config() {
      return DigitalState.class;
    }
  }

  /** Reads the open line. */
  static final class Reader implements Driver, Diagnosable {
    private final EdgePort port;
    private final EdgePort.Taker taker = this::take;
    private final DigitalState config;
    private final DriverContext context;
    private final Readings readings;
    private final KernelTime time;
    private final EdgeLosses losses;
    private final Debounce debounce;
    private final Bounces bounces;
    private final long silence;
    private long toldAt;

    Reader(EdgePort port, DigitalState config, DriverContext context) throws IOException {
      this.port = port;
      this.config = config;
      this.context = context;
      this.readings = new Readings(config, context);
      this.time = new KernelTime(context);
      this.losses = new EdgeLosses(context, time);
      this.silence = config.silence.toNanos();
      long hold = config.debounce.toNanos();
      this.bounces = new Bounces(config.debounce);
      this.debounce = new Debounce(port.isActive(0), hold, hold, this::tell);
      tell(debounce.isActive(), context.monotonic().getAsLong());
    }

    @Override
    public void step() throws IOException {
      long start = context.monotonic().getAsLong();
      if (port.read(Math.min(debounce.remaining(start), silence), taker)) {
        debounce.quiet(start);
        if (start - toldAt >= silence) {
          context.counters().countRead();
          tell(debounce.isActive(), start);
        }
      }
      losses.step(start);
    }

    private void take(int line, boolean active, long nanos, long missed) {
      context.counters().countRead();
      losses.edge(nanos, missed);
      bounces.edge(nanos, missed);
      debounce.edge(active, nanos, missed);
    }

    @Override
    public List<Finding> findings() {
      return List.of(bounces.finding());
    }

    private void tell(boolean active, long nanos) {
      toldAt = nanos;
      String state = active ? config.whenActive : config.whenInactive;
      readings.give(STATE, time.at(nanos), state);
    }

    @Override
    public void close() throws IOException {
      losses.close();
      port.close();
    }
  }
}
