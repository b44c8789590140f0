package fr.vigie.signal;

/** What is known about a sample. The order is part of the wire format: only append. */
public enum Quality {
  /** Measured, and its time is the time of a synchronised clock. */
  GOOD,
  /** Measured, but the device itself doubts it. */
  UNCERTAIN,
  /** The device says that it has no value now; the sample carries none. */
  MISSING,
  /** Measured, but the clock that dated it was not known to be right. */
  CLOCK_UNSYNCED
}
