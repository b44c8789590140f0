package fr.vigie.agent.driver;

import fr.vigie.agent.bus.Buses;
import fr.vigie.agent.bus.Framing;
import fr.vigie.agent.bus.SerialBus;
import fr.vigie.agent.bus.modbus.Answer;
import fr.vigie.agent.bus.modbus.Modbus;
import fr.vigie.agent.bus.modbus.RtuLine;
import fr.vigie.agent.bus.modbus.TcpLink;
import fr.vigie.agent.refine.Refinement;
import fr.vigie.agent.register.Block;
import fr.vigie.agent.register.Cell;
import fr.vigie.agent.register.DeviceTemplate;
import fr.vigie.agent.register.Register;
import fr.vigie.agent.setting.Default;
import fr.vigie.agent.setting.Mistakes;
import fr.vigie.signal.Quality;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import fr.vigie.signal.Value;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private static final int MOST_REGISTERS = 125;
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
                baud.isEmpty() || (baud.get() >= 300 && baud.get() <= 4_000_000),
                "baud",
                baud.orElse(0).toString(),
                "300 to 4000000")
            .unless(
                framing.isEmpty() || framing.get().dataBits() == 8,
                "framing",
                framing.map(Framing::toString).orElse(""),
                "8 data bits, such as 8N1 or 8E1")
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
                longestRead.orElse(1) >= 1 && longestRead.orElse(1) <= MOST_REGISTERS,
                "longest-read",
                longestRead.orElse(0).toString(),
                "1 to 125 registers")
            .unless(
                gap.orElse(0) >= 0 && gap.orElse(0) < MOST_REGISTERS,
                "gap",
                gap.orElse(0).toString(),
                "0 to 124 registers")
            .unless(
                template.isPresent() || !signals.isEmpty(),
                "signals",
                "nothing",
                "a template, or at least one signal");
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
    Map<String, Refinement> refinements = new HashMap<>();
    signals.forEach((name, signal) -> refinements.put(name, signal.refine()));
    return refinements;
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
        .orElseGet(() -> new Place(host.orElseThrow(), "unit " + slave, manner()));
  }

  private String manner() {
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
    URI address = address(host.orElseThrow()).orElseThrow();
    int open = address.getPort() < 0 ? USUAL_PORT : address.getPort();
    return new TcpLink(Objects.requireNonNull(address.getHost()), open, context.monotonic());
  }

  @Override
  public Driver open(DriverContext context) throws IOException {
    return Reader.open(context.buses().join(place().device(), () -> way(context)), this, context);
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

  /**
   * Reads the device, a cycle at a time. A question that is answered by nothing that can be
   * believed is put a second time. When three in a row have no answer the device is not there; when
   * it was not there before, one is enough.
   */
  static final class Reader implements Driver {
    private static final int MOST_FAILURES = 3;
    private static final long LONGEST_STEP = Duration.ofMillis(100).toNanos();

    private final Buses.Lease<Modbus> way;
    private final ModbusDevice config;
    private final DriverContext context;
    private final Rhythm rhythm;
    private final List<Block> blocks;
    private boolean reading;
    private int next;
    private int failures = MOST_FAILURES - 1;
    private boolean answered;
    private Instant time = Instant.EPOCH;

    private Reader(Buses.Lease<Modbus> way, ModbusDevice config, DriverContext context) {
      this.way = way;
      this.config = config;
      this.context = context;
      this.rhythm = new Rhythm(config.every, context);
      int longest =
          config
              .longestRead
              .or(() -> config.template.flatMap(DeviceTemplate::longestRead))
              .orElse(MOST_REGISTERS);
      int gap = config.gap.or(() -> config.template.flatMap(DeviceTemplate::gap)).orElse(0);
      this.blocks = new ArrayList<>(Block.of(config.cells(), longest, gap));
    }

    /** Reads the device once: one that does not answer is not there. */
    static Driver open(Buses.Lease<Modbus> way, ModbusDevice config, DriverContext context)
        throws IOException {
      Reader reader = new Reader(way, config, context);
      try {
        do {
          reader.step();
        } while (reader.reading);
        return reader;
      } catch (IOException e) {
        reader.close();
        throw e;
      }
    }

    @Override
    public void step() throws IOException {
      reading = reading || rhythm.isDue();
      if (!reading) {
        return;
      }
      long start = context.monotonic().getAsLong();
      do {
        read(blocks.get(next));
      } while (reading && context.monotonic().getAsLong() - start < LONGEST_STEP);
    }

    private void read(Block block) throws IOException {
      Answer answer = ask(block);
      if (answer instanceof Answer.Damaged damaged) {
        reject(damaged.why());
        answer = ask(block);
      }
      if (answer instanceof Answer.Data data) {
        take(block, data);
      } else if (answer instanceof Answer.Refused refused && !refused.isOfAGateway()) {
        refuse(block, refused);
      } else {
        fail(answer);
      }
    }

    private Answer ask(Block block) throws IOException {
      try {
        return way.bus().read(config.slave, block.read(), config.timeout);
      } catch (IOException e) {
        if (config.port.isPresent()) {
          way.lost();
        }
        throw e;
      }
    }

    private void take(Block block, Answer.Data data) throws IOException {
      context.counters().countRead();
      failures = 0;
      if (!answered) {
        long ago = context.monotonic().getAsLong() - data.asked();
        time = context.clock().instant().minusNanos(ago);
        answered = true;
      }
      block.decode(data.bytes(), this::accept, context.counters()::countRejected);
      advance();
    }

    private void accept(Signal signal, Value value) {
      context.sink().accept(signal, new Sample(time, value, Quality.GOOD));
    }

    /** Where a device refuses a range it is asked for halves of it, and then keeps to them. */
    private void refuse(Block block, Answer.Refused refused) throws IOException {
      failures = 0;
      reject(block.read() + ": " + refused);
      if (refused.isOfTheRange() && block.cells().size() > 1) {
        blocks.remove(next);
        blocks.addAll(next, block.halves());
        return;
      }
      if (next + 1 == blocks.size() && !answered) {
        throw new IOException(
            config.device()
                + " answers, but refuses all that it is asked: "
                + block.read()
                + ": "
                + refused
                + ". Does its template fit, and do the addresses count from 0?");
      }
      advance();
    }

    private void fail(Answer answer) throws IOException {
      failures++;
      if (answer instanceof Answer.Damaged damaged) {
        reject(damaged.why());
        require(
            " gives answers that are damaged: "
                + (config.port.isPresent()
                    ? "are " + config.manner() + ", wiring and termination right?"
                    : "is it a Modbus device?"));
        advance();
        return;
      }
      if (answer instanceof Answer.Refused refused) {
        reject(refused.toString());
        require(": " + refused);
      } else {
        context.counters().countRejected("no answer");
        require(
            " does not answer within "
                + config.timeout.toMillis()
                + " ms: is it switched on, "
                + (config.port.isPresent()
                    ? "and are its address and " + config.manner() + " right?"
                    : "and is that its unit number?"));
      }
      endCycle();
    }

    private void require(String otherwise) throws IOException {
      if (failures >= MOST_FAILURES) {
        throw new IOException(config.device() + otherwise);
      }
    }

    private void reject(String why) {
      context.counters().countRead();
      context.counters().countRejected(why);
    }

    private void advance() {
      next++;
      if (next == blocks.size()) {
        endCycle();
      }
    }

    private void endCycle() {
      next = 0;
      reading = false;
      answered = false;
    }

    @Override
    public void close() throws IOException {
      way.close();
    }
  }

  private String device() {
    return place().part() + " on " + place().device();
  }
}
