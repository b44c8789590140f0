package fr.vigie.agent.driver.chip;

import fr.vigie.agent.bus.Buses;
import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.DriverContext;
import fr.vigie.agent.driver.DriverType;
import fr.vigie.agent.driver.Measured;
import fr.vigie.agent.driver.MeasuringConfig;
import fr.vigie.agent.driver.Place;
import fr.vigie.agent.driver.Quantity;
import fr.vigie.agent.driver.Readings;
import fr.vigie.agent.driver.Rhythm;
import fr.vigie.agent.setting.Default;
import fr.vigie.agent.setting.Mistakes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The current of a machine, by a clamp around one wire, its burden resistor and a bias of half the
 * supply on an input of an ADS1115. The value is the RMS over whole periods of the mains, its mean
 * removed. Other sensors may use the same chip.
 *
 * @param machine the machine that the signals belong to
 * @param bus such as {@code /dev/i2c-1}
 * @param address of the chip, by its pin ADDR
 * @param input to which the clamp is wired
 * @param range the highest voltage of either sign
 * @param amperesPerVolt of a clamp that has its resistor inside: 30 for 30 A/1 V
 * @param turns of a clamp without one: 2000 for 100 A:50 mA
 * @param burden its resistor, in ohms
 * @param supply of the bias, in volts: a voltage at its ends is a clipped one
 * @param mains the frequency of the mains
 * @param periods of the mains in a reading
 * @param every from one reading to the next
 * @param signals by name; left out, {@code current}
 */
