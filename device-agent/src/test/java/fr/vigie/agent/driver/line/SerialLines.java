package fr.vigie.agent.driver.line;

import fr.vigie.agent.bus.Framing;
import fr.vigie.agent.driver.Bench;
import fr.vigie.agent.driver.Driver;
import fr.vigie.agent.driver.LineSignal;
import fr.vigie.agent.driver.MemoryPort;
import fr.vigie.agent.refine.Refinement;
import fr.vigie.agent.setting.ByteSize;
import fr.vigie.signal.Kind;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes configurations of {@code serial-line} in the words of its YAML. */
final class SerialLines {
  private final LineFormat format;
  private Optional<Pattern> pattern = Optional.empty();
  private List<String> conditions = List.of();
  private Optional<String> time = Optional.empty();
  private Optional<ZoneId> zone = Optional.empty();
  private Optional<String> sequence = Optional.empty();
  private String decimal = ".";
  private List<String> missing = List.of();
  private long longest = 1 << 16;
  private boolean skipFirst;
  private final Map<String, LineSignal> signals = new LinkedHashMap<>();

  private SerialLines(LineFormat format) {
    this.format = format;
  }

  static SerialLines keyValue() {
    return new SerialLines(LineFormat.KEY_VALUE);
  }

  static SerialLines json() {
    return new SerialLines(LineFormat.JSON);
  }

  static SerialLines shdr(String... conditions) {
    SerialLines lines = new SerialLines(LineFormat.SHDR);
    lines.conditions = List.of(conditions);
    return lines;
  }

  static SerialLines regex(String pattern) {
    SerialLines lines = new SerialLines(LineFormat.REGEX);
    lines.pattern = Optional.of(Pattern.compile(pattern));
    return lines;
  }

  SerialLines time(String key) {
    time = Optional.of(key);
    return this;
  }

  SerialLines zone(String name) {
    zone = Optional.of(ZoneId.of(name));
    return this;
  }

  SerialLines sequence(String key) {
    sequence = Optional.of(key);
    return this;
  }

  SerialLines decimal(String sign) {
    decimal = sign;
    return this;
  }

  SerialLines missing(String... texts) {
    missing = List.of(texts);
    return this;
  }

  SerialLines longest(long bytes) {
    longest = bytes;
    return this;
  }

  SerialLines skipFirst() {
    skipFirst = true;
    return this;
  }

  SerialLines gauge(String name) {
    return signal(name, Kind.GAUGE);
  }

  SerialLines counter(String name) {
    return signal(name, Kind.COUNTER);
  }

  SerialLines state(String name) {
    return signal(name, Kind.STATE);
  }

  SerialLines from(String name, String key, Kind kind) {
    signals.put(name, new LineSignal(kind, "", Optional.of(key), Refinement.NONE));
    return this;
  }

  private SerialLines signal(String name, Kind kind) {
    signals.put(name, new LineSignal(kind, "", Optional.empty(), Refinement.NONE));
    return this;
  }

  SerialLine config() {
    return new SerialLine(
        "press-1",
        Path.of("/dev/memory"),
        9600,
        Framing.F_8N1,
        format,
        pattern,
        ";",
        "=",
        conditions,
        time,
        zone,
        sequence,
        decimal,
        missing,
        new ByteSize(longest),
        skipFirst,
        false,
        signals);
  }

  /** Reads everything that the port has to give. */
  Bench read(MemoryPort port) {
    return read(port, new Bench());
  }

  Bench read(MemoryPort port, Bench bench) {
    try (Driver driver = new SerialLine.Reader(port, config(), bench.context())) {
      while (!port.isEmpty()) {
        driver.step();
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return bench;
  }

  Bench read(String text) {
    return read(new MemoryPort().give(text));
  }
}
