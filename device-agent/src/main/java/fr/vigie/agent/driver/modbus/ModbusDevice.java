package fr.vigie.agent.driver.modbus;

import fr.vigie.agent.bus.Framing;
import fr.vigie.agent.bus.SerialBus;
import fr.vigie.agent.bus.modbus.Modbus;
import fr.vigie.agent.bus.modbus.RtuLine;
import fr.vigie.agent.bus.modbus.TcpLink;
import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.DriverConfig;
import fr.vigie.agent.driver.DriverContext;
import fr.vigie.agent.driver.DriverType;
import fr.vigie.agent.driver.Place;
import fr.vigie.agent.driver.Quantity;
import fr.vigie.agent.refine.Refinement;
import fr.vigie.agent.register.Block;
import fr.vigie.agent.register.Cell;
import fr.vigie.agent.register.DeviceTemplate;
import fr.vigie.agent.register.Register;
import fr.vigie.agent.setting.Default;
import fr.vigie.agent.setting.Mistakes;
import fr.vigie.signal.Signal;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A device that answers Modbus, on a serial line with others or over the network. It is read only.
 *
 * @param machine the machine that the signals belong to
 * @param port of a serial line, an absolute path
 * @param baud bits a second; left out, the template's, else 9600
 * @param framing data bits, parity, stop bits; left out, the template's, else 8N1
 * @param host of a device or gateway on the network: {@code name}, {@code address} or {@code
 *     name:port}; the port is 502 unless given
 * @param slave the device's address on the line, or its unit number behind a gateway
 * @param every how often it is read
 * @param timeout how long it may think about an answer
 * @param template what is known of devices of its make
 * @param longestRead registers asked for at once; left out, the template's, else 125
 * @param gap registers between two that may be read although nobody asks for them; left out, the
 *     template's, else 0
 * @param signals by name; left out, all of the template
 */
