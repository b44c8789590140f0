package fr.vigie.server.web;

import fr.vigie.column.Column;
import fr.vigie.server.diagnosis.Coverage;
import fr.vigie.server.diagnosis.Diagnosis;
import fr.vigie.server.diagnosis.TooMuch;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.plant.Plant;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.Store;
import fr.vigie.server.web.ChartQuestion.Asked;
import fr.vigie.server.web.ChartQuestion.Kind;
import fr.vigie.server.web.FiguresView.RemarkView;
import fr.vigie.signal.Quality;
import fr.vigie.statistics.Interval;
import fr.vigie.statistics.control.Capability;
import fr.vigie.statistics.control.ControlCharts;
import fr.vigie.statistics.control.Tolerance;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/machines/{machine}/signals/{signal}")
@Tag(name = "statistics")
final class StatisticsApi {
  static final int MOST_SAMPLES = 20_000;

  /** Beyond it squares and sums may leave what numbers can say. */
  private static final double LARGEST = 1e100;

  private final Plant plant;
  private final Diagnosis diagnosis;
  private final Store store;
  private final MessageSource messages;

  StatisticsApi(Plant plant, Diagnosis diagnosis, Store store, MessageSource messages) {
    this.plant = plant;
    this.diagnosis = diagnosis;
    this.store = store;
    this.messages = messages;
  }

  /**
   * What charts were made of.
   *
   * @param chart {@code i-mr}, {@code xbar-r} or {@code xbar-s}
   * @param subgroup how many observations make one
   * @param observations in whole subgroups
   * @param notGood samples that were left out: without a value, doubted or with a doubtful time
   * @param incomplete observations that were left out since they make no whole subgroup
   */
  record SampledView(
      String machine,
      String signal,
      Instant from,
      Instant to,
      String chart,
      int subgroup,
      int observations,
      int notGood,
      int incomplete,
      CoverageView coverage) {}

  /**
   * @param refused why there are no charts, null when there are
   * @param sigma short-term standard deviation of an observation
   */
  record ControlView(
      SampledView sampled,
      @Nullable String refused,
      @Nullable Double sigma,
      @Nullable ChartView location,
      @Nullable ChartView spread) {}

  /**
   * @param low where the true index lies if the process is stable and normal, to {@code high}
   */
  record IndexView(double value, double low, double high) {}

  /**
   * @param target the middle of two limits unless it was given
   * @param refused why there are no indices, null when there are
   * @param within short-term standard deviation
   * @param overall standard deviation of all observations
   * @param confidence of the intervals
   * @param unstable rules of Nelson that the chart breaks, with the points at which it does
   * @param remarks what a reader has to know
   */
  record CapabilityView(
      SampledView sampled,
      @Nullable Double lower,
      @Nullable Double upper,
      @Nullable Double target,
      @Nullable String refused,
      @Nullable Double mean,
      @Nullable Double within,
      @Nullable Double overall,
      double confidence,
      @Nullable IndexView cp,
      @Nullable IndexView cpk,
      @Nullable IndexView pp,
      @Nullable IndexView ppk,
      @Nullable IndexView cpm,
      Map<String, List<Integer>> unstable,
      List<RemarkView> remarks) {}

  @GetMapping("/control")
  @Operation(
      summary = "Control charts of a measured signal, their limits and the rules that are broken",
      description =
          "from, to; subgroup: how many samples in a row make one, 1 unless said; chart: i-mr,"
              + " xbar-r or xbar-s, by the subgroup unless said. At most 20,000 samples.")
  @ChartQuestion.Documented
  ControlView control(
      @PathVariable("machine") String machine,
      @PathVariable("signal") String signal,
      @Parameter(hidden = true) @RequestParam Map<String, String> given,
      Locale locale)
      throws IOException {
    Machine described = EnergyApi.machine(plant, machine);
    Series series = series(described, signal);
    ChartQuestion question = question(given, locale);
    Asked asked = question.chart(diagnosis.current(described));
    question.check();
    Sampled sampled = sample(series, asked);
    Optional<String> refused = sampled.refused();
    if (refused.isPresent()) {
      return new ControlView(sampled.view(), refused.get(), null, null, null);
    }
    ControlCharts charts = sampled.charts();
    List<Instant> times = sampled.pointTimes();
    return new ControlView(
        sampled.view(),
        null,
        charts.sigma(),
        ChartView.ofLocation(charts.location(), times),
        ChartView.ofSpread(
            charts.spread(), asked.kind() == Kind.I_MR ? times.subList(1, times.size()) : times));
  }

