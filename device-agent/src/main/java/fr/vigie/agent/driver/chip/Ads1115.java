package fr.vigie.agent.driver.chip;

import fr.vigie.agent.bus.Buses;
import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.DriverConfig;
import fr.vigie.agent.driver.DriverContext;
import fr.vigie.agent.driver.DriverType;
import fr.vigie.agent.driver.Place;
import fr.vigie.agent.driver.Quantity;
import fr.vigie.agent.driver.Readings;
import fr.vigie.agent.driver.Rhythm;
import fr.vigie.agent.refine.Refinement;
import fr.vigie.agent.setting.Default;
import fr.vigie.agent.setting.Mistakes;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Voltages, and what they stand for, by a TI ADS1115: pressure, level or temperature from 0 to 10 V
 * or 4 to 20 mA with the resistors that this needs. Other sensors may use the same chip.
 *
 * @param machine the machine that the signals belong to
 * @param bus such as {@code /dev/i2c-1}
 * @param address by the pin ADDR
 * @param rate measurements a second; a slow one is a mean over a longer time
 * @param every from one reading of all signals to the next
 * @param signals by name
 */
public record Ads1115(
    String machine,
    @Default("/dev/i2c-1") Path bus,
    @Default("0x48") Ads1115Chip.Address address,
    @Default("128") Ads1115Chip.Rate rate,
    @Default("1s") Duration every,
    Map<String, AnalogSignal> signals)
    implements DriverConfig {
  public Ads1115 {
    Mistakes mistakes =
        new Mistakes()
            .unless(bus.isAbsolute(), "bus", "'" + bus + "'", "a path such as /dev/i2c-1")
            .unless(
                every.compareTo(Duration.ofMillis(10)) >= 0,
                "every",
                every.toMillis() + " ms",
                "10ms or more")
            .unless(!signals.isEmpty(), "signals", "nothing", "at least one signal");
    Quantity.checkNames(mistakes, machine, signals, signal -> Optional.empty());
    mistakes.refuse();
    signals = Map.copyOf(signals);
  }

  @Override
  public List<Signal> describe() {
    return signals.keySet().stream().sorted().map(this::signal).toList();
  }

  private Signal signal(String name) {
    return new Signal(machine, name, Kind.GAUGE, analog(name).unit());
  }

  private AnalogSignal analog(String name) {
    return Objects.requireNonNull(signals.get(name));
  }

  @Override
  public Map<String, Refinement> refinements() {
    return Refinement.each(signals, AnalogSignal::refine);
  }

  @Override
  public Place place() {
    String inputs =
        signals.values().stream()
            .map(signal -> signal.input().toString())
            .sorted()
            .collect(Collectors.joining(" "));
    return Place.on(bus, address + " " + inputs);
  }

  @Override
  public Driver open(DriverContext context) throws IOException {
    return new Reader(Ads1115Chip.join(context, bus, address), this, context);
  }

  /** Announces the driver. */
  public static final class Type implements DriverType {
    @Override
    public String name() {
      return "ads1115";
    }

    @Override
    public Class<Ads1115> config() {
      return Ads1115.class;
    }
  }

  /** Reads the open chip, one signal in each step. */
  static final class Reader implements Driver {
    private final Buses.Lease<Ads1115Chip> lease;
    private final Ads1115Chip chip;
    private final Ads1115 config;
    private final DriverContext context;
    private final Rhythm rhythm;
    private final List<String> names;
    private int next;

    Reader(Buses.Lease<Ads1115Chip> lease, Ads1115 config, DriverContext context) {
      this.lease = lease;
      this.chip = lease.bus();
      this.config = config;
      this.context = context;
      this.rhythm = new Rhythm(config.every, context);
      this.names = List.copyOf(new TreeMap<>(config.signals).keySet());
      this.next = names.size();
    }

    @Override
    public void step() throws IOException {
      if (next == names.size()) {
        if (!rhythm.isDue()) {
          return;
        }
        next = 0;
      }
      if (chip.take()) {
        try {
          read(names.get(next));
        } finally {
          chip.leave();
        }
        next++;
      }
    }

    private void read(String name) throws IOException {
      AnalogSignal analog = config.analog(name);
      Instant time = context.clock().instant();
      int code = chip.measure(analog.input(), analog.range(), config.rate, context);
      double volt = code * analog.range().step();
      context.counters().countRead();
      if (code == Ads1115Chip.TOP || code == Ads1115Chip.BOTTOM) {
        context
            .counters()
            .countRejected(
                name
                    + ": the voltage is beyond the range of "
                    + analog.range()
                    + ": choose a"
                    + " wider one, or divide the voltage");
      } else if (!analog.isSound(volt)) {
        context
            .counters()
            .countRejected(
                name
                    + ": the voltage is not within "
                    + analog.bounds()
                    + ": look at the sensor's"
                    + " wires and supply");
      } else {
        context
            .sink()
            .accept(
                config.signal(name),
                Sample.good(
                    time,
                    Readings.round(volt * analog.scale() + analog.offset(), analog.decimals())));
      }
    }

    @Override
    public void close() throws IOException {
      lease.close();
    }
  }
}
