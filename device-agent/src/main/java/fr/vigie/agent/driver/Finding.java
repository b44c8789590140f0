package fr.vigie.agent.driver;

/**
 * Something that can be told of a sensor.
 *
 * @param fine false when somebody should look
 * @param words in plain English; where somebody should look, with what to do
 */
public record Finding(boolean fine, String words) {
  public static Finding fine(String words) {
    return new Finding(true, words);
  }

  public static Finding look(String words) {
    return new Finding(false, words);
  }
}
