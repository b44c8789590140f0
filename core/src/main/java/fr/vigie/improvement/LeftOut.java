package fr.vigie.improvement;

/** Why a unit did not count. */
public enum LeftOut {
  /** It lies in the works or outside of baseline and time after, or reaches across a border. */
  OUTSIDE,
  /** The action excludes it. */
  EXCLUDED,
  /** Nothing was required, or the measure is not known. */
  NOTHING_TO_MEASURE,
  /** Too little of it was observed. */
  LOW_COVERAGE,
  /** The control machine has no such unit. */
  NO_CONTROL
}
