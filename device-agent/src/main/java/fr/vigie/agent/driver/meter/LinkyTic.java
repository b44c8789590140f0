package fr.vigie.agent.driver.meter;

import fr.vigie.agent.bus.BytePort;
import fr.vigie.agent.bus.Framing;
import fr.vigie.agent.bus.SerialBus;
import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.DriverContext;
import fr.vigie.agent.driver.DriverType;
import fr.vigie.agent.driver.Measured;
import fr.vigie.agent.driver.MeasuringConfig;
import fr.vigie.agent.driver.Place;
import fr.vigie.agent.driver.Quantity;
import fr.vigie.agent.setting.Default;
import fr.vigie.agent.setting.Mistakes;
import fr.vigie.agent.telegram.TicDate;
import fr.vigie.agent.telegram.TicDecoder;
import fr.vigie.agent.telegram.TicGroup;
import fr.vigie.signal.Quality;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import fr.vigie.signal.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The customer information (TIC) of a French electricity meter up to 36 kVA, such as Linky.
 *
 * @param machine the machine, or the site, that the signals belong to
 * @param port an absolute path, best one of {@code /dev/serial/by-id}
 * @param framing data bits, parity, stop bits; {@code 8N1} for ports that know no seven bits
 * @param mode what the supplier has set the meter to
 * @param signals by name; {@code from} is the meter's label; all labels of the mode when left out
 */
