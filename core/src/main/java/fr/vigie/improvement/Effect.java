package fr.vigie.improvement;

import fr.vigie.statistics.Interval;
import java.util.Optional;
import java.util.OptionalDouble;

/** How much changed, and how sure that is. */
public record Effect(Size size, Certainty certainty) {
  /**
   * Ratios of sums, so that each unit weighs by its denominator.
   *
   * @param before in the baseline
   * @param after after the works
   * @param elsewhere what the control machine changed by in the same time, 0 without one
   * @param difference after less before less elsewhere
   * @param aWeek what the difference makes of a week as it was after the works, in the unit of the
   *     numerators: hours or parts
   */
  public record Size(
      double before, double after, double elsewhere, double difference, double aWeek) {
    /** The difference as a share of what was before; empty when that was zero. */
    public OptionalDouble relative() {
      return before == 0 ? OptionalDouble.empty() : OptionalDouble.of(difference / before);
    }
  }

  /**
   * @param welch where the difference lies, by Welch with the effective number of units
   * @param bootstrap where it lies, by drawing blocks again
   * @param byOrder where it lies, by Hodges and Lehmann, which weighs all units alike; empty when
   *     they are too few
   * @param pValue how likely such a difference is by chance: the larger one of Welch and bootstrap,
   *     adjusted by Holm for the number of measures
   * @param smallestVisible the smallest change that would have been told from chance in four of
   *     five cases
   */
  public record Certainty(
      Interval welch,
      Interval bootstrap,
      Optional<Interval> byOrder,
      double pValue,
      double smallestVisible) {}

  Effect adjusted(double pValue) {
    return new Effect(
        size,
        new Certainty(
            certainty.welch,
            certainty.bootstrap,
            certainty.byOrder,
            pValue,
            certainty.smallestVisible));
  }
}
