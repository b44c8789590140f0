package fr.vigie.agent.driver;

import fr.vigie.agent.bus.BytePort;
import fr.vigie.agent.bus.Framing;
import fr.vigie.agent.bus.SerialBus;
import fr.vigie.agent.refine.Deadband;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Names;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import fr.vigie.time.Span;
import fr.vigie.wire.Loss;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
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
 *     known and declared
 * @param decimal the decimal sign, a dot or a comma
 * @param missing values that mean "no value now"; a state keeps them as they are
 * @param longestLine a longer line is dropped and counted
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
    Map<String, LineSignal> signals)
    implements DriverConfig {
  private static final int MOST_BYTES_IN_LINE = 1 << 20;

  public SerialLine {
    if (!Names.isName(machine)) {
      throw new Mistake("machine", "'" + machine + "'", "letters, digits, '.', '_' or '-'");
    }
    if (!port.isAbsolute()) {
      throw new Mistake("port", "'" + port + "'", "a path such as /dev/serial/by-id/…");
    }
    if (baud < 50 || baud > 4_000_000) {
      throw new Mistake("baud", Integer.toString(baud), "50 to 4000000");
    }
    if ((format == LineFormat.REGEX) != pattern.isPresent()) {
      throw new Mistake(
          "pattern",
          pattern.isPresent() ? "a pattern" : "nothing",
          pattern.isPresent()
              ? "none, or format: regex"
              : "a regular expression with a named group for each key");
    }
    if (pairSeparator.isEmpty() || keySeparator.isEmpty()) {
      throw new Mistake(
          pairSeparator.isEmpty() ? "pair-separator" : "key-separator", "nothing", "a text");
    }
    if (!decimal.equals(".") && !decimal.equals(",")) {
      throw new Mistake("decimal", "'" + decimal + "'", "'.' or ','");
    }
    if (longestLine.bytes() < 16 || longestLine.bytes() > MOST_BYTES_IN_LINE) {
      throw new Mistake("longest-line", longestLine.bytes() + " bytes", "16B to 1MiB");
    }
    if (signals.isEmpty()) {
      throw new Mistake("signals", "nothing", "at least one signal");
    }
    for (String name : signals.keySet()) {
      if (!Names.isName(name)) {
        throw new Mistake("signals." + name, "'" + name + "'", "letters, digits, '.', '_' or '-'");
      }
    }
    if (pattern.isPresent()) {
      checkGroups(pattern.get(), time, sequence, signals);
    }
    signals = Map.copyOf(signals);
    conditions = List.copyOf(conditions);
    missing = List.copyOf(missing);
  }

  private static void checkGroups(
      Pattern pattern,
      Optional<String> time,
      Optional<String> sequence,
      Map<String, LineSignal> signals) {
    var groups = LineFormat.groups(pattern).keySet();
    signals.forEach(
        (name, signal) -> {
          String key = signal.from().orElse(name);
          if (!groups.contains(key)) {
            throw new Mistake("signals." + name, "no group '" + key + "'", "one of " + groups);
          }
        });
    time.filter(key -> !groups.contains(key))
        .ifPresent(
            key -> {
              throw new Mistake("time", "no group '" + key + "'", "one of " + groups);
            });
    sequence
        .filter(key -> !groups.contains(key))
        .ifPresent(
            key -> {
              throw new Mistake("sequence", "no group '" + key + "'", "one of " + groups);
            });
  }

  @Override
  public List<Signal> describe() {
    return signals.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> signal(entry.getKey(), entry.getValue()))
        .toList();
  }

  private Signal signal(String name, LineSignal signal) {
    return new Signal(machine, name, signal.kind(), signal.unit());
  }

  @Override
  public String occupies() {
    return port.toString();
  }

  @Override
  public Driver open(DriverContext context) throws IOException {
    return new Reader(this, SerialBus.open(port, baud, framing), context);
  }

  private LineFormat.Parser parser() {
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

  /** A signal that lines feed, with what it lets pass. */
  private record Fed(Signal signal, Optional<Deadband> deadband) {}

  /** Reads the open port. */
  static final class Reader implements Driver, LineBuffer.Lines {
    private final SerialLine config;
    private final BytePort port;
    private final DriverContext context;
    private final LineFormat.Parser parser;
    private final DeviceTime deviceTime;
    private final LineBuffer lines;
    private final Map<String, Fed> fed = new HashMap<>();
    private final Fields fields = new Fields();
    private final byte[] bytes = new byte[8192];
    private OptionalLong sequence;
    private Optional<Instant> lastLine = Optional.empty();

    Reader(SerialLine config, BytePort port, DriverContext context) {
      this.config = config;
      this.port = port;
      this.context = context;
      this.parser = config.parser();
      this.deviceTime = new DeviceTime(config.zone());
      this.lines = new LineBuffer((int) config.longestLine().bytes());
      this.sequence = context.lastDeviceSequence();
      config
          .signals()
          .forEach(
              (name, signal) ->
                  fed.put(
                      signal.from().orElse(name),
                      new Fed(
                          config.signal(name, signal),
                          signal.deadband().map(band -> new Deadband(band, signal.silence())))));
    }

    @Override
    public void step() throws IOException {
      int count = port.read(bytes);
      lines.feed(bytes, count, this);
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
      context.counters().countRead();
      fields.clear();
      if (!parser.parse(line, fields)) {
        context.counters().countRejected("a line of another form: " + shortened(line));
        return;
      }
      Optional<Instant> time = time(line);
      if (time.isEmpty() || !count(line, time.get())) {
        return;
      }
      for (int i = 0; i < fields.size(); i++) {
        String key = fields.key(i);
        Fed target = fed.get(key);
        if (target != null) {
          take(target, fields.value(i), time.get());
        } else if (!config.time().equals(Optional.of(key))
            && !config.sequence().equals(Optional.of(key))) {
          context.counters().countIgnored();
        }
      }
      lastLine = time;
      sequence.ifPresent(context.sink()::mark);
    }

    private Optional<Instant> time(String line) {
      Optional<String> text =
          config.time().isPresent() ? fields.get(config.time().get()) : fields.time();
      if (text.isEmpty()) {
        if (config.time().isPresent()) {
          context.counters().countRejected("a line without its time: " + shortened(line));
          return Optional.empty();
        }
        return Optional.of(context.clock().instant());
      }
      Optional<Instant> time = deviceTime.read(text.get());
      if (time.isEmpty()) {
        context.counters().countRejected("a time that cannot be read: " + shortened(text.get()));
      }
      return time;
    }

    /** Follows the device's own count; false when the line cannot be counted. */
    private boolean count(String line, Instant time) {
      if (config.sequence().isEmpty()) {
        return true;
      }
      Optional<String> text = fields.get(config.sequence().get());
      if (text.isEmpty() || !text.get().matches("\\d{1,18}")) {
        context.counters().countRejected("a line without its count: " + shortened(line));
        return false;
      }
      long number = Long.parseLong(text.get());
      if (sequence.isPresent() && number > sequence.getAsLong() + 1) {
        long missed = number - sequence.getAsLong() - 1;
        Instant since = lastLine.filter(last -> last.isBefore(time)).orElse(time);
        context
            .sink()
            .lost(
                new Loss(context.sensor(), new Span(since, time), missed, Loss.Reason.DEVICE_GAP));
      }
      sequence = OptionalLong.of(number);
      return true;
    }

    private void take(Fed target, String value, Instant time) {
      Optional<Sample> sample = sample(target.signal(), value, time);
      if (sample.isEmpty()) {
        context
            .counters()
            .countRejected(target.signal().name() + " is no number: " + shortened(value));
      } else if (target.deadband().isEmpty() || target.deadband().get().passes(sample.get())) {
        context.sink().accept(target.signal(), sample.get());
        context.counters().countAccepted();
      }
    }

    private Optional<Sample> sample(Signal signal, String value, Instant time) {
      if (signal.kind() == Kind.STATE || signal.kind() == Kind.EVENT) {
        return Optional.of(Sample.good(time, value));
      }
      if (config.missing().contains(value)) {
        return Optional.of(Sample.missing(time));
      }
      OptionalDouble number = Decimal.read(value, config.decimal().charAt(0));
      return number.isPresent()
          ? Optional.of(Sample.good(time, number.getAsDouble()))
          : Optional.empty();
    }

    private static String shortened(String text) {
      return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }
  }
}