public record LinkyTic(
    String machine,
    Path port,
    @Default("7E1") Framing framing,
    @Default("auto") Mode mode,
    Map<String, Measured> signals)
    implements MeasuringConfig {
  /** The two modes of a meter. */
  public enum Mode {
    /** Whichever is heard. */
    AUTO(0),
    HISTORIQUE(1200),
    STANDARD(9600);

    final int baud;

    Mode(int baud) {
      this.baud = baud;
    }
  }

  private static final String NUMBERED = "0[1-9]|10";

  public LinkyTic {
    Mistakes mistakes =
        new Mistakes()
            .unless(
                port.isAbsolute(), "port", "'" + port + "'", "a path such as /dev/serial/by-id/…")
            .unless(
                framing == Framing.F_7E1 || framing == Framing.F_8N1,
                "framing",
                framing.toString(),
                "7E1, or 8N1 where the port knows no seven bits");
    Quantity.check(mistakes, TicLabels.of(mode), machine, signals);
    mistakes.refuse();
    signals = Map.copyOf(signals);
  }

  @Override
  public List<Quantity> quantities() {
    return TicLabels.of(mode);
  }

  @Override
  public Place place() {
    return Place.alone(port);
  }

  @Override
  public Driver open(DriverContext context) throws IOException {
    return new Reader(this, baud -> SerialBus.open(port, baud, framing, false), context);
  }

  /** Announces the driver. */
  public static final class Type implements DriverType {
    @Override
    public String name() {
      return "linky-tic";
    }

    @Override
    public Class<LinkyTic> config() {
      return LinkyTic.class;
    }
  }

  /** Reads the port, at the other speed when no group is heard at one. */
  static final class Reader implements Driver {
    /** Opens the port at a speed. */
    interface Opener {
      BytePort open(int baud) throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(LinkyTic.class);
    private static final long PATIENCE = Duration.ofSeconds(6).toNanos();
    private static final Set<String> OF_LARGER_METERS =
        Set.of("ADS", "MESURES1", "PTCOUR1", "EA_s");
    private static final String LARGER_METER =
        "this seems to be a meter of more than 36 kVA (PME-PMI), which says other things than"
            + " linky-tic reads: take its pulse output, or put a meter of your own";

    private final LinkyTic config;
    private final Opener opener;
    private final DriverContext context;
    private final Map<String, Signal> wanted;
    private final Map<Signal, Sample> dated = new HashMap<>();
    private final Set<String> heard = new HashSet<>();
    private final byte[] bytes = new byte[1024];
    private TicDecoder decoder = new TicDecoder();
    private Mode mode;
    private BytePort port;
    private boolean known;
    private boolean noisy;
    private long heardAt;
    private Instant arrival;
    private Optional<Instant> frame = Optional.empty();

    Reader(LinkyTic config, Opener opener, DriverContext context) throws IOException {
      this.config = config;
      this.opener = opener;
      this.context = context;
      this.wanted = config.signalsByQuantity();
      this.mode = config.mode == Mode.AUTO ? Mode.HISTORIQUE : config.mode;
      this.port = opener.open(mode.baud);
      this.heardAt = context.monotonic().getAsLong();
      this.arrival = context.clock().instant();
    }

    @Override
    public void step() throws IOException {
      int count = port.read(bytes);
      if (count > 0) {
        noisy = true;
        arrival = context.clock().instant();
        decoder.feed(bytes, count, new Groups());
      }
      if (config.mode == Mode.AUTO && context.monotonic().getAsLong() - heardAt > PATIENCE) {
        tryOther();
      }
    }

    private void tryOther() throws IOException {
      if (noisy) {
        reject("nothing that a meter says at " + mode.baud + " baud: is it the right port?");
      }
      port.close();
      mode = mode == Mode.HISTORIQUE ? Mode.STANDARD : Mode.HISTORIQUE;
      port = opener.open(mode.baud);
      decoder = new TicDecoder();
      heardAt = context.monotonic().getAsLong();
      noisy = false;
      known = false;
    }

    @Override
    public void close() throws IOException {
      port.close();
    }

    private void reject(String why) {
      context.counters().countRead();
      context.counters().countRejected(why);
    }

    private final class Groups implements TicDecoder.Groups {
      @Override
      public void frameBegins() {
        begin();
      }

      private void begin() {
        frame = Optional.of(arrival);
        heard.clear();
      }

      @Override
      public void frameEnds() {
        frame = Optional.empty();
      }

      /** What comes before the first good group is the noise of a speed that is tried. */
      @Override
      public void rejected(String why) {
        if (known || config.mode != Mode.AUTO) {
          reject(why);
        }
      }

      @Override
      public void group(TicGroup group) {
        context.counters().countRead();
        heardAt = context.monotonic().getAsLong();
        if (!known) {
          known = true;
          tellOfMode();
        }
        if (frame.isEmpty() || !heard.add(group.label())) {
          begin();
          heard.add(group.label());
        }
        Signal signal = wanted.get(group.label());
        if (signal != null) {
          take(signal, group);
        } else if (OF_LARGER_METERS.contains(group.label())) {
          context.counters().countRejected(LARGER_METER);
        } else {
          context.counters().countIgnored();
        }
      }
    }

    private void tellOfMode() {
      if (config.mode == Mode.AUTO) {
        LOG.info("{}: a meter at {} baud", context.sensor(), mode.baud);
      }
    }

    private void take(Signal signal, TicGroup group) {
      Optional<Value> value = TicLabels.value(signal, group);
      Optional<TicDate> date = group.date().flatMap(TicDate::read);
      if (value.isEmpty()) {
        context.counters().countRejected(group.label() + " has a value of another form");
      } else if (group.date().isEmpty()) {
        Instant time = frame.orElse(arrival);
        context.sink().accept(signal, new Sample(time, value.get(), Quality.GOOD));
      } else if (date.isEmpty()) {
        context.counters().countRejected(group.label() + " has a date of another form");
      } else {
        Quality quality = date.get().sure() ? Quality.GOOD : Quality.CLOCK_UNSYNCED;
        once(signal, new Sample(date.get().time(), value.get(), quality));
      }
    }

    /** The meter repeats what it has dated until there is something newer. */
    private void once(Signal signal, Sample sample) {
      if (!sample.equals(dated.put(signal, sample))) {
        context.sink().accept(signal, sample);
      }
    }
  }
}
