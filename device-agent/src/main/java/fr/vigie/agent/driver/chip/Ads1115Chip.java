package fr.vigie.agent.driver.chip;

import fr.vigie.agent.bus.Buses;
import fr.vigie.agent.bus.I2cChip;
import fr.vigie.agent.bus.Registers;
import fr.vigie.agent.driver.DriverContext;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A TI ADS1115, an analog-to-digital converter of four inputs and 16 bits. Several sensors may
 * share one: whoever {@linkplain #take takes} it has it alone, in the order in which they ask.
 */
final class Ads1115Chip implements Closeable {
  /** What the chip says when a voltage is beyond its range. */
  static final int TOP = 0x7FFF;

  static final int BOTTOM = -0x8000;

  private static final int IDLE = 0x8000;
  private static final int START = 0x8000;
  private static final int SINGLE = 0x0100;
  private static final int NO_COMPARATOR = 0x0003;
  private static final long WAIT_MILLIS = 150;
  private static final long LONGEST_AT_860 = 1_500_000;

  private final Registers chip;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final byte[] word = new byte[2];
  private int configuration;

  Ads1115Chip(Registers chip) {
    this.chip = chip;
  }

  /**
   * Joins those who use the chip. One that stops answering is not {@linkplain Buses.Lease#lost
   * lost}: it answers again through the same bus.
   *
   * @throws IOException when it does not answer, or is another chip
   */
  static Buses.Lease<Ads1115Chip> join(DriverContext context, Path bus, Address address)
      throws IOException {
    Buses.Lease<Ads1115Chip> lease =
        context
            .buses()
            .join(
                bus.normalize() + " " + address,
                () -> new Ads1115Chip(I2cChip.open(bus, address.number)));
    try {
      lease.bus().probe(context);
      return lease;
    } catch (IOException e) {
      lease.close();
      throw e;
    }
  }

  /** Sees whether the chip is there, unless somebody uses it. */
  void probe(DriverContext context) throws IOException {
    if (take()) {
      try {
        rest(context);
        settings();
      } finally {
        leave();
      }
    }
  }

  /**
   * Waits for the chip, not longer than a driver's step may take; false when others still use it.
   */
  boolean take() {
    try {
      return lock.tryLock(WAIT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Leaves the chip to others. */
  void leave() {
    lock.unlock();
  }

  /**
   * Measures a voltage once.
   *
   * @return in steps of {@link Range#step}
   * @throws IOException when the chip does not answer, or lost what it was told
   */
  int measure(Input input, Range range, Rate rate, DriverContext context) throws IOException {
    start(input, range, rate, START | SINGLE);
    long conversion = 1_100_000_000L / rate.hertz;
    context.pause(conversion);
    long end = context.monotonic().getAsLong() + 2 * conversion;
    while ((settings() & IDLE) == 0) {
      if (context.monotonic().getAsLong() > end) {
        throw new IOException(chip + " measures for ever: switch it off and on");
      }
      context.pause(conversion / 8);
    }
    return value();
  }

  /** Measures the same voltage again and again, as fast as the chip can, until it is to rest. */
  void stream(Input input, Range range) throws IOException {
    start(input, range, Rate.R_860, 0);
  }

  /** Stops measuring, and waits until it has: before that, a new measurement would not begin. */
  void rest(DriverContext context) throws IOException {
    start(Input.A0, Range.V4_096, Rate.R_860, SINGLE);
    context.pause(LONGEST_AT_860);
  }

  private void start(Input input, Range range, Rate rate, int how) throws IOException {
    int told =
        how | input.ordinal() << 12 | range.ordinal() << 9 | rate.ordinal() << 5 | NO_COMPARATOR;
    chip.write(0x01, told >> 8, told & 0xFF);
    configuration = told & ~IDLE;
  }

  /**
   * The chip's settings, which must be as they were told.
   *
   * @throws IOException when they are not, as after a loss of power or on another chip
   */
  int settings() throws IOException {
    chip.read(0x01, word);
    int settings = word();
    if ((settings & ~IDLE) != configuration) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s does not keep its settings (%04x, told %04x): is it an ADS1115, and its supply"
                  + " steady?",
              chip,
              settings & ~IDLE,
              configuration));
    }
    return settings;
  }

  /** The last voltage, in steps of {@link Range#step}. */
  int value() throws IOException {
    chip.read(0x00, word);
    return (short) word();
  }

  private int word() {
    return (word[0] & 0xFF) << 8 | word[1] & 0xFF;
  }

  @Override
  public void close() throws IOException {
    chip.close();
  }

  /** Where the chip may be, by its pin ADDR. */
  public enum Address {
    X48(0x48),
    X49(0x49),
    X4A(0x4A),
    X4B(0x4B);

    private final int number;

    Address(int number) {
      this.number = number;
    }

    @Override
    public String toString() {
      return "0x" + Integer.toHexString(number);
    }
  }

  /** What is measured: between two pins, or from a pin to ground. The order is the chip's. */
  public enum Input {
    A0_A1("a0-a1"),
    A0_A3("a0-a3"),
    A1_A3("a1-a3"),
    A2_A3("a2-a3"),
    A0("a0"),
    A1("a1"),
    A2("a2"),
    A3("a3");

    private final String text;

    Input(String text) {
      this.text = text;
    }

    boolean isToGround() {
      return ordinal() >= A0.ordinal();
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** The highest voltage of either sign. The order is the chip's. */
  public enum Range {
    V6_144(6.144),
    V4_096(4.096),
    V2_048(2.048),
    V1_024(1.024),
    V0_512(0.512),
    V0_256(0.256);

    private final double volt;

    Range(double volt) {
      this.volt = volt;
    }

    /** Volts of one step. */
    double step() {
      return volt / 32768;
    }

    @Override
    public String toString() {
      return volt + "V";
    }
  }

  /** Measurements a second; each is a mean over its time. The order is the chip's. */
  public enum Rate {
    R_8(8),
    R_16(16),
    R_32(32),
    R_64(64),
    R_128(128),
    R_250(250),
    R_475(475),
    R_860(860);

    private final int hertz;

    Rate(int hertz) {
      this.hertz = hertz;
    }

    @Override
    public String toString() {
      return Integer.toString(hertz);
    }
  }
}
