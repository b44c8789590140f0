package fr.vigie.meter;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Base units of meters as UCUM symbols. */
final class Ucum {
  private static final int MOST = 32;
  private static final Map<String, String> SYMBOLS =
      Map.ofEntries(
          Map.entry("bytes", "By"),
          Map.entry("kilobytes", "kBy"),
          Map.entry("megabytes", "MBy"),
          Map.entry("gigabytes", "GBy"),
          Map.entry("bits", "bit"),
          Map.entry("nanoseconds", "ns"),
          Map.entry("microseconds", "us"),
          Map.entry("milliseconds", "ms"),
          Map.entry("ms", "ms"),
          Map.entry("seconds", "s"),
          Map.entry("minutes", "min"),
          Map.entry("hours", "h"),
          Map.entry("days", "d"),
          Map.entry("percent", "%"),
          Map.entry("celsius", "Cel"),
          Map.entry("kelvin", "K"),
          Map.entry("volts", "V"),
          Map.entry("amperes", "A"),
          Map.entry("watts", "W"),
          Map.entry("joules", "J"),
          Map.entry("hertz", "Hz"),
          Map.entry("meters", "m"),
          Map.entry("grams", "g"),
          Map.entry("kilograms", "kg"),
          Map.entry("pascals", "Pa"));

  private Ucum() {}

  /**
   * What UCUM has no symbol for is an annotation such as {@code {threads}}, which counts as one;
   * what cannot be an annotation either is left out.
   */
  static String of(Optional<String> baseUnit) {
    String unit = baseUnit.orElse("").strip();
    if (unit.isEmpty()) {
      return "";
    }
    String annotation = '{' + unit + '}';
    boolean possible = annotation.length() <= MOST && unit.matches("[!-z|~]+");
    return SYMBOLS.getOrDefault(unit.toLowerCase(Locale.ROOT), possible ? annotation : "");
  }
}