public record CurrentClamp(
    String machine,
    @Default("/dev/i2c-1") Path bus,
    @Default("0x48") Ads1115Chip.Address address,
    Ads1115Chip.Input input,
    @Default("4.096V") Ads1115Chip.Range range,
    Optional<Double> amperesPerVolt,
    Optional<Double> turns,
    Optional<Double> burden,
    @Default("3.3") Double supply,
    @Default("50Hz") Mains mains,
    @Default("10") int periods,
    @Default("1s") Duration every,
    Map<String, Measured> signals)
    implements MeasuringConfig {
  private static final Quantity CURRENT = Quantity.gauge("current", "A");
  private static final List<Quantity> QUANTITIES = List.of(CURRENT);

  public CurrentClamp {
    boolean ready = amperesPerVolt.isPresent();
    boolean bare = turns.isPresent() && burden.isPresent();
    Mistakes mistakes =
        new Mistakes()
            .unless(bus.isAbsolute(), "bus", "'" + bus + "'", "a path such as /dev/i2c-1")
            .unless(
                ready != bare && turns.isPresent() == burden.isPresent(),
                "amperes-per-volt",
                ready ? "it beside turns or burden" : "nothing",
                "it, or turns and burden, as the clamp has its resistor inside or not")
            .unless(
                amperesPerVolt.orElse(1.0) > 0 && turns.orElse(1.0) > 0 && burden.orElse(1.0) > 0,
                "amperes-per-volt",
                "0 or less",
                "more than 0, as turns and burden")
            .unless(
                supply > 0.5 && supply <= 5.5, "supply", supply.toString(), "0.6 to 5.5, in volts")
            .unless(periods >= 1 && periods <= 10, "periods", Integer.toString(periods), "1 to 10")
            .unless(
                every.compareTo(Duration.ofMillis(250)) >= 0,
                "every",
                every.toMillis() + " ms",
                "250ms or more");
    Quantity.check(mistakes, QUANTITIES, machine, signals);
    mistakes.refuse();
    signals = Map.copyOf(signals);
  }

  /** Amperes for a volt at the input. */
  double ampereOfVolt() {
    return amperesPerVolt.orElseGet(() -> turns.orElseThrow() / burden.orElseThrow());
  }

  @Override
  public List<Quantity> quantities() {
    return QUANTITIES;
  }

  @Override
  public Place place() {
    return Place.on(bus, address + " " + input);
  }

  @Override
  public Driver open(DriverContext context) throws IOException {
    return new Reader(Ads1115Chip.join(context, bus, address), this, context);
  }

  /** Announces the driver. */
  public static final class Type implements DriverType {
    @Override
    public String name() {
      return "current-clamp";
    }

    @Override
    public Class<CurrentClamp> config() {
      return CurrentClamp.class;
    }
  }

  /**
   * What the converter told at points of equal distance, over whole periods of the mains.
   *
   * @param codes in steps of the converter
   * @param hertz points a second
   */
  record Wave(int[] codes, double hertz) {
    double mean() {
      double sum = 0;
      for (int code : codes) {
        sum += code;
      }
      return sum / codes.length;
    }

    /** The root of the mean square around the mean. */
    double rms() {
      double mean = mean();
      double sum = 0;
      for (int code : codes) {
        sum += (code - mean) * (code - mean);
      }
      return Math.sqrt(sum / codes.length);
    }

    /**
     * From the first rise through the mean to the last one. A rise counts after the wave was well
     * below, so that noise and notches make none.
     */
    double frequency() {
      double mean = mean();
      double below = mean - rms() / 2;
      boolean armed = false;
      double first = 0;
      double last = 0;
      int rises = 0;
      for (int i = 0; i < codes.length; i++) {
        armed |= codes[i] < below;
        if (armed && codes[i] >= mean && i > 0) {
          last = i - (codes[i] - mean) / (codes[i] - codes[i - 1]);
          first = rises == 0 ? last : first;
          rises++;
          armed = false;
        }
      }
      return rises < 2 ? 0 : (rises - 1) * hertz / (last - first);
    }
  }

  /** Reads the open chip. */
  static final class Reader implements Driver {
    private static final int POINTS = 16;
    private static final long SETTLING = 3_000_000;
    private static final int MOST_ATTEMPTS = 3;
    private static final int MOST_PERIODS_LATE = 10;
    private static final double RAIL = 0.02;
    private static final double NO_BIAS = 0.1;
    private static final int NOISE = 10;
    private static final double TOLERANCE = 0.05;

    private final Buses.Lease<Ads1115Chip> lease;
    private final Ads1115Chip chip;
    private final CurrentClamp config;
    private final DriverContext context;
    private final Readings readings;
    private final Rhythm rhythm;
    private final Wave wave;
    private final int decimals;
    private boolean due;
    private int attempts;

    Reader(Buses.Lease<Ads1115Chip> lease, CurrentClamp config, DriverContext context) {
      this.lease = lease;
      this.chip = lease.bus();
      this.config = config;
      this.context = context;
      this.readings = new Readings(config, context);
      this.rhythm = new Rhythm(config.every, context);
      this.wave = new Wave(new int[POINTS * config.periods], POINTS * config.mains.hertz);
      this.decimals = config.range.step() * config.ampereOfVolt() < 0.001 ? 4 : 3;
    }

    @Override
    public void step() throws IOException {
      due = due || rhythm.isDue();
      if (due && chip.take()) {
        try {
          Instant time = context.clock().instant();
          boolean complete = listen();
          chip.rest(context);
          attempts = complete ? 0 : attempts + 1;
          due = !complete && attempts < MOST_ATTEMPTS;
          if (complete) {
            context.counters().countRead();
            judge(time);
          } else if (!due) {
            attempts = 0;
            context.counters().countRead();
            context
                .counters()
                .countRejected(
                    "the board is too busy, or the bus too slow, to follow the current: if this"
                        + " goes on, set dtparam=i2c_arm_baudrate=400000");
          }
        } finally {
          chip.leave();
        }
      }
    }

    /**
     * Takes every point at its phase of the mains: one whose time has passed is taken as many whole
     * periods later. False when that takes too long.
     */
    private boolean listen() throws IOException {
      chip.stream(config.input, config.range);
      context.pause(SETTLING);
      long period = 1_000_000_000L / config.mains.hertz;
      long due = context.monotonic().getAsLong();
      long end = due + (config.periods + MOST_PERIODS_LATE) * period;
      for (int i = 0; i < wave.codes.length; i++) {
        for (long late = late(due); late < 0 || late > period / POINTS / 2; late = late(due)) {
          if (late < 0) {
            context.pause(-late);
          } else {
            due += (late / period + 1) * period;
          }
          if (due > end) {
            return false;
          }
        }
        wave.codes[i] = chip.value();
        due += period / POINTS;
      }
      chip.settings();
      return true;
    }

    private long late(long due) {
      return context.monotonic().getAsLong() - due;
    }

    private void judge(Instant time) {
      double volt = wave.rms() * config.range.step();
      if (config.input.isToGround() && wave.mean() * config.range.step() < NO_BIAS) {
        context
            .counters()
            .countRejected("no bias at the input: look at its two resistors and their supply");
      } else if (isClipped()) {
        context
            .counters()
            .countRejected(
                "the current is more than the input can take: a smaller burden resistor, or a clamp"
                    + " for more current");
      } else if (wave.rms() > NOISE
          && Math.abs(wave.frequency() / config.mains.hertz - 1) > TOLERANCE) {
        context
            .counters()
            .countRejected(
                "the current is not one of "
                    + config.mains
                    + ": is `mains` right, and the clamp before the variable-speed drive, not"
                    + " behind it?");
      } else {
        readings.give(CURRENT.name(), time, volt * config.ampereOfVolt(), decimals);
      }
    }

    private boolean isClipped() {
      double low = config.input.isToGround() ? RAIL / config.range.step() : Ads1115Chip.BOTTOM;
      double high =
          config.input.isToGround()
              ? Math.min(Ads1115Chip.TOP, (config.supply - RAIL) / config.range.step())
              : Ads1115Chip.TOP;
      for (int code : wave.codes) {
        if (code <= low || code >= high) {
          return true;
        }
      }
      return false;
    }

    @Override
    public void close() throws IOException {
      lease.close();
    }
  }
}
