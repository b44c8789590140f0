package fr.vigie.usage;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Free text that fits on one line, and the hash of several of them. */
final class Line {
  static final int LONGEST = 120;

  private Line() {}

  /**
   * @throws IllegalArgumentException when the text is too long, holds a control character or half
   *     of a character, or starts as a formula of a spreadsheet does
   */
  static void check(String what, String text) {
    boolean lines = text.codePoints().anyMatch(Line::isNoLetter);
    boolean formula = !text.isEmpty() && "=+-@".indexOf(text.charAt(0)) >= 0;
    if (text.length() > LONGEST || lines || formula || !text.equals(text.strip())) {
      throw new IllegalArgumentException(
          what
              + ": wanted a line of at most "
              + LONGEST
              + " characters that starts with none of = + - @, found '"
              + text
              + "'");
    }
  }

  private static boolean isNoLetter(int point) {
    int type = Character.getType(point);
    return type == Character.CONTROL
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  static String sha256(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
