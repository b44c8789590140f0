package fr.vigie.agent.driver;

/**
 * A value of a configuration that its record refuses. A record throws it from its constructor; the
 * reader of the file adds the line.
 */
public final class Mistake extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String key;
  private final String found;
  private final String wanted;

  /**
   * @param key as written in the file, relative to the record
   */
  public Mistake(String key, String found, String wanted) {
    super(key + ": found " + found + ", wanted " + wanted);
    this.key = key;
    this.found = found;
    this.wanted = wanted;
  }

  public String key() {
    return key;
  }

  public String found() {
    return found;
  }

  public String wanted() {
    return wanted;
  }
}
