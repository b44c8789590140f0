package fr.vigie.production;

import fr.vigie.time.Span;
import java.util.List;
import java.util.Optional;

/**
 * The figures of one machine over one span.
 *
 * @param rawStates what the state signal said, by text; empty for a signal of numbers
 * @param timeline states after debouncing, over the span
 * @param stillness stops and micro-stops
 * @param counted parts and cycles
 * @param timeTree times of NF E60-182
 * @param refusal why the TRS is not to be shown as a result, if so
 */
public record Figures(
    RawStates rawStates,
    Timeline timeline,
    Stillness stillness,
    Counted counted,
    TimeTree timeTree,
    Optional<Refusal> refusal) {
  /** Stops and micro-stops, each in order of time. */
  public record Stillness(List<Stop> stops, List<Stop> microStops) {}

  /**
   * What was made in all of the span; {@link TimeTree#output()} holds what was made in opening
   * time.
   *
   * @param scrap as declared within the span
   * @param quarantined samples of counters set aside as impossible
   * @param cycles that ended within the span
   */
  public record Counted(long parts, long scrap, int quarantined, List<Cycle> cycles) {
    public long good() {
      return parts - scrap;
    }
  }

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

  public long good() {
    return counted.good();
  }

  public long scrap() {
    return counted.scrap();
  }

  public List<Cycle> cycles() {
    return counted.cycles();
  }

  /** Observed time over required time. */
  public Rate coverage() {
    return timeTree.coverage();
  }

  /** The TRS, unless there is a reason to refuse it; {@link TimeTree#trs()} shows it regardless. */
  public Optional<Rate> trs() {
    return refusal.isPresent() ? Optional.empty() : Optional.of(timeTree.trs());
  }
}
