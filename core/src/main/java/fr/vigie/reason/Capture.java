package fr.vigie.reason;

import java.time.Duration;

/**
 * How many stops had their whole reason in time. Counts of several spans or machines are added, and
 * a share taken from the sum.
 *
 * @param byHand stops of which a person said at least a part in time
 * @param automatic stops that rules alone explained
 * @param late stops that had no whole reason in time
 * @param open stops without a whole reason whose time to be told is not over
 */
public record Capture(long byHand, long automatic, long late, long open) {
  public static final Capture NOTHING = new Capture(0, 0, 0, 0);

  /**
   * Of one stop.
   *
   * @param stop as it was when its time to be told was over, or is until then
   * @param threshold from which on a rest without a reason counts
   * @param open whether that time is not over
   */
  public static Capture of(ReasonedStop stop, Duration threshold, boolean open) {
    if (stop.waits(threshold)) {
      return open ? new Capture(0, 0, 0, 1) : new Capture(0, 0, 1, 0);
    }
    return stop.isByHand() ? new Capture(1, 0, 0, 0) : new Capture(0, 1, 0, 0);
  }

  /** Stops whose time to be told is over, or that have been told of. */
  public long decided() {
    return byHand + automatic + late;
  }

  public Capture plus(Capture other) {
    return new Capture(
        byHand + other.byHand, automatic + other.automatic, late + other.late, open + other.open);
  }
}
