package fr.vigie.server.web;

import fr.vigie.loss.CycleStatistics;
import fr.vigie.loss.Pareto;
import fr.vigie.production.Figures;
import fr.vigie.production.Tcr;
import fr.vigie.reason.ReasonTree;
import fr.vigie.server.diagnosis.Diagnosis;
import fr.vigie.server.diagnosis.Reckoning;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.plant.Plant;
import fr.vigie.time.Span;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/machines/{machine}")
@Tag(name = "machines")
final class AnalysisApi {
  private final Plant plant;
  private final Diagnosis diagnosis;

  AnalysisApi(Plant plant, Diagnosis diagnosis) {
    this.plant = plant;
    this.diagnosis = diagnosis;
  }

  /**
   * @param product null for parts that no order claims
   * @param referenceSeconds what holds now, null when nothing does
   * @param proposalSeconds what the times propose, null while there are too few
   */
  record ProductView(
      @Nullable String product,
      int count,
      double meanSeconds,
      double modeSeconds,
      SpreadView spread,
      @Nullable Double referenceSeconds,
      @Nullable Double proposalSeconds,
      HistogramView histogram) {}

  record SpreadView(
      double leastSeconds,
      double quarterSeconds,
      double medianSeconds,
      double threeQuartersSeconds,
      double mostSeconds) {
    static SpreadView of(CycleStatistics.Spread spread) {
      return new SpreadView(
          RateView.seconds(spread.least()),
          RateView.seconds(spread.quarter()),
          RateView.seconds(spread.median()),
          RateView.seconds(spread.threeQuarters()),
          RateView.seconds(spread.most()));
    }
  }

  /**
   * @param beyond how many times are longer than the last bin
   */
  record HistogramView(double startSeconds, double widthSeconds, List<Integer> bins, int beyond) {
    static HistogramView of(CycleStatistics.Histogram histogram) {
      return new HistogramView(
          RateView.seconds(histogram.start()),
          RateView.seconds(histogram.width()),
          histogram.bins(),
          histogram.beyond());
    }
  }

  /**
   * @param proposedFrom how many times a proposal needs
   */
  record CyclesView(
      String machine, Instant from, Instant to, int proposedFrom, List<ProductView> products) {}

  @GetMapping("/losses")
  @Operation(
      summary = "Where required time went: six big losses, Pareto of reasons, MTBF and MTTR",
      description = "The Pareto is by duration unless by says count or mean.")
  LossesView losses(
      @PathVariable("machine") String name,
      @RequestParam("from") Optional<String> from,
      @RequestParam("to") Optional<String> to,
      @RequestParam(name = "by", defaultValue = "duration") String by,
      Locale locale)
      throws IOException {
    Machine machine = find(name);
    Reckoning reckoning = diagnosis.reckon(machine, span(machine, from, to));
    Figures figures = reckoning.figures();
    ReasonTree reasons = plant.reasons();
    return LossesView.of(
        machine,
        figures,
        Pareto.of(figures, by(by)),
        reason ->
            reasons
                .find(reason.code())
                .map(leaf -> leaf.label().in(locale))
                .orElse(reason.label()));
  }

  @GetMapping("/cycles")
  @Operation(summary = "How long parts took, by product, and the reference cycle that they propose")
  CyclesView cycles(
      @PathVariable("machine") String name,
      @RequestParam("from") Optional<String> from,
      @RequestParam("to") Optional<String> to)
      throws IOException {
    Machine machine = find(name);
    Span span = span(machine, from, to);
    return new CyclesView(
        name,
        span.start(),
        span.end(),
        CycleStatistics.FEWEST,
        CycleStatistics.byProduct(diagnosis.cycleTimes(machine, span)).entrySet().stream()
            .map(entry -> product(machine, entry.getKey(), entry.getValue()))
            .toList());
  }

  private static ProductView product(Machine machine, String product, CycleStatistics statistics) {
    Optional<Tcr> tcr =
        product.isEmpty()
            ? machine.rules().referenceCycle()
            : Optional.ofNullable(machine.rules().products().get(product));
    return new ProductView(
        product.isEmpty() ? null : product,
        statistics.count(),
        RateView.seconds(statistics.mean()),
        RateView.seconds(statistics.mode()),
        SpreadView.of(statistics.spread()),
        RateView.seconds(tcr.map(reference -> reference.forParts(1))),
        RateView.seconds(statistics.proposal()),
        HistogramView.of(statistics.histogram()));
  }

  private Span span(Machine machine, Optional<String> from, Optional<String> to) {
    return Question.span(from, to, diagnosis.current(machine));
  }

  private static Pareto.By by(String text) {
    return Arrays.stream(Pareto.By.values())
        .filter(by -> name(by).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                Problem.wrong(
                    "problem.by",
                    Question.shortened(text),
                    Arrays.stream(Pareto.By.values())
                        .map(AnalysisApi::name)
                        .collect(Collectors.joining(", "))));
  }

  private static String name(Pareto.By by) {
    return by.name().toLowerCase(Locale.ROOT);
  }

  private Machine find(String name) {
    return plant
        .machine(name)
        .orElseThrow(() -> Problem.absent("problem.machine", Question.shortened(name)));
  }
}