public record ModbusDevice(
    String machine,
    Optional<Path> port,
    Optional<Integer> baud,
    Optional<Framing> framing,
    Optional<String> host,
    @Default("1") int slave,
    @Default("1s") Duration every,
    @Default("500ms") Duration timeout,
    Optional<DeviceTemplate> template,
    Optional<Integer> longestRead,
    Optional<Integer> gap,
    Map<String, ModbusSignal> signals)
    implements DriverConfig {
  private static final int USUAL_PORT = 502;
  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(10);

  public ModbusDevice {
    boolean serial = port.isPresent();
    String speed = serial ? "" : "a serial line's key";
    Mistakes mistakes =
        new Mistakes()
            .unless(
                serial != host.isPresent(),
                serial ? "host" : "port",
                serial ? "port and host" : "neither port nor host",
                "a port such as /dev/serial/by-id/…, or a host such as 192.168.1.20")
            .unless(
                !serial || port.get().isAbsolute(),
                "port",
                "'" + port.map(Path::toString).orElse("") + "'",
                "a path such as /dev/serial/by-id/…")
            .unless(
                host.isEmpty() || address(host.get()).isPresent(),
                "host",
                "'" + host.orElse("") + "'",
                "a name or address, with a port or without, such as 192.168.1.20 or plc:1502")
            .unless(serial || baud.isEmpty(), "baud", speed, "none with a host")
            .unless(serial || framing.isEmpty(), "framing", speed, "none with a host")
            .unless(
                slave >= (serial ? 1 : 0) && slave <= (serial ? 247 : 255),
                "slave",
                Integer.toString(slave),
                serial ? "1 to 247" : "0 to 255")
            .unless(
                every.compareTo(SHORTEST) >= 0 && every.compareTo(LONGEST) <= 0,
                "every",
                every.toMillis() + " ms",
                "10ms to 1d")
            .unless(
                timeout.compareTo(SHORTEST) >= 0 && timeout.compareTo(LONGEST_TIMEOUT) <= 0,
                "timeout",
                timeout.toMillis() + " ms",
                "10ms to 10s")
            .unless(
                template.isPresent() || !signals.isEmpty(),
                "signals",
                "nothing",
                "a template, or at least one signal");
    DeviceTemplate.checkUse(mistakes, baud, framing, longestRead, gap);
    Quantity.checkNames(mistakes, machine, signals, ModbusSignal::from);
    Map<String, Register> known = template.map(DeviceTemplate::signals).orElse(Map.of());
    signals.forEach((name, signal) -> check(name, signal, known, mistakes));
    mistakes.refuse();
    signals = Collections.unmodifiableMap(new LinkedHashMap<>(signals));
  }

  private static void check(
      String name, ModbusSignal signal, Map<String, Register> known, Mistakes mistakes) {
    String key = "signals." + name;
    boolean own = signal.register().address().isPresent();
    mistakes
        .unless(
            own || signal.register().isEmpty(),
            key + ".address",
            "nothing",
            "the register's address, as the protocol counts")
        .unless(
            !own || signal.from().isEmpty(),
            key + ".from",
            "a signal of the template and an address",
            "one of the two")
        .unless(
            own || !signal.register().isEmpty() || known.containsKey(signal.from().orElse(name)),
            key + (signal.from().isPresent() ? ".from" : ""),
            "'" + signal.from().orElse(name) + "'",
            known.isEmpty()
                ? "the register's address, as the protocol counts"
                : "an address, or one of " + String.join(", ", known.keySet()));
    signal.refine().check(register(name, signal, known).kindOrUsual(), mistakes, key + '.');
  }

  private static Register register(String name, ModbusSignal signal, Map<String, Register> known) {
    return signal.register().isEmpty()
        ? known.getOrDefault(signal.from().orElse(name), signal.register())
        : signal.register();
  }

  private static Optional<URI> address(String host) {
    try {
      URI uri = new URI("modbus://" + host);
      boolean plain =
          uri.getHost() != null
              && ("modbus://" + host).equals("modbus://" + uri.getRawAuthority())
              && uri.getUserInfo() == null;
      return plain && uri.getPort() <= 65535 ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private List<Cell> cells() {
    Map<String, Register> known = template.map(DeviceTemplate::signals).orElse(Map.of());
    Map<String, Register> chosen = new LinkedHashMap<>();
    signals.forEach((name, signal) -> chosen.put(name, register(name, signal, known)));
    List<Cell> cells = new ArrayList<>();
    (signals.isEmpty() ? known : chosen)
        .forEach(
            (name, register) ->
                cells.add(
                    new Cell(
                        new Signal(
                            machine, name, register.kindOrUsual(), register.unit().orElse("")),
                        register)));
    return cells;
  }

  @Override
  public List<Signal> describe() {
    return cells().stream().map(Cell::signal).toList();
  }

  @Override
  public Map<String, Refinement> refinements() {
    return Refinement.each(signals, ModbusSignal::refine);
  }

  private int speed() {
    return baud.or(() -> template.flatMap(DeviceTemplate::baud)).orElse(9600);
  }

  private Framing bits() {
    return framing.or(() -> template.flatMap(DeviceTemplate::framing)).orElse(Framing.F_8N1);
  }

  @Override
  public Place place() {
    return port.map(path -> new Place(path.normalize().toString(), "slave " + slave, manner()))
        .orElseGet(() -> new Place(hostName() + ':' + hostPort(), "unit " + slave, manner()));
  }

  String manner() {
    return port.isPresent() ? "Modbus " + speed() + ' ' + bits() : "Modbus";
  }

  private Modbus way(DriverContext context) throws IOException {
    if (port.isPresent()) {
      return new RtuLine(
          SerialBus.open(port.get(), speed(), bits(), false),
          speed(),
          bits(),
          context.monotonic(),
          context::pause);
    }
    return new TcpLink(hostName(), hostPort(), context.monotonic());
  }

  private String hostName() {
    return host.flatMap(ModbusDevice::address).map(URI::getHost).orElseThrow();
  }

  private int hostPort() {
    return host.flatMap(ModbusDevice::address)
        .map(URI::getPort)
        .filter(given -> given >= 0)
        .orElse(USUAL_PORT);
  }

  @Override
  public Driver open(DriverContext context) throws IOException {
    return ModbusReader.open(
        context.buses().join(place().device(), () -> way(context)), this, context);
  }

  /** Announces the driver. */
  public static final class Type implements DriverType {
    @Override
    public String name() {
      return "modbus";
    }

    @Override
    public Class<ModbusDevice> config() {
      return ModbusDevice.class;
    }
  }

  List<Block> blocks() {
    int longest =
        longestRead
            .or(() -> template.flatMap(DeviceTemplate::longestRead))
            .orElse(DeviceTemplate.MOST_REGISTERS);
    return Block.of(
        cells(), longest, gap.or(() -> template.flatMap(DeviceTemplate::gap)).orElse(0));
  }

  /** The device in words. */
  String name() {
    return place().part() + " on " + place().device();
  }
}
