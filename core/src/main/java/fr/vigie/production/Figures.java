package fr.vigie.production;

import fr.vigie.time.Span;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The figures of one machine over one span.
 *
 * @param rawStates what the state signal said, by text; empty for a signal of numbers
 * @param timeline states after debouncing, over the span
 * @param stillness stops and micro-stops
 * @param counted parts and cycles
 * @param times of NF E60-182
 * @param doubts what speaks against them
 */
public record Figures(
    RawStates rawStates,
    Timeline timeline,
    Stillness stillness,
    Counted counted,
    Times times,
    Doubts doubts) {
  /**
   * Stops and micro-stops in order of time.
   *
   * @param pieces of both, cut where their reasons change
   * @param failures that start or end within the span
   */
  public record Stillness(
      List<Stop> stops, List<Stop> microStops, List<StopPiece> pieces, List<Failure> failures) {}

  /**
   * What was made in all of the span; {@link TimeTree#output()} holds what was made in opening
   * time.
   *
   * @param rejects as counted and declared within the span
   * @param late those of them that were declared only after the span
   * @param quarantined samples of counters set aside as impossible
   * @param cycles that ended within the span
   * @param products what was made in opening time, by product
   */
  public record Counted(
      long parts,
      Rejects rejects,
      Rejects late,
      int quarantined,
      List<Cycle> cycles,
      List<Made> products) {}

  /**
   * Time trees by what a site may decide about changeovers.
   *
   * @param convention what the site decided
   * @param tree after its decision
   * @param other as if it had decided otherwise; empty while no stop of the span has a reason
   */
  public record Times(Convention convention, TimeTree tree, Optional<TimeTree> other) {}

  /**
   * What speaks against figures.
   *
   * @param refusal why the TRS is not to be shown as a result, if so
   * @param remarks what else a reader has to know
   */
  public record Doubts(Optional<Refusal> refusal, Set<Remark> remarks) {}

  /** What was asked for. */
  public Span span() {
    return timeline.span();
  }

  public List<Stop> stops() {
    return stillness.stops();
  }

  public List<Stop> microStops() {
    return stillness.microStops();
  }

  public long parts() {
    return counted.parts();
  }

  /** Parts good the first time; negative when more were declared not to be than were made. */
  public long good() {
    return counted.parts() - counted.rejects().all();
  }

  /** Parts thrown away. */
  public long scrap() {
    return counted.rejects().lost();
  }

  public List<Cycle> cycles() {
    return counted.cycles();
  }

  /** After what the site decided. */
  public TimeTree timeTree() {
    return times.tree();
  }

  public Optional<Refusal> refusal() {
    return doubts.refusal();
  }

  public Set<Remark> remarks() {
    return doubts.remarks();
  }

  /** Observed time over required time. */
  public Rate coverage() {
    return timeTree().coverage();
  }

  /** The TRS, unless there is a reason to refuse it; {@link TimeTree#trs()} shows it regardless. */
  public Optional<Rate> trs() {
    return refusal().isPresent() ? Optional.empty() : Optional.of(timeTree().trs());
  }
}
