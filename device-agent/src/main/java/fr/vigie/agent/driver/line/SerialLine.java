package fr.vigie.agent.driver.line;

import fr.vigie.agent.bus.BytePort;
import fr.vigie.agent.bus.Framing;
import fr.vigie.agent.bus.SerialBus;
import fr.vigie.agent.driver.Diagnosable;
import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.DriverConfig;
import fr.vigie.agent.driver.DriverContext;
import fr.vigie.agent.driver.DriverType;
import fr.vigie.agent.driver.Finding;
import fr.vigie.agent.driver.LineSignal;
import fr.vigie.agent.driver.Place;
import fr.vigie.agent.driver.Quantity;
import fr.vigie.agent.refine.Refinement;
import fr.vigie.agent.setting.ByteSize;
import fr.vigie.agent.setting.Default;
import fr.vigie.agent.setting.Mistakes;
import fr.vigie.signal.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A device that prints lines on a serial port: a PLC, a microcontroller, an MTConnect adapter.
 *
 * @param machine the machine that the signals belong to
 * @param port an absolute path, best one of {@code /dev/serial/by-id}
 * @param baud bits a second
 * @param framing data bits, parity, stop bits
 * @param format the form of the lines
 * @param pattern for {@code regex}: the whole line, with a named group for each key
 * @param pairSeparator for {@code key-value}: between two pairs
 * @param keySeparator for {@code key-value}: between a key and its value
 * @param conditions for {@code shdr}: keys that are conditions, as globs such as {@code *_cond}
 * @param time the key that holds the device's own time, ISO 8601; without it, and without the time
 *     that {@code shdr} lines begin with, a line has the time of its arrival
 * @param zone of a device time that carries no offset
 * @param sequence the key that holds the device's own count of lines, from which missed lines are
 *     known and declared; a line is then taken whole or not at all
 * @param decimal the decimal sign, a dot or a comma
 * @param missing values that mean "no value now"; a state or an event keeps them as they are. For
 *     {@code shdr}, when left out: {@code UNAVAILABLE}
 * @param longestLine a longer line is dropped and counted
 * @param skipFirst pass over the first line after each opening, which may be the rest of one; for
 *     devices that talk all the time. Left out, the first line is taken if it has the form: logs
 *     and devices that speak on request begin whole, and a pattern or the keys tell most half lines
 * @param resetOnOpen pulse DTR after opening, which restarts an Arduino or an ESP board
 * @param signals by name
 */
public record SerialLine(
    String machine,
    Path port,
    @Default("9600") int baud,
    @Default("8N1") Framing framing,
    LineFormat format,
    Optional<Pattern> pattern,
    @Default(";") String pairSeparator,
    @Default("=") String keySeparator,
    List<String> conditions,
    Optional<String> time,
    Optional<ZoneId> zone,
    Optional<String> sequence,
    @Default(".") String decimal,
    List<String> missing,
    @Default("64KiB") ByteSize longestLine,
    @Default("false") boolean skipFirst,
    @Default("false") boolean resetOnOpen,
    Map<String, LineSignal> signals)
    implements DriverConfig {
  private static final int MOST_BYTES_IN_LINE = 1 << 20;

  public SerialLine {
    boolean regex = format == LineFormat.REGEX;
    Mistakes mistakes = new Mistakes();
    SerialBus.check(mistakes, port, baud);
    mistakes
        .unless(
            !regex || pattern.isPresent(),
            "pattern",
            "nothing",
            "a regular expression with a named group for each key")
        .unless(regex || pattern.isEmpty(), "pattern", "a pattern", "none, or format: regex")
        .unless(!pairSeparator.isEmpty(), "pair-separator", "nothing", "a text")
        .unless(!keySeparator.isEmpty(), "key-separator", "nothing", "a text")
        .unless(
            !pairSeparator.equals(keySeparator) || pairSeparator.isEmpty(),
            "key-separator",
            "the pair-separator",
            "another text")
        .unless(
            conditions.isEmpty() || format == LineFormat.SHDR,
            "conditions",
            "conditions",
            "none, or format: shdr")
        .unless(
            decimal.equals(".") || decimal.equals(","),
            "decimal",
            "'" + decimal + "'",
            "'.' or ','")
        .unless(
            longestLine.bytes() >= 16 && longestLine.bytes() <= MOST_BYTES_IN_LINE,
            "longest-line",
            longestLine.bytes() + " bytes",
            "16B to 1MiB")
        .unless(!signals.isEmpty(), "signals", "nothing", "at least one signal");
    Quantity.checkNames(mistakes, machine, signals, LineSignal::from);
    if (pattern.isPresent()) {
      checkGroups(pattern.get(), time, sequence, signals, mistakes);
    }
    mistakes.refuse();
    signals = Map.copyOf(signals);
    conditions = List.copyOf(conditions);
    missing =
        missing.isEmpty() && format == LineFormat.SHDR
            ? List.of("UNAVAILABLE")
            : List.copyOf(missing);
  }

  private static void checkGroups(
      Pattern pattern,
      Optional<String> time,
      Optional<String> sequence,
      Map<String, LineSignal> signals,
      Mistakes mistakes) {
    Set<String> groups = LineFormat.groups(pattern);
    Map<String, String> keys = new TreeMap<>();
    signals.forEach((name, signal) -> keys.put("signals." + name, signal.from().orElse(name)));
    time.ifPresent(key -> keys.put("time", key));
    sequence.ifPresent(key -> keys.put("sequence", key));
    keys.forEach(
        (where, key) ->
            mistakes.unless(
                groups.contains(key),
                where,
                "no group '" + key + "' in the pattern",
                groups.isEmpty() ? "named groups, as in (?<temp>\\d+)" : "one of " + groups));
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
    return Place.alone(port);
  }

  @Override
  public Driver open(DriverContext context) throws IOException {
    return new Reader(SerialBus.open(port, baud, framing, resetOnOpen), this, context);
  }

  LineFormat.Parser parser() {
    return switch (format) {
      case REGEX -> LineFormat.regex(pattern.orElseThrow());
      case KEY_VALUE -> LineFormat.keyValue(pairSeparator, keySeparator);
      case JSON -> LineFormat.json();
      case SHDR -> LineFormat.shdr(conditions.stream().map(SerialLine::glob).toList());
    };
  }

  private static Pattern glob(String text) {
    StringBuilder expression = new StringBuilder();
    for (String part : text.split("(?<=\\*)|(?=\\*)")) {
      expression.append(part.equals("*") ? ".*" : Pattern.quote(part));
    }
    return Pattern.compile(expression.toString());
  }

  /** Announces the driver. */
  public static final class Type implements DriverType {
    @Override
    public String name() {
      return "serial-line";
    }

    @Override
    public Class<SerialLine> config() {
      return SerialLine.class;
    }
  }

  /** Reads the open port. */
  static final class Reader implements Driver, Diagnosable {
    private final BytePort port;
    private final LineBuffer buffer;
    private final LineReader lines;
    private final LineLoad load;
    private final byte[] bytes = new byte[8192];

    Reader(BytePort port, SerialLine config, DriverContext context) {
      this.port = port;
      this.buffer = new LineBuffer((int) config.longestLine().bytes());
      this.lines = new LineReader(config, context);
      this.load = new LineLoad(config.baud(), config.framing(), context);
    }

    @Override
    public void step() throws IOException {
      int count = port.read(bytes);
      load.count(count);
      buffer.feed(bytes, count, lines);
    }

    @Override
    public List<Finding> findings() {
      return List.of(load.finding());
    }

    @Override
    public void close() throws IOException {
      port.close();
    }
  }
}
