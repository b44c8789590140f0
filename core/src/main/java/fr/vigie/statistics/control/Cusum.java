package fr.vigie.statistics.control;

import java.util.Optional;

/**
 * Cumulative sums to either side of a target (ISO 7870-4), which find small lasting shifts soon.
 * Observations must not depend on those before them: give means over blocks that are longer than
 * the correlation lasts, or residuals. With the usual design, independent observations of a normal
 * process alarm falsely once in 465, and 10 observations after a shift of one σ.
 *
 * @param target μ₀, in the unit of the observations
 * @param slack K, the part of each deviation that is forgiven, in the same unit
 * @param limit H, beyond which a sum alarms, in the same unit
 * @param headStart what both sums begin with, below the limit
 */
public record Cusum(double target, double slack, double limit, double headStart) {
  private static final double USUAL_SLACK = 0.5;
  private static final double USUAL_LIMIT = 5;

  /**
   * @throws IllegalArgumentException when the target is not finite, the slack is negative, the
   *     limit is not above zero, or the head start is not from zero to below the limit
   */
  public Cusum {
    boolean inRange = slack >= 0 && limit > 0 && headStart >= 0 && headStart < limit;
    if (!inRange || !Double.isFinite(target + slack + limit)) {
      throw new IllegalArgumentException(
          "a cusum about " + target + ": slack " + slack + ", limit " + limit + ", " + headStart);
    }
  }

  /** K = 0.5 σ and H = 5 σ, without a head start. */
  public static Cusum usual(double target, double sigma) {
    return new Cusum(target, USUAL_SLACK * sigma, USUAL_LIMIT * sigma, 0);
  }

  /** The same with a fast initial response: both sums start at half of the limit. */
  public Cusum withHeadStart() {
    return new Cusum(target, slack, limit, limit / 2);
  }

  /**
   * Where the sums stand.
   *
   * @param seen observations so far
   * @param above S⁺, in the unit of the observations, 0 or more
   * @param below S⁻, likewise
   * @param aboveSince index of the observation after the last one at which S⁺ was zero; 0 when it
   *     never was
   * @param belowSince the same of S⁻
   */
  public record Sums(long seen, double above, double below, long aboveSince, long belowSince) {}

  /**
   * A sum beyond the limit.
   *
   * @param at index from 0 of the observation that brought it there
   * @param since index of the first observation of the shift, as far as it can be told
   */
  public record Alarm(Side side, long at, long since) {}

  /** Before the first observation. */
  public Sums start() {
    return new Sums(0, headStart, headStart, 0, 0);
  }

  /**
   * One observation more. Sums go on after an alarm.
   *
   * @throws IllegalArgumentException when it is not finite
   */
  public Sums next(Sums sums, double observed) {
    if (!Double.isFinite(observed)) {
      throw new IllegalArgumentException("a cusum cannot take " + observed);
    }
    double above = Math.max(0, sums.above + (observed - target) - slack);
    double below = Math.max(0, sums.below + (target - observed) - slack);
    long seen = sums.seen + 1;
    return new Sums(
        seen,
        above,
        below,
        above == 0 ? seen : sums.aboveSince,
        below == 0 ? seen : sums.belowSince);
  }

  /** Whether a sum is beyond the limit; the larger one when both are. */
  public Optional<Alarm> alarm(Sums sums) {
    if (Math.max(sums.above, sums.below) <= limit) {
      return Optional.empty();
    }
    return Optional.of(
        sums.above >= sums.below
            ? new Alarm(Side.ABOVE, sums.seen - 1, sums.aboveSince)
            : new Alarm(Side.BELOW, sums.seen - 1, sums.belowSince));
  }

  /** The first alarm of a series. */
  public Optional<Alarm> firstAlarm(double... observed) {
    Sums sums = start();
    for (double each : observed) {
      sums = next(sums, each);
      Optional<Alarm> alarm = alarm(sums);
      if (alarm.isPresent()) {
        return alarm;
      }
    }
    return Optional.empty();
  }
}
