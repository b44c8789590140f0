package fr.vigie.server.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import fr.vigie.production.Figures;
import fr.vigie.production.MachineState;
import fr.vigie.production.Refusal;
import fr.vigie.production.Stop;
import fr.vigie.production.TimeTree;
import fr.vigie.server.diagnosis.Reckoning;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Figures of a machine over a span, times in seconds.
 *
 * @param states time of each text of the state signal
 * @param trsRefused why there is no TRS, null when there is one
 */
record FiguresView(
    String machine,
    Instant from,
    Instant to,
    Map<String, Double> states,
    Map<String, Double> machineStates,
    long parts,
    long good,
    long scrap,
    int quarantinedSamples,
    List<CycleView> cycles,
    Still stops,
    Still microStops,
    double unobservedSeconds,
    Coverage coverage,
    Times times,
    @JsonProperty("DO") RateView availability,
    @JsonProperty("TP") RateView performance,
    @JsonProperty("TQ") RateView quality,
    @JsonProperty("TRS") RateView trs,
    @JsonProperty("TRG") RateView trg,
    @JsonProperty("TRE") RateView tre,
    @Nullable String trsRefused) {

  record CycleView(Instant start, Instant end, double seconds) {}

  record Still(int count, double seconds) {
    static Still of(List<Stop> stops) {
      Duration sum = stops.stream().map(Stop::length).reduce(Duration.ZERO, Duration::plus);
      return new Still(stops.size(), RateView.seconds(sum));
    }
  }

  /**
   * Observed time over required time, in seconds.
   *
   * @param holes in the whole span, required or not
   */
  record Coverage(
      double observed, double required, @Nullable Double ratio, List<CoverageView.HoleView> holes) {
    static Coverage of(TimeTree tree, fr.vigie.server.diagnosis.Coverage coverage) {
      return new Coverage(
          RateView.seconds(tree.observed()),
          RateView.seconds(tree.tR()),
          RateView.of(tree.coverage(), false).ratio(),
          CoverageView.holes(coverage));
    }
  }

  /** The time tree of NF E60-182 in seconds; tN and tU are null without a reference cycle. */
  record Times(
      @JsonProperty("tT") double total,
      @JsonProperty("tO") double opening,
      @JsonProperty("tR") double required,
      @JsonProperty("tF") double operating,
      @JsonProperty("tN") @Nullable Double net,
      @JsonProperty("tU") @Nullable Double useful) {
    static Times of(TimeTree tree) {
      return new Times(
          RateView.seconds(tree.tT()),
          RateView.seconds(tree.tO()),
          RateView.seconds(tree.tR()),
          RateView.seconds(tree.tF()),
          RateView.seconds(tree.tN()),
          RateView.seconds(tree.tU()));
    }
  }

  static FiguresView of(String machine, Reckoning reckoning) {
    Figures figures = reckoning.figures();
    TimeTree tree = figures.timeTree();
    boolean refused = figures.refusal().isPresent();
    return new FiguresView(
        machine,
        figures.span().start(),
        figures.span().end(),
        seconds(figures.rawStates().times()),
        machineStates(figures),
        figures.parts(),
        figures.good(),
        figures.scrap(),
        figures.counted().quarantined(),
        figures.cycles().stream()
            .map(
                cycle ->
                    new CycleView(
                        cycle.span().start(), cycle.span().end(), RateView.seconds(cycle.length())))
            .toList(),
        Still.of(figures.stops()),
        Still.of(figures.microStops()),
        RateView.seconds(figures.timeline().time(MachineState.UNOBSERVED)),
        Coverage.of(tree, reckoning.coverage()),
        Times.of(tree),
        RateView.of(tree.availability(), false),
        performance(tree),
        RateView.of(tree.quality(), false),
        RateView.of(tree.trs(), refused),
        RateView.of(tree.trg(), refused),
        RateView.of(tree.tre(), refused),
        refused(figures).orElse(null));
  }

  static RateView performance(TimeTree tree) {
    return tree.isReferenceTooLong()
        ? RateView.of(tree.performance(), false, "reference-too-long")
        : RateView.of(tree.performance(), false);
  }

  static Optional<String> refused(Figures figures) {
    return figures.refusal().map(FiguresView::name);
  }

  static String name(Refusal refusal) {
    return refusal.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static String name(MachineState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Double> machineStates(Figures figures) {
    Map<String, Double> times = new TreeMap<>();
    figures
        .timeline()
        .times()
        .forEach((state, time) -> times.put(name(state), RateView.seconds(time)));
    return times;
  }

  private static Map<String, Double> seconds(Map<String, Duration> times) {
    Map<String, Double> seconds = new TreeMap<>();
    times.forEach((text, time) -> seconds.put(text, RateView.seconds(time)));
    return seconds;
  }
}
