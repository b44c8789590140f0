package fr.vigie.production;

/** What a machine is doing, as far as production is concerned. */
public enum MachineState {
  /** Works on parts. */
  RUNNING,
  /** Ready, and not working. */
  IDLE,
  /** Held: a fault, an alarm, an operator's stop. */
  STOPPED,
  /** Without power. */
  OFF,
  /** Nobody knows: no sample yet, no connection, or lost data. */
  UNOBSERVED;

  public boolean isObserved() {
    return this != UNOBSERVED;
  }

  /** Whether the machine is known not to run. */
  public boolean isStop() {
    return this == IDLE || this == STOPPED || this == OFF;
  }
}
