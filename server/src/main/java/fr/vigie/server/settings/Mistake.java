package fr.vigie.server.settings;

/**
 * One mistake in the configuration.
 *
 * @param where file and line, or what else the setting was read from
 */
public record Mistake(String where, String setting, String found, String wanted) {
  @Override
  public String toString() {
    return where + "  " + setting + ": found '" + found + "', wanted " + wanted;
  }
}
