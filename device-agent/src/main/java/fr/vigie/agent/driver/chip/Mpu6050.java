package fr.vigie.agent.driver.chip;

import fr.vigie.agent.bus.I2cChip;
import fr.vigie.agent.bus.Registers;
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
 * The vibration of a machine by an InvenSense MPU-6050, in bursts at 1 kHz: RMS and peak of the
 * acceleration of each axis around its mean, up to 260 Hz. Its gyroscope sleeps.
 *
 * @param machine the machine that the signals belong to
 * @param bus such as {@code /dev/i2c-1}
 * @param address by the pin AD0
 * @param range the highest acceleration of either sign
 * @param samples in a burst
 * @param every from one burst to the next
 * @param signals by name; left out, RMS and peak of the three axes
 */
public record Mpu6050(
    String machine,
    @Default("/dev/i2c-1") Path bus,
    @Default("0x68") Address address,
    @Default("16g") Vibration.Range range,
    @Default("1024") int samples,
    @Default("10s") Duration every,
    Map<String, Measured> signals)
    implements MeasuringConfig {
  private static final int HERTZ = 1000;

  /** Where the chip may be. */
  public enum Address {
    X68(0x68),
    X69(0x69);

    private final int number;

    Address(int number) {
      this.number = number;
    }

    @Override
    public String toString() {
      return "0x" + Integer.toHexString(number);
    }
  }

  public Mpu6050 {
    Mistakes mistakes =
        new Mistakes()
            .unless(bus.isAbsolute(), "bus", "'" + bus + "'", "a path such as /dev/i2c-1");
    Vibration.check(mistakes, HERTZ, samples, every);
    Quantity.check(mistakes, Vibration.QUANTITIES, machine, signals);
    mistakes.refuse();
    signals = Map.copyOf(signals);
  }

  @Override
  public List<Quantity> quantities() {
    return Vibration.QUANTITIES;
  }

  @Override
  public Place place() {
    return Place.on(bus, address.toString());
  }

  @Override
  public Driver open(DriverContext context) throws IOException {
    return read(I2cChip.open(bus, address.number), context);
  }

  /** Reads the open chip. */
  Driver read(Registers chip, DriverContext context) throws IOException {
    return new Vibration(
        new Chip(chip, range, context),
        new Readings(this, context),
        context,
        every,
        HERTZ,
        samples);
  }

  /** Announces the driver. */
  public static final class Type implements DriverType {
    @Override
    public String name() {
      return "mpu6050";
    }

    @Override
    public Class<Mpu6050> config() {
      return Mpu6050.class;
    }
  }

  /** The chip, which queues 16-bit words, big end first, in 1,024 bytes. */
  private static final class Chip implements Vibration.Queue {
    private static final int ID = 0x68;
    private static final int POINT = 6;
    private static final int DEPTH = 1024 / POINT;
    private static final int MOST_AT_ONCE = 60;
    private static final Duration QUARTER = Duration.ofNanos(1_000_000_000L * DEPTH / 4 / HERTZ);
    private static final int OVERRUN = 0x10;
    private static final long RESET = Duration.ofMillis(100).toNanos();

    private final Registers chip;
    private final double steps;
    private final byte[] count = new byte[2];
    private final byte[] points = new byte[MOST_AT_ONCE * POINT];

    Chip(Registers chip, Vibration.Range range, DriverContext context) throws IOException {
      this.chip = chip;
      this.steps = 32768.0 / range.g();
      try {
        identify();
        chip.write(0x6B, 0x80);
        context.pause(RESET);
        chip.write(0x6B, 0x00);
        chip.write(0x6C, 0x07);
        chip.write(0x19, 7);
        chip.write(0x1A, 0x00);
        chip.write(0x1C, range.ordinal() << 3);
        chip.write(0x38, OVERRUN);
        if (chip.read(0x6B) != 0 || chip.read(0x1C) != range.ordinal() << 3) {
          throw new IOException(
              chip + " does not keep its settings: switch it off and on; is its supply steady?");
        }
      } catch (IOException e) {
        chip.close();
        throw e;
      }
    }

    private void identify() throws IOException {
      int id = chip.read(0x75);
      if (id != ID) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "%s is no MPU-6050: its id is 0x%02x and not 0x%02x%s",
                chip,
                id,
                ID,
                id == 0x70 || id == 0x71 ? " (an MPU-6500 or MPU-9250, which differ)" : ""));
      }
    }

    @Override
    public void start() throws IOException {
      chip.write(0x23, 0x00);
      chip.write(0x6A, 0x04);
      chip.write(0x6A, 0x40);
      chip.read(0x3A);
      chip.write(0x23, 0x08);
    }

    @Override
    public Vibration.Drained drain(List<Axis> axes) throws IOException {
      Axis first = axes.get(0);
      while (!first.isFull()) {
        boolean overrun = (chip.read(0x3A) & OVERRUN) != 0;
        chip.read(0x72, count);
        int waiting = ((count[0] & 0xFF) << 8 | count[1] & 0xFF) / POINT;
        if (overrun || waiting >= DEPTH) {
          return Vibration.Drained.OVERRUN;
        }
        if (waiting == 0) {
          break;
        }
        int taken = Math.min(waiting, Math.min(MOST_AT_ONCE, first.room())) * POINT;
        chip.read(0x74, points, taken);
        if (!spread(taken, axes)) {
          return Vibration.Drained.CLIPPED;
        }
        if (waiting <= MOST_AT_ONCE) {
          break;
        }
      }
      return Vibration.Drained.WELL;
    }

    /** False when a measurement is at the end of the range. */
    private boolean spread(int count, List<Axis> axes) {
      for (int i = 0; i < count; i += 2) {
        int word = points[i] << 8 | points[i + 1] & 0xFF;
        if (word == Short.MAX_VALUE || word == Short.MIN_VALUE) {
          return false;
        }
        axes.get(i % POINT / 2).add(word / steps);
      }
      return true;
    }

    @Override
    public Duration quarter() {
      return QUARTER;
    }

    @Override
    public void close() throws IOException {
      chip.close();
    }
  }
}
