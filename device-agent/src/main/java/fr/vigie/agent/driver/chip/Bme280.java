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
import fr.vigie.agent.driver.Rhythm;
import fr.vigie.agent.setting.Default;
import fr.vigie.agent.setting.Mistakes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Temperature, pressure and humidity of the air by a Bosch BME280, or without humidity by a BMP280.
 * Each reading is measured on demand, so that the chip does not warm itself.
 *
 * @param machine the machine that the signals belong to
 * @param bus such as {@code /dev/i2c-1}
 * @param address {@code 0x76} or {@code 0x77}, by the pin SDO
 * @param every from one reading to the next
 * @param signals by name; left out, all that a BME280 measures
 */
public record Bme280(
    String machine,
    @Default("/dev/i2c-1") Path bus,
    @Default("0x76") Address address,
    @Default("10s") Duration every,
    Map<String, Measured> signals)
    implements MeasuringConfig {
  private static final Quantity TEMPERATURE = Quantity.gauge("temperature", "Cel");
  private static final Quantity PRESSURE = Quantity.gauge("pressure", "hPa");
  private static final Quantity HUMIDITY = Quantity.gauge("humidity", "%");
  private static final List<Quantity> QUANTITIES = List.of(TEMPERATURE, PRESSURE, HUMIDITY);

  /** Where the chip may be. */
  public enum Address {
    X76(0x76),
    X77(0x77);

    private final int number;

    Address(int number) {
      this.number = number;
    }

    @Override
    public String toString() {
      return "0x" + Integer.toHexString(number);
    }
  }

  public Bme280 {
    Mistakes mistakes =
        new Mistakes()
            .unless(bus.isAbsolute(), "bus", "'" + bus + "'", "a path such as /dev/i2c-1")
            .unless(
                every.compareTo(Duration.ofMillis(100)) >= 0,
                "every",
                every.toMillis() + " ms",
                "100ms or more");
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
    return Place.on(bus, address.toString());
  }

  @Override
  public Driver open(DriverContext context) throws IOException {
    return new Reader(I2cChip.open(bus, address.number), this, context);
  }

  /** Announces the driver. */
  public static final class Type implements DriverType {
    @Override
    public String name() {
      return "bme280";
    }

    @Override
    public Class<Bme280> config() {
      return Bme280.class;
    }
  }

  /**
   * The chip's own constants, and the formulas of its data sheet (BST-BME280-DS002, appendix 8.1)
   * in floating point. Temperature in °C, pressure in Pa, humidity in %.
   *
   * @param t T1 to T3
   * @param p P1 to P9
   * @param h H1 to H6
   */
  record Calibration(int[] t, int[] p, int[] h) {
    static Calibration read(Registers chip, boolean humid) throws IOException {
      byte[] low = new byte[26];
      chip.read(0x88, low);
      int[] t = {unsigned(low, 0), signed(low, 2), signed(low, 4)};
      int[] p = new int[9];
      p[0] = unsigned(low, 6);
      for (int i = 1; i < 9; i++) {
        p[i] = signed(low, 6 + 2 * i);
      }
      int[] h = new int[6];
      if (humid) {
        byte[] high = new byte[7];
        chip.read(0xE1, high);
        h[0] = low[25] & 0xFF;
        h[1] = signed(high, 0);
        h[2] = high[2] & 0xFF;
        h[3] = high[3] << 4 | high[4] & 0x0F;
        h[4] = high[5] << 4 | (high[4] & 0xF0) >> 4;
        h[5] = high[6];
      }
      return new Calibration(t, p, h);
    }

    /** What a chip has that was read before it was ready, or that is none. */
    boolean isBlank() {
      return t[0] == 0 || p[0] == 0 || (t[0] == 0xFFFF && p[0] == 0xFFFF);
    }

    private static int unsigned(byte[] bytes, int at) {
      return bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8;
    }

    private static int signed(byte[] bytes, int at) {
      return (short) unsigned(bytes, at);
    }

    /** The fine temperature, on which the other formulas build. */
    double fine(int raw) {
      double v1 = (raw / 16384.0 - t[0] / 1024.0) * t[1];
      double v2 = raw / 131072.0 - t[0] / 8192.0;
      return v1 + v2 * v2 * t[2];
    }

    double celsius(double fine) {
      return fine / 5120.0;
    }

    double pascal(int raw, double fine) {
      double v1 = fine / 2.0 - 64000.0;
      double v2 = v1 * v1 * p[5] / 32768.0;
      v2 += v1 * p[4] * 2.0;
      v2 = v2 / 4.0 + p[3] * 65536.0;
      v1 = (p[2] * v1 * v1 / 524288.0 + p[1] * v1) / 524288.0;
      v1 = (1.0 + v1 / 32768.0) * p[0];
      double pascal = ((1048576.0 - raw) - v2 / 4096.0) * 6250.0 / v1;
      v1 = p[8] * pascal * pascal / 2147483648.0;
      v2 = pascal * p[7] / 32768.0;
      return pascal + (v1 + v2 + p[6]) / 16.0;
    }

    double percent(int raw, double fine) {
      double v = fine - 76800.0;
      v =
          (raw - (h[3] * 64.0 + h[4] / 16384.0 * v))
              * (h[1] / 65536.0 * (1.0 + h[5] / 67108864.0 * v * (1.0 + h[2] / 67108864.0 * v)));
      return Math.max(0, Math.min(100, v * (1.0 - h[0] * v / 524288.0)));
    }
  }

  /** Reads the open chip. */
  static final class Reader implements Driver {
    private static final int BME280 = 0x60;
    private static final int BMP280 = 0x58;
    private static final int NOT_MEASURED = 0x80000;
    private static final long PATIENCE = 100;
    private static final long MILLISECOND = 1_000_000;

    private final Registers chip;
    private final DriverContext context;
    private final Readings readings;
    private final Rhythm rhythm;
    private final boolean humid;
    private final Calibration calibration;
    private final byte[] data;

    Reader(Registers chip, Bme280 config, DriverContext context) throws IOException {
      this.chip = chip;
      this.context = context;
      this.readings = new Readings(config, context);
      this.rhythm = new Rhythm(config.every(), context);
      try {
        this.humid = identify();
        await(0x01, "copies its constants for ever: switch it off and on");
        this.calibration = Calibration.read(chip, humid);
        if (calibration.isBlank()) {
          throw new IOException(
              chip
                  + " has no calibration: switch it off and on; if that does not help, it is no"
                  + " BME280 of Bosch's");
        }
      } catch (IOException e) {
        chip.close();
        throw e;
      }
      this.data = new byte[humid ? 8 : 6];
    }

    private boolean identify() throws IOException {
      int id = chip.read(0xD0);
      if (id != BME280 && id != BMP280) {
        throw new IOException(
            String.format(
                "%s is no BME280 but a chip of id 0x%02x%s",
                chip, id, id == 0x61 ? " (a BME680)" : ""));
      }
      if (id == BMP280 && readings.wants(HUMIDITY.name())) {
        throw new IOException(
            chip
                + " is a BMP280, which measures no humidity: write"
                + " `signals: {temperature: {}, pressure: {}}`");
      }
      return id == BME280;
    }

    /** Waits until bits of the status are 0. */
    private void await(int bits, String problem) throws IOException {
      for (int i = 0; (chip.read(0xF3) & bits) != 0; i++) {
        if (i == PATIENCE) {
          throw new IOException(chip + " " + problem);
        }
        context.pause(MILLISECOND);
      }
    }

    /** The humidity's oversampling counts only once the register after it is written. */
    @Override
    public void step() throws IOException {
      if (!rhythm.isDue()) {
        return;
      }
      if (humid) {
        chip.write(0xF2, 0x01);
      }
      chip.write(0xF4, 0x25);
      Instant time = context.clock().instant();
      context.pause(8 * MILLISECOND);
      await(0x08, "measures for ever: switch it off and on");
      chip.read(0xF7, data);
      context.counters().countRead();
      give(time);
    }

    private void give(Instant time) {
      int temperature = raw(3);
      int pressure = raw(0);
      int humidity = humid ? (data[6] & 0xFF) << 8 | data[7] & 0xFF : 0;
      if (temperature == NOT_MEASURED
          || pressure == NOT_MEASURED
          || (humid && humidity == NOT_MEASURED >> 4)) {
        context
            .counters()
            .countRejected("the chip did not measure, as after a short loss of power: look at it");
        return;
      }
      double fine = calibration.fine(temperature);
      double celsius = calibration.celsius(fine);
      double hectopascal = calibration.pascal(pressure, fine) / 100;
      if (!(celsius >= -40 && celsius <= 85 && hectopascal >= 300 && hectopascal <= 1100)) {
        context
            .counters()
            .countRejected(
                "a value that the chip cannot measure (-40 to 85 °C, 300 to 1100 hPa): look at its"
                    + " wires, or change it");
        return;
      }
      readings.give(TEMPERATURE.name(), time, celsius, 2);
      readings.give(PRESSURE.name(), time, hectopascal, 2);
      if (humid) {
        readings.give(HUMIDITY.name(), time, calibration.percent(humidity, fine), 2);
      }
    }

    private int raw(int at) {
      return (data[at] & 0xFF) << 12 | (data[at + 1] & 0xFF) << 4 | (data[at + 2] & 0xFF) >> 4;
    }

    @Override
    public void close() throws IOException {
      chip.close();
    }
  }
}
