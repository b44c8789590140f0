package fr.vigie.agent.driver.line;

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
import fr.vigie.agent.driver.Readings;
import fr.vigie.agent.driver.Rhythm;
import fr.vigie.agent.setting.Default;
import fr.vigie.agent.setting.Mistakes;
import fr.vigie.signal.Quality;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Value;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A scale that speaks MT-SICS, the command language of Mettler Toledo that others have taken over.
 *
 * @param machine the machine that the signals belong to
 * @param port an absolute path, best one of {@code /dev/serial/by-id}
 * @param baud bits a second
 * @param framing data bits, parity, stop bits
 * @param ask the command that makes the scale speak
 * @param every how often to ask; for {@code s} and {@code si}
 * @param width characters of the weight in an answer
 * @param unit of the weight; what the scale says in another metric one is converted
 * @param unstable take weights that move too, as uncertain ones
 * @param signals by name; {@code from} is the quantity where it differs; all when left out
 */
public record ScaleMtSics(
    String machine,
    Path port,
    @Default("9600") int baud,
    @Default("8N1") Framing framing,
    @Default("si") Ask ask,
    @Default("1s") Duration every,
    @Default("10") int width,
    @Default("kg") MassUnit unit,
    @Default("false") boolean unstable,
    Map<String, Measured> signals)
    implements MeasuringConfig {
  /** How a scale is made to speak, and how long it may take. */
  public enum Ask {
    /** For the next stable weight. */
    S(30),
    /** For the weight as it is now. */
    SI(2),
    /** For all weights from now on. */
    SIR(10),
    /** Not at all: the scale sends of its own accord. */
    NOTHING(0);

    final Duration patience;

    Ask(int seconds) {
      this.patience = Duration.ofSeconds(seconds);
    }
  }

  private static final List<String> ERRORS = List.of("ES", "ET", "EL");

  public ScaleMtSics {
    Mistakes mistakes = new Mistakes();
    SerialBus.check(mistakes, port, baud);
    mistakes
        .unless(
            every.compareTo(Duration.ofMillis(50)) >= 0 && every.compareTo(Duration.ofDays(1)) <= 0,
            "every",
            every.toMillis() + " ms",
            "50ms to 1d")
        .unless(width >= 1 && width <= 30, "width", Integer.toString(width), "1 to 30");
    Quantity.check(mistakes, quantities(unit), machine, signals);
    mistakes.refuse();
    signals = Map.copyOf(signals);
  }

  private static List<Quantity> quantities(MassUnit unit) {
    return List.of(Quantity.gauge("weight", unit.symbol), Quantity.state("status"));
  }

  @Override
  public List<Quantity> quantities() {
    return quantities(unit);
  }

  @Override
  public Place place() {
    return Place.alone(port);
  }

  @Override
  public Driver open(DriverContext context) throws IOException {
    return new Reader(this, SerialBus.open(port, baud, framing, false), context);
  }

  /** Announces the driver. */
  public static final class Type implements DriverType {
    @Override
    public String name() {
      return "scale-mtsics";
    }

    @Override
    public Class<ScaleMtSics> config() {
      return ScaleMtSics.class;
    }
  }

  /** Asks, and reads the answers. A weight is what it is at its arrival, whatever was asked. */
  static final class Reader implements Driver, LineBuffer.Lines {
    private static final int LONGEST_LINE = 128;

    private final ScaleMtSics config;
    private final BytePort port;
    private final DriverContext context;
    private final Readings readings;
    private final Pattern form;
    private final LineBuffer buffer = new LineBuffer(LONGEST_LINE);
    private final Rhythm rhythm;
    private final byte[] bytes = new byte[512];
    private boolean waiting;
    private long since;
    private Instant arrival;

    Reader(ScaleMtSics config, BytePort port, DriverContext context) {
      this.config = config;
      this.port = port;
      this.context = context;
      this.readings = new Readings(config, context);
      this.form =
          Pattern.compile(
              "SI? ([SD]) (?=.{" + config.width + "} \\S)( *-?\\d+(?:\\.\\d+)?) (\\S+) *");
      this.rhythm = new Rhythm(config.every, context);
      this.arrival = context.clock().instant();
      this.waiting = config.ask == Ask.NOTHING;
    }

    @Override
    public void step() throws IOException {
      if (waiting) {
        listen();
      } else if (config.ask == Ask.SIR || rhythm.isDue()) {
        port.write((config.ask + "\r\n").getBytes(StandardCharsets.US_ASCII));
        waiting = true;
        since = context.monotonic().getAsLong();
      }
    }

    private void listen() throws IOException {
      int count = port.read(bytes);
      arrival = context.clock().instant();
      buffer.feed(bytes, count, this);
      long now = context.monotonic().getAsLong();
      if (waiting && config.ask != Ask.NOTHING && now - since > config.ask.patience.toNanos()) {
        waiting = false;
        context
            .counters()
            .countRejected(
                "no answer to "
                    + config.ask
                    + " for "
                    + config.ask.patience.toSeconds()
                    + " s: is the scale switched on, and does it speak MT-SICS?");
      }
    }

    @Override
    public void close() throws IOException {
      port.close();
    }

    @Override
    public void rejected(String why) {
      context.counters().countRead();
      context.counters().countRejected(why);
    }

    @Override
    public void line(String line) {
      since = context.monotonic().getAsLong();
      waiting = config.ask == Ask.SIR || config.ask == Ask.NOTHING;
      Matcher weight = form.matcher(line);
      if (weight.matches()) {
        weigh(weight.group(1).equals("S"), weight.group(2).strip(), weight.group(3));
      } else if (line.equals("S +") || line.equals("S -")) {
        context.counters().countRead();
        readings.give("weight", Sample.missing(arrival));
        readings.give(
            "status", Sample.good(arrival, line.equals("S +") ? "overload" : "underload"));
      } else if (line.equals("S I")) {
        context.counters().countRead();
        context.counters().countIgnored();
      } else if (ERRORS.contains(line)) {
        rejected("the scale answers " + line + ": does it know the command " + config.ask + "?");
      } else {
        rejected("a line of another form: " + line);
      }
    }

    private void weigh(boolean stable, String number, String unit) {
      OptionalDouble weight = OptionalDouble.empty();
      if (MassUnit.of(unit).isPresent()) {
        weight = MassUnit.of(unit).get().in(config.unit, new BigDecimal(number));
      }
      if (weight.isEmpty()) {
        rejected(
            "the scale weighs in "
                + unit
                + ", the configuration in "
                + config.unit
                + ": set `unit`");
        return;
      }
      context.counters().countRead();
      if (stable) {
        readings.give("weight", Sample.good(arrival, weight.getAsDouble()));
      } else if (config.unstable) {
        Value value = Value.of(weight.getAsDouble());
        readings.give("weight", new Sample(arrival, value, Quality.UNCERTAIN));
      }
      readings.give("status", Sample.good(arrival, stable ? "stable" : "moving"));
    }
  }
}
