package fr.vigie.agent.telegram;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A code that was scanned.
 *
 * @param text without the AIM prefix; a GS1 code with its identifiers in brackets, as printed
 * @param parts by what they are: {@code gtin} (14 digits), {@code batch}, {@code serial}, {@code
 *     sscc}
 */
public record Scan(String text, Map<String, String> parts) {
  /** What a code without an AIM prefix holds. */
  public enum Content {
    PLAIN,
    /** EAN-8, EAN-13 or UPC-A, with their check digit. */
    EAN,
    /** Elements of GS1, each behind its application identifier. */
    GS1
  }

  private static final Pattern AIM = Pattern.compile("](\\w\\w)(.*)", Pattern.DOTALL);
  private static final Set<String> EAN = Set.of("E0", "E4");
  private static final Set<String> GS1 = Set.of("C1", "e0", "d2", "Q3", "J1");
  private static final Pattern DIGITS = Pattern.compile("\\d{8}|\\d{12,14}");

  public Scan {
    parts = Map.copyOf(parts);
  }

  /**
   * Reads what a scanner gave. Its AIM prefix, such as {@code ]C1}, says what the code holds.
   *
   * @param unsaid what it holds where there is none
   * @throws ScanException when a check digit is wrong or the elements make no sense
   */
  public static Scan read(String given, Content unsaid) throws ScanException {
    Matcher aim = AIM.matcher(given);
    boolean said = aim.matches();
    String code = said ? aim.group(2) : given;
    Content content = said ? content(aim.group(1)) : unsaid;
    if (code.isEmpty()) {
      throw new ScanException("an empty code");
    }
    return switch (content) {
      case EAN -> new Scan(code, Map.of("gtin", ean(code)));
      case GS1 -> gs1(code);
      case PLAIN -> {
        if (code.indexOf(Gs1.SEPARATOR) >= 0) {
          throw new ScanException("a separator in a plain code: set `content` to gs1");
        }
        yield new Scan(code, Map.of());
      }
    };
  }

  private static Content content(String symbology) {
    if (EAN.contains(symbology)) {
      return Content.EAN;
    }
    return GS1.contains(symbology) ? Content.GS1 : Content.PLAIN;
  }

  private static String ean(String code) throws ScanException {
    if (!DIGITS.matcher(code).matches() || !Gs1.checks(code)) {
      throw new ScanException("an EAN with a wrong check digit");
    }
    return "0".repeat(14 - code.length()) + code;
  }

  private static Scan gs1(String code) throws ScanException {
    Map<String, String> elements = Gs1.elements(code);
    StringBuilder text = new StringBuilder();
    Map<String, String> parts = new TreeMap<>();
    elements.forEach(
        (identifier, value) -> {
          text.append('(').append(identifier).append(')').append(value);
          switch (identifier) {
            case "00" -> parts.put("sscc", value);
            case "01" -> parts.put("gtin", value);
            case "10" -> parts.put("batch", value);
            case "21" -> parts.put("serial", value);
            default -> {}
          }
        });
    return new Scan(text.toString(), parts);
  }
}
