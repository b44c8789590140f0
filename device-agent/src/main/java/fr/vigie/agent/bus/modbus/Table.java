package fr.vigie.agent.bus.modbus;

/** The four tables of a device, each read by a function of its own. */
public enum Table {
  COIL(1, 2000),
  DISCRETE(2, 2000),
  HOLDING(3, 125),
  INPUT(4, 125);

  final int function;
  private final int most;

  Table(int function, int most) {
    this.function = function;
    this.most = most;
  }

  /** Whether it holds single bits, and not registers of sixteen. */
  public boolean isBits() {
    return this == COIL || this == DISCRETE;
  }

  /** How many bits or registers one question may ask for. */
  public int most() {
    return most;
  }
}
