package fr.vigie.benchmark;

import java.util.Optional;

/**
 * One measure of one sector, or of all of them.
 *
 * @param sector empty: all sectors
 */
public record Cell(Optional<String> sector, Measure measure, Content content) {
  /** What is shown of a cell. */
  public sealed interface Content {}

  /**
   * @param companies that it is made from
   * @param percent of all of them together, time over time, rounded to 1 point
   * @param quartiles of the companies' own rates, when there are enough of them
   */
  public record Shown(int companies, long percent, Optional<Quartiles> quartiles)
      implements Content {}

  /** Nothing, and why; the reason is for whoever merges and not to be published. */
  public record Hidden(Why why) implements Content {}

  /** In percent, rounded to 1 point. */
  public record Quartiles(long lower, long median, long upper) {}

  /** Why a cell is hidden. */
  public enum Why {
    /** Fewer companies than it takes to hide one. */
    FEW_COMPANIES,
    /** Too few machines. */
    FEW_MACHINES,
    /** One company makes up most of it. */
    DOMINANCE,
    /** Shown, it would tell another hidden cell by subtraction. */
    SECONDARY,
    /** Shown, it would tell a few companies by comparison with what was published before. */
    DIFFERENCING
  }
}
