package fr.vigie.agent.driver.chip;

/** The frequency of the mains. */
public enum Mains {
  HZ_50(50),
  HZ_60(60);

  final int hertz;

  Mains(int hertz) {
    this.hertz = hertz;
  }

  @Override
  public String toString() {
    return hertz + "Hz";
  }
}
