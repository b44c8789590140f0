package fr.vigie.server.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import fr.vigie.production.Convention;
import fr.vigie.production.Figures;
import fr.vigie.production.MachineState;
import fr.vigie.production.Made;
import fr.vigie.production.Output;
import fr.vigie.production.Refusal;
import fr.vigie.production.Rejects;
import fr.vigie.production.Remark;
import fr.vigie.production.Stop;
import fr.vigie.production.TimeTree;
import fr.vigie.server.diagnosis.Reckoning;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Figures of a machine over a span, times in seconds.
 *
 * @param states time of each text of the state signal
 * @param trsRefused why there is no TRS, null when there is one
 * @param otherChangeover null while no stop of the span has a reason
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
    @Nullable String trsRefused,
    Rejected rejected,
    List<Product> products,
    ConventionView convention,
    @Nullable Otherwise otherChangeover,
    IsoView iso22400,
    List<RemarkView> remarks) {

  /**
   * Parts that were not good the first time.
   *
   * @param declaredLater how many of them were declared only after the span
   */
  record Rejected(long scrap, long startUp, long rework, long declaredLater) {
    static Rejected of(Figures figures) {
      Rejects rejects = figures.counted().rejects();
      return new Rejected(
          rejects.scrap(), rejects.startUp(), rejects.rework(), figures.counted().late().all());
    }
  }

  /**
   * What was made of one product in opening time.
   *
   * @param product null for parts that no order claims
   * @param seconds opening time in which its orders were on
   * @param netSeconds its part of tN; null without a reference cycle
   */
  record Product(
      @Nullable String product,
      double seconds,
      long parts,
      long good,
      @Nullable Double netSeconds,
      @Nullable Double usefulSeconds) {
    static Product of(Made made) {
      Output output = made.output();
      boolean timed = output.known() == Output.Known.TIMES;
      return new Product(
          made.product().orElse(null),
          RateView.seconds(made.time()),
          output.parts(),
          output.good(),
          timed ? RateView.seconds(output.net()) : null,
          timed ? RateView.seconds(output.useful()) : null);
    }
  }

  /** Figures as if the site had decided otherwise about changeovers. */
  record Otherwise(
      String changeover,
      Times times,
      @JsonProperty("DO") RateView availability,
      @JsonProperty("TRS") RateView trs) {
    static Otherwise of(Figures figures, TimeTree other) {
      boolean inside = figures.times().convention().changeover() == Convention.Changeover.INSIDE;
      return new Otherwise(
          inside ? "outside" : "inside",
          Times.of(other),
          RateView.of(other.availability(), false),
          RateView.of(other.trs(), figures.refusal().isPresent()));
    }
  }

  /**
   * What a reader has to know.
   *
   * @param text in the reader's language
   */
  record RemarkView(String code, String text) {}

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

  static FiguresView of(String machine, Reckoning reckoning, UnaryOperator<String> words) {
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
        refused(figures).orElse(null),
        Rejected.of(figures),
        figures.counted().products().stream().map(Product::of).toList(),
        ConventionView.of(figures.times().convention()),
        figures.times().other().map(other -> Otherwise.of(figures, other)).orElse(null),
        IsoView.of(figures),
        remarks(figures.remarks(), words));
  }

  static List<RemarkView> remarks(Set<Remark> remarks, UnaryOperator<String> words) {
    return remarks.stream()
        .map(
            remark ->
                new RemarkView(
                    LossesView.word(remark),
                    words.apply("remark." + remark.name().toLowerCase(Locale.ROOT))))
        .toList();
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
