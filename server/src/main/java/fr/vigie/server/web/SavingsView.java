package fr.vigie.server.web;

import fr.vigie.energy.Baseline;
import fr.vigie.energy.Savings;
import fr.vigie.server.plant.Instruments.Price;
import fr.vigie.time.Span;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was saved against a baseline, in kWh; money in the site's currency.
 *
 * @param claim whether the saving may be claimed
 * @param refusals why it may not
 * @param uncertaintyPredicted half-width at 68 %, from the prediction interval
 * @param uncertaintyGuideline half-width at 68 %, by ASHRAE guideline 14
 * @param outside periods in which a driver lay outside of what the baseline has seen
 * @param leftOut periods of which too little is known
 */
record SavingsView(
    String machine,
    String baseline,
    int version,
    boolean claim,
    List<String> refusals,
    double expected,
    double used,
    double saved,
    @Nullable Double share,
    @Nullable Double savedCost,
    double confidence,
    double uncertaintyPredicted,
    double uncertaintyGuideline,
    int outside,
    List<PeriodView> periods,
    List<BaselineView.SpanView> leftOut) {

  /**
   * @param low where the energy would lie without a change at 95 %, to {@code high}
   * @param sum savings up to and with this period
   */
  record PeriodView(
      Instant from,
      Instant to,
      double used,
      double expected,
      double low,
      double high,
      double saved,
      double sum) {
    static PeriodView of(Savings.Period period) {
      return new PeriodView(
          period.observation().span().start(),
          period.observation().span().end(),
          period.observation().kilowattHours(),
          period.expected(),
          period.prediction().low(),
          period.prediction().high(),
          period.saved(),
          period.sum());
    }
  }

  static SavingsView of(
      String machine,
      Baseline baseline,
      Savings savings,
      Optional<Price> price,
      List<Span> leftOut) {
    return new SavingsView(
        machine,
        baseline.name(),
        baseline.version(),
        savings.mayBeClaimed(),
        savings.refusals().stream().sorted().map(EnergyView::name).toList(),
        savings.expected(),
        savings.expected() - savings.saved(),
        savings.saved(),
        EnergyView.number(savings.share()),
        price.map(it -> it.of(savings.saved())).orElse(null),
        Savings.CONFIDENCE,
        savings.predicted(),
        savings.guideline(),
        savings.outside(),
        savings.periods().stream().map(PeriodView::of).toList(),
        BaselineView.SpanView.of(leftOut));
  }
}
