package fr.vigie.agent.driver.line;

import static fr.vigie.agent.driver.Quantity.event;

import fr.vigie.agent.bus.BytePort;
import fr.vigie.agent.bus.Framing;
import fr.vigie.agent.bus.InputDevice;
import fr.vigie.agent.bus.SerialBus;
import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.DriverContext;
import fr.vigie.agent.driver.DriverCounters;
import fr.vigie.agent.driver.DriverType;
import fr.vigie.agent.driver.Measured;
import fr.vigie.agent.driver.MeasuringConfig;
import fr.vigie.agent.driver.Place;
import fr.vigie.agent.driver.Quantity;
import fr.vigie.agent.driver.Readings;
import fr.vigie.agent.setting.Default;
import fr.vigie.agent.setting.Mistakes;
import fr.vigie.agent.telegram.KeyboardScans;
import fr.vigie.agent.telegram.Scan;
import fr.vigie.agent.telegram.ScanDecoder;
import fr.vigie.agent.telegram.ScanException;
import fr.vigie.agent.telegram.SerialScans;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A barcode scanner, on a serial line or as a keyboard; every scan is an event.
 *
 * @param machine the machine that the signals belong to
 * @param port an absolute path; one within {@code /dev/input} is a keyboard, any other a serial
 *     line
 * @param baud bits a second, of a serial line
 * @param framing data bits, parity, stop bits, of a serial line
 * @param content what codes hold when the scanner gives no AIM prefix
 * @param pattern what every code must look like
 * @param signals by name; {@code from} is the part where it differs; all when left out
 */
public record Barcode(
    String machine,
    Path port,
    @Default("9600") int baud,
    @Default("8N1") Framing framing,
    @Default("plain") Scan.Content content,
    Optional<Pattern> pattern,
    Map<String, Measured> signals)
    implements MeasuringConfig {
  private static final Path KEYBOARDS = Path.of("/dev/input");
  private static final String WHOLE = "scan";
  private static final List<Quantity> QUANTITIES =
      List.of(event(WHOLE), event("gtin"), event("batch"), event("serial"), event("sscc"));

  public Barcode {
    Mistakes mistakes =
        new Mistakes()
            .unless(
                port.isAbsolute(),
                "port",
                "'" + port + "'",
                "a path such as /dev/serial/by-id/… or /dev/input/by-id/…-event-kbd")
            .unless(
                baud >= 50 && baud <= 4_000_000, "baud", Integer.toString(baud), "50 to 4000000");
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
    return Place.alone(port);
  }

  @Override
  public Driver open(DriverContext context) throws IOException {
    if (port.startsWith(KEYBOARDS)) {
      InputDevice device = InputDevice.open(port);
      ScanDecoder keys = new KeyboardScans(InputDevice.EVENT_BYTES);
      return new Reader(this, device::read, device, keys, context);
    }
    BytePort serial = SerialBus.open(port, baud, framing, false);
    return new Reader(this, serial::read, serial, new SerialScans(), context);
  }

  /** Announces the driver. */
  public static final class Type implements DriverType {
    @Override
    public String name() {
      return "barcode";
    }

    @Override
    public Class<Barcode> config() {
      return Barcode.class;
    }
  }

  /** Reads the open scanner. */
  static final class Reader implements Driver, ScanDecoder.Scans {
    /** Gives bytes, after 200 ms at most. */
    interface Source {
      int read(byte[] into) throws IOException;
    }

    private static final long LONGEST_PAUSE = Duration.ofSeconds(1).toNanos();

    private final Barcode config;
    private final Source source;
    private final Closeable device;
    private final ScanDecoder decoder;
    private final DriverContext context;
    private final DriverCounters counters;
    private final Readings readings;
    private final byte[] bytes = new byte[1536];
    private long heardAt;

    Reader(
        Barcode config,
        Source source,
        Closeable device,
        ScanDecoder decoder,
        DriverContext context) {
      this.config = config;
      this.source = source;
      this.device = device;
      this.decoder = decoder;
      this.context = context;
      this.counters = context.counters();
      this.readings = new Readings(config, context);
      this.heardAt = context.monotonic().getAsLong();
    }

    @Override
    public void step() throws IOException {
      int count = source.read(bytes);
      long now = context.monotonic().getAsLong();
      if (now - heardAt > LONGEST_PAUSE) {
        decoder.silent(this);
      }
      if (count > 0) {
        heardAt = now;
        decoder.feed(bytes, count, this);
      }
    }

    @Override
    public void rejected(String why) {
      counters.countRead();
      counters.countRejected(why);
    }

    @Override
    public void scan(String text) {
      counters.countRead();
      try {
        Scan scan = Scan.read(text, config.content);
        if (config.pattern.isPresent() && !config.pattern.get().matcher(scan.text()).matches()) {
          counters.countRejected("a code of another form than the pattern: " + scan.text());
        } else {
          hand(scan);
        }
      } catch (ScanException e) {
        counters.countRejected(String.valueOf(e.getMessage()));
      }
    }

    private void hand(Scan scan) {
      Instant now = context.clock().instant();
      for (Quantity quantity : QUANTITIES) {
        String name = quantity.name();
        Optional<String> value =
            name.equals(WHOLE)
                ? Optional.of(scan.text())
                : Optional.ofNullable(scan.parts().get(name));
        value.ifPresent(text -> readings.give(name, now, text));
      }
    }

    @Override
    public void close() throws IOException {
      device.close();
    }
  }
}
