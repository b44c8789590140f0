package fr.vigie.reason;

import java.util.Locale;

/** What people call something, in both languages of the shop floor. */
public record Label(String french, String english) {
  static final int LONGEST = 120;

  /**
   * @throws IllegalArgumentException when one of them is blank or longer than 120 characters
   */
  public Label {
    for (String text : new String[] {french, english}) {
      if (text.isBlank() || text.length() > LONGEST) {
        throw new IllegalArgumentException(
            "a label has 1 to " + LONGEST + " characters: found '" + text + "'");
      }
    }
  }

  /** English for every language but French. */
  public String in(Locale locale) {
    return locale.getLanguage().equals("fr") ? french : english;
  }
}
