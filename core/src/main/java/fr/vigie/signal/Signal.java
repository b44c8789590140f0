package fr.vigie.signal;

/**
 * A named series of a machine.
 *
 * @param machine the machine's identifier, a {@linkplain Names name}
 * @param name the signal's name, unique within the machine
 * @param kind how its samples are to be read
 * @param unit UCUM symbol such as {@code Cel}, {@code mm/min} or {@code kW.h}; empty when the
 *     signal has none
 */
public record Signal(String machine, String name, Kind kind, String unit) {
  /**
   * @throws IllegalArgumentException when machine or name is not a {@linkplain Names name}, or the
   *     unit is longer than 32 characters
   */
  public Signal {
    Names.check("machine", machine);
    Names.check("signal", name);
    if (unit.length() > 32) {
      throw new IllegalArgumentException("a unit is at most 32 characters: '" + unit + "'");
    }
  }
}
