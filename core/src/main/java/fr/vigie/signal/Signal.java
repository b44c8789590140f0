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

  // Written out: those that come with a record go through method handles, which a board's compiler
  // leaves as they are, and every sample is looked up by its signal.
  @Override
  public int hashCode() {
    return 31 * machine.hashCode() + name.hashCode();
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Signal signal
            && name.equals(signal.name)
            && machine.equals(signal.machine)
            && kind == signal.kind
            && unit.equals(signal.unit));
  }
}
