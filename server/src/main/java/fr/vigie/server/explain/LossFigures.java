package fr.vigie.server.explain;

import static fr.vigie.server.explain.Entry.difference;
import static fr.vigie.server.explain.Entry.measured;
import static fr.vigie.server.explain.Entry.set;
import static fr.vigie.server.explain.Evidence.DESCRIPTION;
import static fr.vigie.server.explain.Evidence.ENTRIES;
import static fr.vigie.server.explain.Evidence.SCRAP;
import static fr.vigie.server.explain.Evidence.STATE;
import static fr.vigie.server.explain.Evidence.STOPS;

import fr.vigie.loss.Losses;
import fr.vigie.production.HourlyCost;
import fr.vigie.reason.BigLoss;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Where required time went, and what that costs. */
final class LossFigures {
  private LossFigures() {}

  static List<Entry> all() {
    List<Entry> all = new ArrayList<>();
    lose(
        all,
        time -> difference("lost", List.of("tR", "tU"), time).written("tR − tU"),
        found -> found.tree().tU().map(found.tree().tR()::minus));
    for (BigLoss loss : BigLoss.values()) {
      lose(all, time -> entry(loss, time), found -> Losses.of(found.figures()).of(loss));
    }
    lose(
        all,
        time -> measured("loss-unexplained", time, STOPS, ENTRIES),
        found -> Optional.of(Losses.of(found.figures()).unexplained()));
    lose(
        all,
        time -> measured("loss-unobserved", time, STATE),
        found -> Optional.of(Losses.of(found.figures()).unobserved()));
    all.add(
        set(
                "cost-per-hour",
                found -> {
                  HourlyCost cost = cost(found);
                  OptionalDouble hour = OptionalDouble.of(cost.perHour().doubleValue());
                  return Amount.price(hour, cost.currency(), "h");
                },
                DESCRIPTION)
            .needing(Need.COST));
    return all;
  }

  private static Entry entry(BigLoss loss, Value time) {
    String name = "loss-" + loss.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return switch (loss) {
      case REDUCED_SPEED -> difference(name, List.of("running", "tN"), time);
      case DEFECTS -> difference(name, List.of("tN", "tU", "loss-start-up"), time);
      case START_UP -> measured(name, time, SCRAP, ENTRIES, DESCRIPTION);
      case BREAKDOWNS, SETUP, MINOR_STOPS -> measured(name, time, STOPS, ENTRIES);
    };
  }

  /** A lost time and what it costs. */
  private static void lose(
      List<Entry> all, Function<Value, Entry> entry, Function<Found, Optional<Duration>> lost) {
    Entry time = entry.apply(found -> Amount.of(lost.apply(found)));
    all.add(time);
    all.add(
        time.cost(
            "cost-per-hour",
            Need.COST,
            found ->
                Amount.money(
                    lost.apply(found).map(it -> cost(found).of(it).doubleValue()),
                    cost(found).currency())));
  }

  private static HourlyCost cost(Found found) {
    return found.machine().rules().cost().orElseThrow();
  }
}
