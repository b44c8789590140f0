package fr.vigie.reason;

/** The six big losses (Nakajima), in the order of the rates that they lower. */
public enum BigLoss {
  /** Lowers availability. */
  BREAKDOWNS,
  /** Setup and adjustment; lowers availability. */
  SETUP,
  /** Idling and minor stops; lowers performance. */
  MINOR_STOPS,
  /** Lowers performance. */
  REDUCED_SPEED,
  /** Lowers quality. */
  DEFECTS,
  /** Yield lost at start-up; lowers quality. */
  START_UP
}