  @GetMapping("/capability")
  @Operation(
      summary = "How well a measured signal fits its tolerance",
      description =
          "As control, with lower, upper (one of them or both) and target. Refused below 25"
              + " observations.")
  @ChartQuestion.Documented
  @ChartQuestion.DocumentedTolerance
  CapabilityView capability(
      @PathVariable("machine") String machine,
      @PathVariable("signal") String signal,
      @Parameter(hidden = true) @RequestParam Map<String, String> given,
      Locale locale)
      throws IOException {
    Machine described = EnergyApi.machine(plant, machine);
    Series series = series(described, signal);
    ChartQuestion question = question(given, locale);
    Asked asked = question.chart(diagnosis.current(described));
    Optional<Tolerance> wanted = question.tolerance();
    question.check();
    Tolerance tolerance = wanted.orElseThrow();
    Sampled sampled = sample(series, asked);
    Optional<String> undrawn = sampled.refused();
    Optional<Capability> found =
        undrawn.isPresent()
            ? Optional.empty()
            : Optional.of(Capability.of(sampled.charts(), tolerance));
    Optional<String> refused =
        undrawn.or(() -> found.flatMap(Capability::refusal).map(LossesView::word));
    Optional<Capability> shown = refused.isPresent() ? Optional.empty() : found;
    return new CapabilityView(
        sampled.view(),
        EnergyView.number(tolerance.lower()),
        EnergyView.number(tolerance.upper()),
        EnergyView.number(tolerance.target()),
        refused.orElse(null),
        found.map(Capability::mean).orElse(null),
        found.map(Capability::within).orElse(null),
        found.map(Capability::overall).orElse(null),
        Interval.USUAL,
        index(shown, it -> it.cp(Interval.USUAL)),
        index(shown, it -> it.cpk(Interval.USUAL)),
        index(shown, it -> it.pp(Interval.USUAL)),
        index(shown, it -> it.ppk(Interval.USUAL)),
        index(shown, it -> it.cpm(Interval.USUAL)),
        found.map(it -> ChartView.words(it.instability())).orElse(Map.of()),
        shown.map(it -> remarks(it, locale)).orElse(List.of()));
  }

  private List<RemarkView> remarks(Capability capability, Locale locale) {
    List<RemarkView> remarks = new ArrayList<>();
    if (!capability.instability().isEmpty()) {
      remarks.add(remark("not-stable", locale));
    }
    if (capability.isUncertain()) {
      remarks.add(remark("few-observations", locale));
    }
    return remarks;
  }

  private RemarkView remark(String code, Locale locale) {
    return new RemarkView(code, messages.getMessage("chart." + code, new Object[0], locale));
  }

  private ChartQuestion question(Map<String, String> given, Locale locale) {
    return new ChartQuestion(given, key -> messages.getMessage(key, new Object[0], locale));
  }

  private Series series(Machine machine, String signal) throws IOException {
    Series series = machine.series(signal);
    if (!store.series().contains(series)) {
      throw Problem.absent("problem.series", Question.shortened(machine.name() + '/' + signal));
    }
    return series;
  }

  /**
   * Good samples of a span.
   *
   * @param values in whole subgroups
   * @param times of each value
   */
  private record Sampled(Asked asked, double[] values, List<Instant> times, SampledView view) {
    /** Why no chart can be drawn: fewer than two points, or values that no sensor says. */
    Optional<String> refused() {
      if (values.length < 2 * asked.subgroup()) {
        return Optional.of(LossesView.word(Capability.Refusal.TOO_FEW_OBSERVATIONS));
      }
      return Arrays.stream(values).anyMatch(value -> Math.abs(value) > LARGEST)
          ? Optional.of("too-large")
          : Optional.empty();
    }

    ControlCharts charts() {
      return asked.kind().of(values, asked.subgroup());
    }

    List<Instant> pointTimes() {
      List<Instant> ends = new ArrayList<>();
      for (int i = asked.subgroup() - 1; i < times.size(); i += asked.subgroup()) {
        ends.add(times.get(i));
      }
      return ends;
    }
  }

  private Sampled sample(Series series, Asked asked) throws IOException {
    long count = store.count(series, asked.span());
    if (count > MOST_SAMPLES) {
      throw new TooMuch(count, MOST_SAMPLES);
    }
    Coverage coverage = diagnosis.coverage(series, asked.span());
    Column column = store.range(series, coverage.asked());
    if (column.isText() && !column.isEmpty()) {
      throw Problem.wrong("problem.text", series.signal());
    }
    List<Instant> times = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < column.size(); i++) {
      if (column.quality(i) == Quality.GOOD) {
        times.add(column.time(i));
        values.add(column.number(i));
      }
    }
    int incomplete = values.size() % asked.subgroup();
    int whole = values.size() - incomplete;
    SampledView view =
        new SampledView(
            series.machine(),
            series.signal(),
            coverage.asked().start(),
            coverage.asked().end(),
            asked.kind().word(),
            asked.subgroup(),
            whole,
            column.size() - values.size(),
            incomplete,
            CoverageView.of(coverage));
    return new Sampled(
        asked,
        values.subList(0, whole).stream().mapToDouble(Double::doubleValue).toArray(),
        times.subList(0, whole),
        view);
  }

  private static @Nullable IndexView index(
      Optional<Capability> shown, Function<Capability, Optional<Capability.Index>> index) {
    return shown
        .flatMap(index)
        .map(it -> new IndexView(it.value(), it.interval().low(), it.interval().high()))
        .orElse(null);
  }
}
