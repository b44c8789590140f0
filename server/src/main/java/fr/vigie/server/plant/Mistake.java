package fr.vigie.server.plant;

/**
 * One thing that is wrong in a configuration.
 *
 * @param key where, as a path such as {@code state.values.READY}
 * @param found what stands there; empty when nothing does
 * @param wanted what should
 */
public record Mistake(String key, String found, String wanted) {
  private static final int LONGEST = 120;

  public Mistake {
    found = found.length() > LONGEST ? found.substring(0, LONGEST) + "…" : found;
  }

  @Override
  public String toString() {
    return key + ": found '" + found + "', wanted " + wanted;
  }
}
