package fr.vigie.signal;

/** How the samples of a signal are to be read. */
public enum Kind {
  /** A number that holds until the next sample: a temperature, a speed. */
  GAUGE,
  /** A number that only grows, but for resets and roll-overs: parts, energy. */
  COUNTER,
  /** A text that holds until the next sample: ACTIVE, READY. */
  STATE,
  /** A text that happened at its time and does not last: an alarm, a scan. */
  EVENT;

  public boolean isText() {
    return this == STATE || this == EVENT;
  }
}
