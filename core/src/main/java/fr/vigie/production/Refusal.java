package fr.vigie.production;

/** Why a TRS is not shown as a result. */
public enum Refusal {
  /** No time was required of the machine. */
  NOTHING_REQUIRED,
  /** No rule says how parts are counted. */
  PARTS_NOT_COUNTED,
  /** The reference cycle of the parts is not known. */
  NO_REFERENCE_CYCLE,
  /** Too little of the required time was observed. */
  LOW_COVERAGE
}
