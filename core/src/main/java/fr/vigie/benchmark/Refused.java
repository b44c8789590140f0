package fr.vigie.benchmark;

/** A file is not taken for a contribution. */
public final class Refused extends Exception {
  private final Reason reason;
  private final String found;

  /** Why. */
  public enum Reason {
    /** Not a contribution, or written by another hand. */
    NOT_A_CONTRIBUTION,
    /** A contribution of a version that this program does not know. */
    UNKNOWN_VERSION,
    /** A number or a name in it cannot be. */
    OUT_OF_RANGE,
    /** Signature and contents do not belong together: something was changed. */
    CHANGED
  }

  Refused(Reason reason, String found) {
    super(reason + ": " + found);
    this.reason = reason;
    this.found = found;
  }

  public Reason reason() {
    return reason;
  }

  /** What stands there, as far as it helps. */
  public String found() {
    return found;
  }
}
