package fr.vigie.agent.telegram;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Splits a GS1 code into its elements (GS1 General Specifications, section 3). Some have a fixed
 * length, all others end at a separator or at the end.
 */
final class Gs1 {
  /** FNC1 between two elements, as scanners give it. */
  static final char SEPARATOR = 0x1d;

  private static final Pattern TWO = Pattern.compile("0[0-4]|1\\d|2[012]|3[07]|9\\d");
  private static final Pattern THREE = Pattern.compile("2[345]|4[012]|71");
  private static final Pattern FOUR = Pattern.compile("3[1-69]|43|7[02]|8[012]");
  private static final Pattern TEXT = Pattern.compile("[!\"%-?A-Z_a-z]{1,90}");
  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final Set<String> CHECKED = Set.of("00", "01", "02");
  private static final Set<String> SHORT = Set.of("10", "21");
  private static final int LONGEST_SHORT = 20;

  private Gs1() {}

  /**
   * The elements by their identifiers, in their order.
   *
   * @throws ScanException when the code is not wholly understood
   */
  static Map<String, String> elements(String code) throws ScanException {
    Map<String, String> elements = new LinkedHashMap<>();
    int at = code.charAt(0) == SEPARATOR ? 1 : 0;
    while (at < code.length()) {
      int identified = at + identifierLength(code, at);
      String identifier = part(code, at, identified);
      int fixed = fixedLength(identifier);
      int separator = code.indexOf(SEPARATOR, identified);
      int end = fixed > 0 ? identified + fixed : separator < 0 ? code.length() : separator;
      String value = part(code, identified, end);
      check(identifier, value, fixed > 0);
      if (elements.putIfAbsent(identifier, value) != null) {
        throw new ScanException("a GS1 code that says (" + identifier + ") twice");
      }
      at = end < code.length() && code.charAt(end) == SEPARATOR ? end + 1 : end;
    }
    if (elements.isEmpty()) {
      throw new ScanException("an empty code");
    }
    return elements;
  }

  private static String part(String code, int from, int to) throws ScanException {
    if (to > code.length()) {
      throw new ScanException("a GS1 code that is cut short");
    }
    return code.substring(from, to);
  }

  private static int identifierLength(String code, int at) throws ScanException {
    String start = part(code, at, at + 2);
    if (TWO.matcher(start).matches()) {
      return 2;
    }
    if (THREE.matcher(start).matches()) {
      return 3;
    }
    if (FOUR.matcher(start).matches()) {
      return 4;
    }
    throw new ScanException("a GS1 code with an unknown identifier");
  }

  /** Of elements that need no separator behind them; 0 for the others. */
  private static int fixedLength(String identifier) {
    return switch (identifier.substring(0, 2)) {
      case "00" -> 18;
      case "01", "02", "03" -> 14;
      case "04" -> 16;
      case "11", "12", "13", "14", "15", "16", "17", "18", "19" -> 6;
      case "20" -> 2;
      case "31", "32", "33", "34", "35", "36" -> 6;
      case "41" -> 13;
      default -> 0;
    };
  }

  private static void check(String identifier, String value, boolean fixed) throws ScanException {
    boolean right =
        DIGITS.matcher(identifier).matches()
            && TEXT.matcher(value).matches()
            && (!fixed || DIGITS.matcher(value).matches())
            && (!SHORT.contains(identifier) || value.length() <= LONGEST_SHORT);
    if (!right) {
      throw new ScanException("a GS1 code with a wrong element (" + identifier + ")");
    }
    if (CHECKED.contains(identifier) && !checks(value)) {
      throw new ScanException("a GS1 code with a wrong check digit in (" + identifier + ")");
    }
  }

  /** Whether the last digit is the check digit of the others: weights 3 and 1 from the right. */
  static boolean checks(String digits) {
    int sum = 0;
    int weight = 1;
    for (int i = digits.length() - 1; i >= 0; i--) {
      sum += (digits.charAt(i) - '0') * weight;
      weight = 4 - weight;
    }
    return sum % 10 == 0;
  }
}
