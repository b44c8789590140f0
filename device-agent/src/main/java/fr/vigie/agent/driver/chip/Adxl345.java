package fr.vigie.agent.driver.chip;

import fr.vigie.agent.bus.I2cChip;
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
import fr.vigie.agent.setting.Default;
import fr.vigie.agent.setting.Mistakes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The vibration of a machine by an Analog Devices ADXL345, in bursts: RMS and peak of the
 * acceleration of each axis around its mean.
 *
 * @param machine the machine that the signals belong to
 * @param bus {@code /dev/spidevB.C}, or {@code /dev/i2c-N} for rates up to 800
 * @param address on I2C, by the pin ALT ADDRESS
 * @param rate measurements a second
 * @param range the highest acceleration of either sign
 * @param samples in a burst
 * @param every from one burst to the next
 * @param signals by name; left out, RMS and peak of the three axes
 */
public record Adxl345(
    String machine,
    Path bus,
    @Default("0x53") Address address,
    @Default("800") Rate rate,
    @Default("16g") Vibration.Range range,
    @Default("512") int samples,
    @Default("10s") Duration every,
    Map<String, Measured> signals)
    implements MeasuringConfig {
  private static final SpiChip.Wiring WIRING = new SpiChip.Wiring(3, 5_000_000, 0xC0, 0x40);

  /** Where the chip may be on I2C. */
  public enum Address {
    X53(0x53),
    X1D(0x1D);

    private final int number;

    Address(int number) {
      this.number = number;
    }

    @Override
    public String toString() {
      return "0x" + Integer.toHexString(number);
    }
  }

  /** Measurements a second. The order is the chip's, from its code 0x0A on. */
  public enum Rate {
    R_100(100),
    R_200(200),
    R_400(400),
    R_800(800),
    R_1600(1600),
    R_3200(3200);

    private final int hertz;

    Rate(int hertz) {
      this.hertz = hertz;
    }

    @Override
    public String toString() {
      return Integer.toString(hertz);
    }
  }

  public Adxl345 {
    Mistakes mistakes =
        new Mistakes()
            .unless(
                bus.isAbsolute(),
                "bus",
                "'" + bus + "'",
                "a path such as /dev/spidev0.0 or /dev/i2c-1")
            .unless(
                isSpi(bus) || rate.hertz <= 800,
                "rate",
                rate.toString(),
                "800 or less on I2C, or SPI");
    Vibration.check(mistakes, rate.hertz, samples, every);
    Quantity.check(mistakes, Vibration.QUANTITIES, machine, signals);
    mistakes.refuse();
    signals = Map.copyOf(signals);
  }

  private static boolean isSpi(Path bus) {
    return bus.toString().contains("spidev");
  }

  @Override
  public List<Quantity> quantities() {
    return Vibration.QUANTITIES;
  }

  @Override
  public Place place() {
    return isSpi(bus) ? Place.alone(bus) : Place.on(bus, address.toString());
  }

  @Override
  public Driver open(DriverContext context) throws IOException {
    return read(
        isSpi(bus) ? SpiChip.open(bus, WIRING) : I2cChip.open(bus, address.number), context);
  }

  /** Reads the open chip. */
  Driver read(Registers chip, DriverContext context) throws IOException {
    return new Vibration(
        new Chip(chip, this), new Readings(this, context), context, every, rate.hertz, samples);
  }

  /** Announces the driver. */
  public static final class Type implements DriverType {
    @Override
    public String name() {
      return "adxl345";
    }

    @Override
    public Class<Adxl345> config() {
      return Adxl345.class;
    }
  }

  /** The chip, with steps of 1/256 g in each range. */
  private static final class Chip implements Vibration.Queue {
    private static final int ID = 0xE5;
    private static final int STEPS = 256;
    private static final int DEPTH = 32;
    private static final int OVERRUN = 0x01;

    private final Registers chip;
    private final Duration quarter;
    private final int end;
    private final byte[] point = new byte[6];

    Chip(Registers chip, Adxl345 config) throws IOException {
      this.chip = chip;
      this.quarter = Duration.ofNanos(1_000_000_000L * DEPTH / 4 / config.rate.hertz);
      this.end = STEPS * config.range.g() - 1;
      try {
        int id = chip.read(0x00);
        if (id != ID) {
          throw new IOException(
              String.format(
                  Locale.ROOT,
                  "%s is no ADXL345: its id is 0x%02x and not 0x%02x; look at the wires, and on SPI"
                      + " at the select line",
                  chip,
                  id,
                  ID));
        }
        chip.write(0x2D, 0x00);
        chip.write(0x31, 0x08 | config.range.ordinal());
        chip.write(0x2C, 0x0A + config.rate.ordinal());
        chip.write(0x2D, 0x08);
      } catch (IOException e) {
        chip.close();
        throw e;
      }
    }

    /** Bypass empties the queue; then it streams. */
    @Override
    public void start() throws IOException {
      chip.write(0x38, 0x00);
      chip.write(0x38, 0x80);
    }

    @Override
    public Vibration.Drained drain(List<Axis> axes) throws IOException {
      boolean overrun = (chip.read(0x30) & OVERRUN) != 0;
      int waiting = chip.read(0x39) & 0x3F;
      if (overrun || waiting >= DEPTH) {
        return Vibration.Drained.OVERRUN;
      }
      for (int i = 0; i < waiting && !axes.get(0).isFull(); i++) {
        chip.read(0x32, point);
        for (int axis = 0; axis < 3; axis++) {
          int steps = (short) (point[2 * axis] & 0xFF | point[2 * axis + 1] << 8);
          if (steps >= end || steps < -end) {
            return Vibration.Drained.CLIPPED;
          }
          axes.get(axis).add((double) steps / STEPS);
        }
      }
      return Vibration.Drained.WELL;
    }

    @Override
    public Duration quarter() {
      return quarter;
    }

    @Override
    public void close() throws IOException {
      chip.close();
    }
  }
}
