package fr.vigie.server.explain;

import static fr.vigie.server.explain.Entry.measured;
import static fr.vigie.server.explain.Entry.product;
import static fr.vigie.server.explain.Entry.quotient;
import static fr.vigie.server.explain.Entry.set;
import static fr.vigie.server.explain.Entry.sum;
import static fr.vigie.server.explain.Evidence.CALENDAR;
import static fr.vigie.server.explain.Evidence.DESCRIPTION;
import static fr.vigie.server.explain.Evidence.METER;
import static fr.vigie.server.explain.Evidence.STATE;

import fr.vigie.energy.BaseLoad;
import fr.vigie.energy.Closed;
import fr.vigie.energy.Energy;
import fr.vigie.energy.EnergyUse;
import fr.vigie.production.MachineState;
import fr.vigie.server.plant.Instruments.Meter;
import fr.vigie.server.plant.Instruments.Price;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a machine used, for what, and what that costs. */
final class EnergyFigures {
  private static final String OF_NO_STATE = "energy-of-no-state";

  private EnergyFigures() {}

  static List<Entry> all() {
    List<Entry> all = new ArrayList<>();
    List<String> states = Arrays.stream(MachineState.values()).map(EnergyFigures::name).toList();
    use(
        all,
        "energy",
        use -> Optional.of(use.total()),
        (name, value) ->
            sum(name, Stream.concat(states.stream(), Stream.of(OF_NO_STATE)).toList(), value));
    for (MachineState state : MachineState.values()) {
      use(
          all,
          name(state),
          use -> Optional.of(use.byState().getOrDefault(state, Energy.NONE)),
          (name, value) -> measured(name, value, METER, STATE));
    }
    use(
        all,
        OF_NO_STATE,
        use -> Optional.of(use.ofNoState()),
        (name, value) -> measured(name, value, METER, STATE));
    use(
        all,
        "energy-closed",
        use ->
            use.closed().map(closed -> closed.values().stream().reduce(Energy.NONE, Energy::plus)),
        (name, value) ->
            sum(name, Arrays.stream(Closed.values()).map(EnergyFigures::name).toList(), value)
                .needing(Need.SHIFTS));
    for (Closed reason : Closed.values()) {
      use(
          all,
          name(reason),
          use -> use.closed().map(closed -> closed.getOrDefault(reason, Energy.NONE)),
          (name, value) -> measured(name, value, METER, CALENDAR).needing(Need.SHIFTS));
    }
    all.addAll(powers());
    return all.stream().map(entry -> entry.needing(Need.METER)).toList();
  }

  private static List<Entry> powers() {
    return List.of(
        quotient(
            "energy-coverage",
            "energy-known",
            "energy-asked",
            found -> Amount.ratio(found.energy().use().total().coverage())),
        measured("energy-known", found -> Amount.of(found.energy().use().total().known()), METER),
        set("energy-asked", found -> Amount.of(found.energy().use().total().asked())),
        quotient(
            "energy-per-good-part",
            "energy",
            "good",
            found -> Amount.kilowattHoursAPart(found.energy().perGoodPart().kilowattHours())),
        measured(
            "peak-power",
            found ->
                Amount.kilowatts(
                    found.energy().use().quarters().peak().stream()
                        .mapToDouble(peak -> peak.kilowatts())
                        .findFirst()),
            METER),
        measured("base-load", found -> load(found, BaseLoad.Method.FIFTH_PERCENTILE), METER),
        measured(
                "base-load-closed",
                found -> load(found, BaseLoad.Method.MEDIAN_OF_CLOSED_TIME),
                METER,
                CALENDAR)
            .needing(Need.SHIFTS),
        quotient(
            "idle-power",
            name(MachineState.IDLE),
            "idle-known",
            found -> Amount.kilowatts(found.energy().use().idle().kilowatts())),
        measured(
            "idle-known", found -> Amount.of(found.energy().use().idle().known()), METER, STATE),
        product(
                "idle-cost-per-hour",
                "idle-power",
                "energy-price",
                found -> {
                  OptionalDouble power = found.energy().use().idle().kilowatts();
                  return Amount.price(
                      power.stream().map(price(found)::of).findFirst(),
                      price(found).currency(),
                      "h");
                })
            .needing(Need.PRICE),
        set(
                "energy-price",
                found ->
                    Amount.price(
                        OptionalDouble.of(price(found).perKilowattHour()),
                        price(found).currency(),
                        "kWh"),
                DESCRIPTION)
            .needing(Need.PRICE));
  }

  private interface Making {
    Entry of(String name, Value value);
  }

  /** An energy and what it costs. */
  private static void use(
      List<Entry> all, String name, Function<EnergyUse, Optional<Energy>> energy, Making making) {
    Entry used =
        making.of(
            name,
            found ->
                Amount.kilowattHours(
                    energy.apply(found.energy().use()).map(Energy::kilowattHours)));
    all.add(used);
    all.add(
        used.cost(
            "energy-price",
            Need.PRICE,
            found ->
                Amount.money(
                    energy
                        .apply(found.energy().use())
                        .map(it -> price(found).of(it.kilowattHours())),
                    price(found).currency())));
  }

  private static Amount load(Found found, BaseLoad.Method method) throws IOException {
    return Amount.kilowatts(
        found.energy().use().baseLoads().stream()
            .filter(load -> load.method() == method)
            .mapToDouble(BaseLoad::kilowatts)
            .findFirst());
  }

  private static Price price(Found found) {
    return found.machine().instruments().meter().flatMap(Meter::price).orElseThrow();
  }

  private static String name(Enum<?> part) {
    return "energy-" + part.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
