package fr.vigie.agent.config;

import fr.vigie.agent.setting.ByteSize;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Texts of a configuration to values. A text that does not fit gives what was wanted instead. */
final class Scalars {
  private static final Pattern AMOUNT =
      Pattern.compile("(\\d{1,12})\\s?(ms|s|m|h|d|B|KiB|MiB|GiB)?");
  private static final Map<String, Duration> TIMES =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));
  private static final Map<String, Integer> SIZES = Map.of("B", 0, "KiB", 10, "MiB", 20, "GiB", 30);

  private static final Map<Class<?>, Reader> READERS =
      Map.ofEntries(
          Map.entry(String.class, new Reader("a text", Optional::of)),
          Map.entry(
              int.class, new Reader("a whole number", text -> number(text).map(Math::toIntExact))),
          Map.entry(
              Integer.class,
              new Reader("a whole number", text -> number(text).map(Math::toIntExact))),
          Map.entry(long.class, new Reader("a whole number", Scalars::number)),
          Map.entry(Long.class, new Reader("a whole number", Scalars::number)),
          Map.entry(Double.class, new Reader("a number such as 0.5", Scalars::decimal)),
          Map.entry(
              boolean.class,
              new Reader(
                  "true or false",
                  text ->
                      text.equals("true") || text.equals("false")
                          ? Optional.of(Boolean.valueOf(text))
                          : Optional.empty())),
          Map.entry(
              Duration.class, new Reader("a duration such as 500ms, 10s or 5m", Scalars::duration)),
          Map.entry(
              ByteSize.class, new Reader("a size such as 64KiB, 256MiB or 1GiB", Scalars::size)),
          Map.entry(Path.class, new Reader("a path", Scalars::path)),
          Map.entry(URI.class, new Reader("an address such as tcp://host:1883", Scalars::uri)),
          Map.entry(LocalDate.class, new Reader("a date such as 2026-11-03", Scalars::date)),
          Map.entry(ZoneId.class, new Reader("a zone such as Europe/Paris", Scalars::zone)),
          Map.entry(Pattern.class, new Reader("a regular expression", Scalars::pattern)));

  private Scalars() {}

  static boolean reads(Class<?> type) {
    return type.isEnum() || READERS.containsKey(type);
  }

  static Optional<Object> read(Class<?> type, String text) {
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .filter(constant -> inFile((Enum<?>) constant).equals(text))
          .findFirst()
          .map(Object.class::cast);
    }
    try {
      return reader(type).parse.apply(text).map(Object.class::cast);
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** A right value of a type, empty where none is harmless. */
  static Optional<Object> specimen(Class<?> type) {
    return type.isEnum() || !READERS.containsKey(type)
        ? Optional.empty()
        : Stream.of("x", "/x", "1", "1s", "1B", "true", "tcp://x:1", "UTC", "2026-11-03")
            .map(text -> read(type, text))
            .flatMap(Optional::stream)
            .findFirst();
  }

  static String wanted(Class<?> type, String text) {
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(constant -> inFile((Enum<?>) constant))
              .collect(Collectors.joining(", "));
    }
    if (type == Pattern.class) {
      try {
        Pattern.compile(text);
      } catch (PatternSyntaxException e) {
        return "a regular expression (" + e.getDescription() + " at place " + e.getIndex() + ")";
      }
    }
    return reader(type).wanted;
  }

  private static Reader reader(Class<?> type) {
    Reader reader = READERS.get(type);
    if (reader == null) {
      throw new IllegalStateException("no configuration key can be a " + type.getName());
    }
    return reader;
  }

  /** How a constant is written in a file: {@code KEY_VALUE} as {@code key-value}. */
  static String inFile(Enum<?> constant) {
    return constant.toString().equals(constant.name())
        ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-')
        : constant.toString();
  }

  private static Optional<Long> number(String text) {
    if (text.matches("0x[0-9A-Fa-f]{1,15}")) {
      return Optional.of(Long.parseLong(text.substring(2), 16));
    }
    return text.matches("-?\\d{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }

  private static Optional<Double> decimal(String text) {
    return text.matches("-?\\d{1,18}(\\.\\d{1,18})?")
        ? Optional.of(Double.valueOf(text))
        : Optional.empty();
  }

  private static Optional<Duration> duration(String text) {
    if (text.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    Matcher amount = AMOUNT.matcher(text);
    return amount.matches() && amount.group(2) != null
        ? Optional.ofNullable(TIMES.get(amount.group(2)))
            .map(unit -> unit.multipliedBy(Long.parseLong(amount.group(1))))
        : Optional.empty();
  }

  private static Optional<ByteSize> size(String text) {
    Matcher amount = AMOUNT.matcher(text);
    return amount.matches() && amount.group(2) != null
        ? Optional.ofNullable(SIZES.get(amount.group(2)))
            .map(
                shift ->
                    new ByteSize(Math.multiplyExact(Long.parseLong(amount.group(1)), 1L << shift)))
        : Optional.empty();
  }

  private static Optional<Path> path(String text) {
    try {
      return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static Optional<LocalDate> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<ZoneId> zone(String text) {
    try {
      return Optional.of(ZoneId.of(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Pattern> pattern(String text) {
    try {
      return Optional.of(Pattern.compile(text));
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    }
  }

  private record Reader(String wanted, Function<String, Optional<?>> parse) {}
}
