package fr.vigie.agent.driver.meter;

import fr.vigie.agent.bus.Buses;
import fr.vigie.agent.bus.Framing;
import fr.vigie.agent.bus.SerialBus;
import fr.vigie.agent.bus.SharedPort;
import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.DriverConfig;
import fr.vigie.agent.driver.DriverContext;
import fr.vigie.agent.driver.DriverType;
import fr.vigie.agent.driver.LineSignal;
import fr.vigie.agent.driver.Place;
import fr.vigie.agent.driver.Quantity;
import fr.vigie.agent.refine.Refinement;
import fr.vigie.agent.setting.Default;
import fr.vigie.agent.setting.Mistakes;
import fr.vigie.agent.telegram.MbusFrame;
import fr.vigie.signal.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A meter on an M-Bus, through a level converter: electricity, heat, water, gas.
 *
 * @param machine the machine that the signals belong to
 * @param port an absolute path; several meters share one
 * @param baud bits a second, the same for all meters of the port
 * @param framing data bits, parity, stop bits
 * @param address the meter's primary address; 254 is any, for one meter alone
 * @param id the eight digits on the meter's plate; the values of another meter are refused
 * @param every how often to read the meter
 * @param signals by name; {@code from} is the record's key where it differs
 */
public record Mbus(
    String machine,
    Path port,
    @Default("2400") int baud,
    @Default("8E1") Framing framing,
    int address,
    Optional<String> id,
    @Default("10s") Duration every,
    Map<String, LineSignal> signals)
    implements DriverConfig {
  private static final int MOST_METERS = 250;
  private static final int MOST_TELEGRAMS = 16;
  private static final Pattern KEY =
      Pattern.compile("[a-z][a-z0-9-]*(?:\\.[a-z]+\\d*)*(\\.\\d+)?(?:@(\\d{1,2}))?");

  public Mbus {
    Mistakes mistakes =
        new Mistakes()
            .unless(
                port.isAbsolute(), "port", "'" + port + "'", "a path such as /dev/serial/by-id/…")
            .unless(baud >= 300 && baud <= 38_400, "baud", Integer.toString(baud), "300 to 38400")
            .unless(
                address == MbusFrame.ANY || (address >= 0 && address <= MOST_METERS),
                "address",
                Integer.toString(address),
                "0 to 250, or 254")
            .unless(
                id.isEmpty() || id.get().matches("\\d{8}"),
                "id",
                "'" + id.orElse("") + "'",
                "the eight digits on the meter, in quotes")
            .unless(
                every.compareTo(Duration.ofSeconds(1)) >= 0
                    && every.compareTo(Duration.ofDays(1)) <= 0,
                "every",
                every.toMillis() + " ms",
                "1s to 1d")
            .unless(!signals.isEmpty(), "signals", "nothing", "at least one signal");
    Quantity.checkNames(mistakes, machine, signals, LineSignal::from);
    signals.forEach(
        (name, signal) -> {
          String key = signal.from().orElse(name);
          mistakes
              .unless(
                  !signal.kind().isText(),
                  "signals." + name + ".kind",
                  signal.kind().toString().toLowerCase(Locale.ROOT),
                  "gauge or counter")
              .unless(
                  KEY.matcher(key).matches() && telegram(key) <= MOST_TELEGRAMS,
                  "signals." + name + (signal.from().isPresent() ? ".from" : ""),
                  "'" + key + "'",
                  "a record such as energy, voltage.2 or power.max");
        });
    mistakes.refuse();
    signals = Map.copyOf(signals);
  }

  /** In which of the meter's telegrams a record stands, from 1 on. */
  static int telegram(String key) {
    Matcher parts = KEY.matcher(key);
    return parts.matches() && parts.group(2) != null ? Integer.parseInt(parts.group(2)) : 1;
  }

  static boolean isNumbered(String key) {
    Matcher parts = KEY.matcher(key);
    return parts.matches() && parts.group(1) != null;
  }

  @Override
  public List<Signal> describe() {
    return List.copyOf(LineSignal.byKey(machine, signals).values());
  }

  @Override
  public Map<String, Refinement> refinements() {
    return Refinement.each(signals, LineSignal::refine);
  }

  @Override
  public Place place() {
    return address == MbusFrame.ANY
        ? Place.alone(port)
        : new Place(port.normalize().toString(), "meter " + address, baud + " " + framing);
  }

  @Override
  public Driver open(DriverContext context) throws IOException {
    return open(context, () -> new SharedPort(SerialBus.open(port, baud, framing, false)));
  }

  Driver open(DriverContext context, Buses.Opener<SharedPort> opener) throws IOException {
    return MbusReader.open(this, context.buses().join(place().device(), opener), context);
  }

  /** Announces the driver. */
  public static final class Type implements DriverType {
    @Override
    public String name() {
      return "mbus";
    }

    @Override
    public Class<Mbus> config() {
      return Mbus.class;
    }
  }
}
