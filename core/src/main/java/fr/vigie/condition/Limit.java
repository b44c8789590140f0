package fr.vigie.condition;

import java.util.Locale;

/**
 * A limit on a value, and how far the value must come back to be fine again.
 *
 * @param limit itself still fine, in the value's unit
 * @param fine where the value is fine again, itself included; {@code limit} or on its good side
 */
public record Limit(Side side, double limit, double fine) {
  /** On which side of the limit it is bad. */
  public enum Side {
    ABOVE,
    BELOW
  }

  /**
   * @throws IllegalArgumentException when a limit is not finite, or {@code fine} is on the bad side
   */
  public Limit {
    boolean right = side == Side.ABOVE ? fine <= limit : fine >= limit;
    if (!Double.isFinite(limit) || !Double.isFinite(fine) || !right) {
      throw new IllegalArgumentException(
          "what is bad "
              + side.name().toLowerCase(Locale.ROOT)
              + " "
              + limit
              + " is not fine again at "
              + fine);
    }
  }

  public static Limit above(double limit, double fine) {
    return new Limit(Side.ABOVE, limit, fine);
  }

  public static Limit below(double limit, double fine) {
    return new Limit(Side.BELOW, limit, fine);
  }

  public Judgement judge(double value) {
    boolean above = side == Side.ABOVE;
    if (above ? value > limit : value < limit) {
      return Judgement.BAD;
    }
    return (above ? value <= fine : value >= fine) ? Judgement.FINE : Judgement.NEITHER;
  }
}
