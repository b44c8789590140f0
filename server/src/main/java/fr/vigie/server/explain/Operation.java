package fr.vigie.server.explain;

/** How a figure follows from its inputs. */
public enum Operation {
  /** The first input divided by the second. */
  QUOTIENT,
  /** All inputs added. */
  SUM,
  /** The first input less all others. */
  DIFFERENCE,
  /** All inputs multiplied. */
  PRODUCT,
  /** Taken from samples of a signal. */
  MEASURED,
  /** Taken from the calendar. */
  PLANNED,
  /** Set by somebody who described the machine. */
  SET
}
