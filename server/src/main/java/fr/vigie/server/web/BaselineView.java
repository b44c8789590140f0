package fr.vigie.server.web;

import fr.vigie.energy.Baseline;
import fr.vigie.server.plant.Baselines.Kept;
import fr.vigie.statistics.Interval;
import fr.vigie.statistics.regression.Estimate;
import fr.vigie.time.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An energy baseline: kWh of a period = base + Σ marginal × driver.
 *
 * @param periods how many it stands on
 * @param effectivePeriods as many independent ones these tell as much as
 * @param autocorrelation of the residuals of periods that follow each other
 * @param leftOut periods of which too little is known; only told when it is made
 */
record BaselineView(
    String name,
    int version,
    Instant frozen,
    String step,
    Instant from,
    Instant to,
    int periods,
    double effectivePeriods,
    EstimateView base,
    List<MarginalView> marginal,
    @Nullable Double rSquared,
    @Nullable Double cvRmse,
    double autocorrelation,
    List<ExclusionView> exclusions,
    @Nullable List<SpanView> leftOut) {

  /**
   * @param low where the truth lies at 95 %, to {@code high}
   */
  record EstimateView(double kilowattHours, double standardError, double low, double high) {
    static EstimateView of(Estimate estimate) {
      Interval interval = estimate.interval(Interval.USUAL);
      return new EstimateView(
          estimate.value(), estimate.standardError(), interval.low(), interval.high());
    }
  }

  /** KWh for one more of a driver. */
  record MarginalView(String driver, EstimateView estimate) {}

  record ExclusionView(Instant from, Instant to, String why) {}

  record SpanView(Instant from, Instant to) {
    static List<SpanView> of(List<Span> spans) {
      return spans.stream().map(span -> new SpanView(span.start(), span.end())).toList();
    }
  }

  static BaselineView of(Kept kept, @Nullable List<Span> leftOut) {
    Baseline baseline = kept.baseline();
    Baseline.Fit fit = baseline.fit();
    List<MarginalView> marginal = new ArrayList<>();
    for (int i = 0; i < baseline.drivers().size(); i++) {
      marginal.add(
          new MarginalView(baseline.drivers().get(i), EstimateView.of(fit.marginal().get(i))));
    }
    int last = baseline.observations().size() - 1;
    return new BaselineView(
        baseline.name(),
        baseline.version(),
        baseline.frozen(),
        kept.step(),
        baseline.observations().get(0).span().start(),
        baseline.observations().get(last).span().end(),
        baseline.observations().size(),
        fit.effective(),
        EstimateView.of(fit.base()),
        marginal,
        EnergyView.number(fit.rSquared()),
        EnergyView.number(fit.cvRmse()),
        fit.correlation(),
        baseline.exclusions().stream()
            .map(it -> new ExclusionView(it.span().start(), it.span().end(), it.why()))
            .toList(),
        leftOut == null ? null : SpanView.of(leftOut));
  }
}
