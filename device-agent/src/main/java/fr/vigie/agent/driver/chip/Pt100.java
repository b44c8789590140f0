package fr.vigie.agent.driver.chip;

import fr.vigie.agent.bus.Registers;
import fr.vigie.agent.bus.SpiChip;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A temperature by a platinum resistor, PT100 or PT1000, on a Maxim MAX31865.
 *
 * @param machine the machine that the signals belong to
 * @param bus such as {@code /dev/spidev0.0}
 * @param sensor {@code pt100} or {@code pt1000}
 * @param wires 2, 3 or 4
 * @param reference the reference resistor on the board, in ohms; left out, 4.3 times the sensor's
 *     resistance at 0 °C
 * @param mains the frequency of the mains, which the chip filters out
 * @param every from one reading to the next
 * @param signals by name; left out, {@code temperature}
 */
public record Pt100(
    String machine,
    Path bus,
    @Default("pt100") Sensor sensor,
    @Default("3") int wires,
    Optional<Double> reference,
    @Default("50Hz") Mains mains,
    @Default("1s") Duration every,
    Map<String, Measured> signals)
    implements MeasuringConfig {
  private static final Quantity TEMPERATURE = Quantity.gauge("temperature", "Cel");
  private static final List<Quantity> QUANTITIES = List.of(TEMPERATURE);
  private static final SpiChip.Wiring WIRING = new SpiChip.Wiring(1, 1_000_000, 0x00, 0x80);
  private static final double REFERENCE = 4.3;

  /** A platinum resistor of IEC 60751. */
  public enum Sensor {
    PT100(100),
    PT1000(1000);

    private static final double A = 3.9083e-3;
    private static final double B = -5.775e-7;
    private static final double C = -4.183e-12;

    private final double nominal;

    Sensor(double nominal) {
      this.nominal = nominal;
    }

    /** By Callendar and Van Dusen. */
    double ohms(double celsius) {
      double cold = celsius < 0 ? C * (celsius - 100) * celsius * celsius * celsius : 0;
      return nominal * (1 + A * celsius + B * celsius * celsius + cold);
    }

    /** The other way; below 0 °C, where it has no closed form, by Newton's steps. */
    double celsius(double ohms) {
      double ratio = ohms / nominal;
      double celsius = (-A + Math.sqrt(A * A - 4 * B * (1 - ratio))) / (2 * B);
      if (ratio >= 1) {
        return celsius;
      }
      for (int i = 0; i < 8; i++) {
        double slope = A + 2 * B * celsius + C * celsius * celsius * (4 * celsius - 300);
        celsius -= (ohms(celsius) / nominal - ratio) / slope;
      }
      return celsius;
    }
  }

  public Pt100 {
    double ohms = reference.orElse(sensor.nominal * REFERENCE);
    Mistakes mistakes =
        new Mistakes()
            .unless(bus.isAbsolute(), "bus", "'" + bus + "'", "a path such as /dev/spidev0.0")
            .unless(wires >= 2 && wires <= 4, "wires", Integer.toString(wires), "2, 3 or 4")
            .unless(
                ohms > sensor.nominal * 3.91 && ohms < sensor.nominal * 100,
                "reference",
                Double.toString(ohms),
                "the ohms on the board, usually 430 for a PT100 and 4300 for a PT1000")
            .unless(
                every.compareTo(Duration.ofMillis(100)) >= 0,
                "every",
                every.toMillis() + " ms",
                "100ms or more");
    Quantity.check(mistakes, QUANTITIES, machine, signals);
    mistakes.refuse();
    signals = Map.copyOf(signals);
  }

  double referenceOhms() {
    return reference.orElse(sensor.nominal * REFERENCE);
  }

  @Override
  public List<Quantity> quantities() {
    return QUANTITIES;
  }

  @Override
  public Place place() {
    return Place.alone(bus);
  }

  @Override
  public Driver open(DriverContext context) throws IOException {
    return new Reader(SpiChip.open(bus, WIRING), this, context);
  }

  /** Announces the driver. */
  public static final class Type implements DriverType {
    @Override
    public String name() {
      return "pt100-max31865";
    }

    @Override
    public Class<Pt100> config() {
      return Pt100.class;
    }
  }

  /** The bits of the chip's fault register, the highest first. */
  private enum Fault {
    ABOVE("the resistance is too high: the sensor or one of its wires is broken"),
    BELOW("the resistance is too low: the sensor or its wires have a short circuit"),
    REFERENCE_HIGH("a wire is broken or touches another (REFIN- high)"),
    REFERENCE_LOW("a wire of the FORCE side is broken or touches ground (REFIN- low)"),
    SENSE_LOW("a wire of the sense side is broken or touches ground (RTDIN- low)"),
    VOLTAGE("a voltage from outside lies on a wire: look at the insulation");

    private final String text;

    Fault(String text) {
      this.text = text;
    }

    static String names(int bits) {
      List<String> names = new ArrayList<>();
      for (Fault fault : values()) {
        if ((bits & 0x80 >> fault.ordinal()) != 0) {
          names.add(fault.text);
        }
      }
      return names.isEmpty()
          ? "the chip reports a fault and does not say which"
          : String.join("; ", names);
    }
  }

  /** Reads the open chip, which measures by itself. */
  static final class Reader implements Driver {
    private static final int MEASURING = 0xC0;
    private static final int CLEAR_FAULT = 0x02;
    private static final int THREE_WIRES = 0x10;
    private static final int FILTER_50 = 0x01;
    private static final int KEPT = MEASURING | THREE_WIRES | FILTER_50;
    private static final double FULL = 32768;
    private static final double COLDEST = -200;
    private static final double HOTTEST = 850;
    private static final long FIRST = Duration.ofMillis(80).toNanos();

    private final Registers chip;
    private final Pt100 config;
    private final DriverContext context;
    private final Readings readings;
    private final Rhythm rhythm;
    private final int settings;
    private final int[] thresholds;
    private final byte[] all = new byte[8];

    Reader(Registers chip, Pt100 config, DriverContext context) throws IOException {
      this.chip = chip;
      this.config = config;
      this.context = context;
      this.readings = new Readings(config, context);
      this.settings =
          MEASURING
              | (config.wires == 3 ? THREE_WIRES : 0)
              | (config.mains == Mains.HZ_50 ? FILTER_50 : 0);
      int high = 2 * code(HOTTEST + 10);
      int low = 2 * code(COLDEST - 5);
      this.thresholds = new int[] {high >> 8, high & 0xFF, low >> 8, low & 0xFF};
      try {
        chip.write(0x00, settings & FILTER_50);
        chip.write(0x03, thresholds);
        chip.write(0x00, settings | CLEAR_FAULT);
        check();
      } catch (IOException e) {
        chip.close();
        throw e;
      }
      context.pause(FIRST);
      this.rhythm = new Rhythm(config.every, context);
    }

    private int code(double celsius) {
      return (int) (config.sensor.ohms(celsius) / config.referenceOhms() * FULL);
    }

    /** The thresholds tell that a chip is there, and that it did not lose its power. */
    private void check() throws IOException {
      chip.read(0x00, all);
      int[] kept = {all[3] & 0xFF, all[4] & 0xFF, all[5] & 0xFF, all[6] & 0xFF};
      if ((all[0] & KEPT) != settings || !Arrays.equals(kept, thresholds)) {
        throw new IOException(
            chip
                + ": no MAX31865 answers, or it lost its settings: look at its supply, at SCK, SDI,"
                + " SDO and at the select line");
      }
    }

    @Override
    public void step() throws IOException {
      if (!rhythm.isDue()) {
        return;
      }
      Instant time = context.clock().instant();
      check();
      context.counters().countRead();
      int word = (all[1] & 0xFF) << 8 | all[2] & 0xFF;
      if ((word & 1) != 0) {
        context.counters().countRejected(Fault.names(all[7] & 0xFF));
        chip.write(0x00, settings | CLEAR_FAULT);
        return;
      }
      OptionalDouble celsius = celsius(word >> 1);
      if (celsius.isPresent()) {
        readings.give(TEMPERATURE.name(), time, celsius.getAsDouble(), 2);
      } else {
        context
            .counters()
            .countRejected(
                "a resistance that the sensor cannot have: look at its wires, and at `sensor`,"
                    + " `wires` and `reference`");
      }
    }

    /** Nothing when no such sensor has this resistance. */
    private OptionalDouble celsius(int code) {
      double ohms = code * config.referenceOhms() / FULL;
      if (ohms < config.sensor.ohms(COLDEST) || ohms > config.sensor.ohms(HOTTEST)) {
        return OptionalDouble.empty();
      }
      return OptionalDouble.of(config.sensor.celsius(ohms));
    }

    @Override
    public void close() throws IOException {
      chip.close();
    }
  }
}
