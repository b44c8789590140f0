package fr.vigie.server.web;

import fr.vigie.energy.BaseLoad;
import fr.vigie.energy.Closed;
import fr.vigie.energy.Energy;
import fr.vigie.energy.EnergyUse;
import fr.vigie.energy.Gap;
import fr.vigie.energy.PerPart;
import fr.vigie.production.MachineState;
import fr.vigie.server.diagnosis.EnergyReckoning;
import fr.vigie.server.plant.Instruments.Meter;
import fr.vigie.server.plant.Instruments.Price;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a machine used, in kWh; money is in the site's currency, and null without a price.
 *
 * @param ofNoState what was used in gaps that are longer than one stay in a state
 * @param closed by why the workshop was closed; null where all time is required
 * @param peak the quarter of an hour with the highest mean power; null when none is known
 * @param quarters how many quarters of an hour are known, of how many
 * @param gapsLeftOut how many shorter ones there are beside those shown
 */
record EnergyView(
    String machine,
    Instant from,
    Instant to,
    @Nullable Double pricePerKilowattHour,
    @Nullable String currency,
    AmountView total,
    Map<String, AmountView> states,
    AmountView ofNoState,
    IdleView idle,
    @Nullable Map<String, AmountView> closed,
    PerPartView perGoodPart,
    List<BaseLoadView> baseLoads,
    @Nullable PeakView peak,
    QuartersView quarters,
    List<GapView> gaps,
    int gapsLeftOut) {
  private static final int MOST_GAPS = 200;

  /**
   * @param shared what of it was measured over a longer stretch, of which this is the share by time
   * @param knownSeconds how long the meter tells of
   * @param meanKilowatts over the known time; null when none is
   */
  record AmountView(
      double kilowattHours,
      double shared,
      double knownSeconds,
      double askedSeconds,
      @Nullable Double coverage,
      @Nullable Double meanKilowatts,
      @Nullable Double cost) {
    static AmountView of(Energy energy, Optional<Price> price) {
      return new AmountView(
          energy.kilowattHours(),
          energy.shared(),
          RateView.seconds(energy.known()),
          RateView.seconds(energy.asked()),
          number(energy.coverage()),
          number(energy.kilowatts()),
          price.map(it -> it.of(energy.kilowattHours())).orElse(null));
    }
  }

  /** What it costs that the machine is ready and does not work. */
  record IdleView(
      double kilowattHours,
      @Nullable Double meanKilowatts,
      @Nullable Double cost,
      @Nullable Double costPerHour) {
    static IdleView of(Energy idle, Optional<Price> price) {
      AmountView amount = AmountView.of(idle, price);
      Double mean = amount.meanKilowatts();
      return new IdleView(
          amount.kilowattHours(),
          mean,
          amount.cost(),
          mean == null ? null : price.map(it -> it.of(mean)).orElse(null));
    }
  }

  /**
   * @param ratio kWh a good part; null without one
   */
  record PerPartView(@Nullable Double ratio, double kilowattHours, long goodParts) {
    static PerPartView of(PerPart energy) {
      return new PerPartView(
          number(energy.kilowattHours()), energy.energy().kilowattHours(), energy.goodParts());
    }
  }

  /**
   * @param windows how many quarters of an hour it was found in
   */
  record BaseLoadView(String method, double kilowatts, int windows) {
    static BaseLoadView of(BaseLoad load) {
      return new BaseLoadView(name(load.method()), load.kilowatts(), load.windows());
    }
  }

  record PeakView(Instant from, Instant to, double kilowatts) {}

  record QuartersView(int known, int asked) {}

  /**
   * @param kilowattHours what was used in all of it; null when nobody knows
   */
  record GapView(
      Instant from, Instant to, double seconds, String reason, @Nullable Double kilowattHours) {
    static GapView of(Gap gap) {
      return new GapView(
          gap.span().start(),
          gap.span().end(),
          RateView.seconds(gap.span().length()),
          name(gap.reason()),
          number(gap.kilowattHours()));
    }
  }

  static EnergyView of(String machine, Meter meter, EnergyReckoning reckoning) {
    EnergyUse use = reckoning.use();
    Optional<Price> price = meter.price();
    Map<String, AmountView> states = new TreeMap<>();
    for (MachineState state : MachineState.values()) {
      Energy energy = use.byState().getOrDefault(state, Energy.NONE);
      states.put(name(state), AmountView.of(energy, price));
    }
    List<Gap> gaps = reckoning.gaps();
    return new EnergyView(
        machine,
        use.span().start(),
        use.span().end(),
        price.map(Price::perKilowattHour).orElse(null),
        price.map(it -> it.currency().getCurrencyCode()).orElse(null),
        AmountView.of(use.total(), price),
        states,
        AmountView.of(use.ofNoState(), price),
        IdleView.of(use.idle(), price),
        use.closed().map(closed -> closed(closed, price)).orElse(null),
        PerPartView.of(reckoning.perGoodPart()),
        use.baseLoads().stream().map(BaseLoadView::of).toList(),
        use.quarters()
            .peak()
            .map(it -> new PeakView(it.span().start(), it.span().end(), it.kilowatts()))
            .orElse(null),
        new QuartersView(use.quarters().known().size(), use.quarters().asked()),
        gaps.stream()
            .sorted((a, b) -> b.span().length().compareTo(a.span().length()))
            .limit(MOST_GAPS)
            .sorted((a, b) -> a.span().start().compareTo(b.span().start()))
            .map(GapView::of)
            .toList(),
        Math.max(0, gaps.size() - MOST_GAPS));
  }

  private static Map<String, AmountView> closed(Map<Closed, Energy> closed, Optional<Price> price) {
    Map<String, AmountView> amounts = new TreeMap<>();
    closed.forEach((reason, energy) -> amounts.put(name(reason), AmountView.of(energy, price)));
    return amounts;
  }

  static @Nullable Double number(OptionalDouble number) {
    return number.isPresent() ? number.getAsDouble() : null;
  }

  static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
