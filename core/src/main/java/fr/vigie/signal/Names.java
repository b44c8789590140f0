package fr.vigie.signal;

import java.util.regex.Pattern;

/**
 * Names of sites, agents, machines and signals. They travel in topics, file names and addresses, so
 * they are kept to letters without accents, digits, dot, underscore and hyphen; what people read is
 * a label beside them.
 */
public final class Names {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private Names() {}

  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /**
   * @param what what is named, for the message
   * @throws IllegalArgumentException when {@code text} is not a name
   */
  public static String check(String what, String text) {
    if (!isName(text)) {
      throw new IllegalArgumentException(
          what
              + ": found '"
              + (text.length() > 80 ? text.substring(0, 80) + "…" : text)
              + "', wanted 1 to 64 letters, digits, '.', '_' or '-', starting with a letter or digit");
    }
    return text;
  }
}
