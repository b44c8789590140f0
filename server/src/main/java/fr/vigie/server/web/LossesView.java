package fr.vigie.server.web;

import fr.vigie.loss.Losses;
import fr.vigie.loss.Pareto;
import fr.vigie.loss.Reliability;
import fr.vigie.production.Convention;
import fr.vigie.production.Figures;
import fr.vigie.production.HourlyCost;
import fr.vigie.production.Rate;
import fr.vigie.reason.BigLoss;
import fr.vigie.reason.Reason;
import fr.vigie.server.plant.Machine;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the required time of a span went; times in seconds.
 *
 * @param lost tR - tU, of which all losses are the sum; null without a reference cycle
 * @param losses by the six big losses; null where a reference cycle is missing
 * @param unexplained stops without a reason
 */
record LossesView(
    String machine,
    Instant from,
    Instant to,
    ConventionView convention,
    @Nullable LostView lost,
    Map<String, @Nullable LostView> losses,
    LostView unexplained,
    LostView unobserved,
    ParetoView pareto,
    ReliabilityView reliability) {

  /**
   * @param cost what the time costs; null when nobody said what an hour does
   */
  record LostView(double seconds, @Nullable MoneyView cost) {
    static LostView of(Duration time, Optional<HourlyCost> cost) {
      return new LostView(
          RateView.seconds(time),
          cost.map(hour -> new MoneyView(hour.of(time), hour.currency().getCurrencyCode()))
              .orElse(null));
    }
  }

  record MoneyView(BigDecimal amount, String currency) {}

  record ParetoView(String by, List<BarView> bars) {}

  /**
   * @param reason code, null for stops of which nobody said why
   * @param cumulated of this bar and all before it; without a ratio by mean
   * @param classA whether it is one of the fewest that make 80 %
   */
  record BarView(
      @Nullable String reason,
      @Nullable String label,
      @Nullable String kind,
      int count,
      LostView lost,
      @Nullable Double meanSeconds,
      RateView cumulated,
      boolean classA) {
    static BarView of(Pareto.Bar bar, Optional<HourlyCost> cost, Function<Reason, String> labels) {
      Pareto.Stood stood = bar.stood();
      return new BarView(
          stood.reason().map(Reason::code).orElse(null),
          stood.reason().map(labels).orElse(null),
          stood.reason().map(reason -> word(reason.kind())).orElse(null),
          stood.count(),
          LostView.of(stood.time(), cost),
          RateView.seconds(stood.mean()),
          RateView.of(bar.cumulated(), false),
          bar.isClassA());
    }
  }

  /**
   * @param mtbfSeconds null when there was no failure to divide by
   * @param mtbfAtLeastSeconds one-sided 95 % bound; null when the machine did not work
   * @param explained stops with a reason, over all: below 1, failures may be missing
   */
  record ReliabilityView(
      int failures,
      @Nullable Double mtbfSeconds,
      @Nullable Double mtbfAtLeastSeconds,
      int repairs,
      @Nullable Double mttrSeconds,
      RateView inherentAvailability,
      RateView explained) {
    static ReliabilityView of(Figures figures) {
      Reliability reliability = Reliability.of(figures);
      Convention convention = figures.times().convention();
      return new ReliabilityView(
          reliability.failures(),
          RateView.seconds(reliability.mtbf(convention)),
          RateView.seconds(reliability.mtbfAtLeast(convention)),
          reliability.repairs(),
          RateView.seconds(reliability.mttr()),
          RateView.of(reliability.inherentAvailability(convention), false),
          stops(reliability.explained()));
    }

    /** A rate of stops, and not of parts. */
    private static RateView stops(Rate rate) {
      RateView view = RateView.of(rate, false);
      return new RateView(
          view.ratio(), view.numerator(), view.denominator(), "stops", view.flags());
    }
  }

  /**
   * @param labels of reasons in the reader's language
   */
  static LossesView of(
      Machine machine, Figures figures, Pareto pareto, Function<Reason, String> labels) {
    Optional<HourlyCost> cost = machine.rules().cost();
    Losses losses = Losses.of(figures);
    Map<String, @Nullable LostView> six = new LinkedHashMap<>();
    for (BigLoss loss : BigLoss.values()) {
      six.put(word(loss), losses.of(loss).map(time -> LostView.of(time, cost)).orElse(null));
    }
    return new LossesView(
        machine.name(),
        figures.span().start(),
        figures.span().end(),
        ConventionView.of(figures.times().convention()),
        figures
            .timeTree()
            .tU()
            .map(useful -> LostView.of(figures.timeTree().tR().minus(useful), cost))
            .orElse(null),
        six,
        LostView.of(losses.unexplained(), cost),
        LostView.of(losses.unobserved(), cost),
        new ParetoView(
            word(pareto.by()),
            pareto.bars().stream().map(bar -> BarView.of(bar, cost, labels)).toList()),
        ReliabilityView.of(figures));
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
