package fr.vigie.condition;

/** What is thought of something at one moment. */
public enum Judgement {
  BAD,
  FINE,
  /** Between a limit and the one that must be passed to be fine again, or nobody knows. */
  NEITHER
}
