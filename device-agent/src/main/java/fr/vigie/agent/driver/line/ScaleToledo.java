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
import fr.vigie.agent.setting.Default;
import fr.vigie.agent.setting.Mistakes;
import fr.vigie.agent.telegram.ToledoDecoder;
import fr.vigie.agent.telegram.ToledoFrame;
import fr.vigie.signal.Quality;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Value;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A scale that sends the continuous format of Mettler Toledo.
 *
 * @param machine the machine that the signals belong to
 * @param port an absolute path, best one of {@code /dev/serial/by-id}
 * @param baud bits a second
 * @param framing data bits, parity, stop bits
 * @param checksum whether the scale ends each frame with one
 * @param unit of weight and tare; what the scale says in another metric one is converted
 * @param unstable take weights that move too, as uncertain ones
 * @param signals by name; {@code from} is the quantity where it differs; all when left out
 */
public record ScaleToledo(
    String machine,
    Path port,
    @Default("9600") int baud,
    @Default("8N1") Framing framing,
    @Default("true") boolean checksum,
    @Default("kg") MassUnit unit,
    @Default("false") boolean unstable,
    Map<String, Measured> signals)
    implements MeasuringConfig {
  public ScaleToledo {
    Mistakes mistakes = new Mistakes();
    SerialBus.check(mistakes, port, baud);
    Quantity.check(mistakes, quantities(unit), machine, signals);
    mistakes.refuse();
    signals = Map.copyOf(signals);
  }

  private static List<Quantity> quantities(MassUnit unit) {
    return List.of(
        Quantity.gauge("weight", unit.symbol),
        Quantity.gauge("tare", unit.symbol),
        Quantity.state("shows"),
        Quantity.state("status"));
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
      return "scale-toledo";
    }

    @Override
    public Class<ScaleToledo> config() {
      return ScaleToledo.class;
    }
  }

  /** Reads the open port. */
  static final class Reader implements Driver, ToledoDecoder.Frames {
    private final ScaleToledo config;
    private final BytePort port;
    private final DriverContext context;
    private final Readings readings;
    private final ToledoDecoder decoder;
    private final byte[] bytes = new byte[1024];
    private Instant arrival;

    Reader(ScaleToledo config, BytePort port, DriverContext context) {
      this.config = config;
      this.port = port;
      this.context = context;
      this.readings = new Readings(config, context);
      this.decoder = new ToledoDecoder(config.checksum);
      this.arrival = context.clock().instant();
    }

    @Override
    public void step() throws IOException {
      int count = port.read(bytes);
      arrival = context.clock().instant();
      decoder.feed(bytes, count, this);
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
    public void frame(ToledoFrame frame) {
      Optional<MassUnit> unit = MassUnit.of(frame.unit());
      OptionalDouble weight = inUnit(unit, frame.weight());
      OptionalDouble tare = inUnit(unit, frame.tare());
      if (weight.isEmpty() || tare.isEmpty()) {
        rejected(
            "the scale weighs in "
                + unit.map(MassUnit::toString).orElse("a unit of its own")
                + ", the configuration in "
                + config.unit
                + ": set `unit`");
      } else if (frame.expanded()) {
        rejected("the scale shows an expanded weight: leave that display");
      } else {
        context.counters().countRead();
        hand(frame, weight.getAsDouble(), tare.getAsDouble());
      }
    }

    private OptionalDouble inUnit(Optional<MassUnit> unit, BigDecimal amount) {
      return unit.isPresent() ? unit.get().in(config.unit, amount) : OptionalDouble.empty();
    }

    private void hand(ToledoFrame frame, double weight, double tare) {
      if (frame.outOfRange() || frame.notZeroed()) {
        readings.give("weight", Sample.missing(arrival));
      } else if (!frame.moving()) {
        readings.give("weight", Sample.good(arrival, weight));
      } else if (config.unstable) {
        readings.give("weight", new Sample(arrival, Value.of(weight), Quality.UNCERTAIN));
      }
      readings.give("tare", Sample.good(arrival, tare));
      readings.give("shows", Sample.good(arrival, frame.net() ? "net" : "gross"));
      readings.give("status", Sample.good(arrival, status(frame)));
    }

    private static String status(ToledoFrame frame) {
      if (frame.outOfRange()) {
        return "out-of-range";
      }
      if (frame.notZeroed()) {
        return "not-zeroed";
      }
      return frame.moving() ? "moving" : "stable";
    }
  }
}
