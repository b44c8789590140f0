package fr.vigie.server.plant;

import fr.vigie.condition.Drift;
import fr.vigie.condition.HoldOff;
import fr.vigie.condition.Limit;
import fr.vigie.condition.VibrationScale;
import fr.vigie.energy.MeterRule;
import fr.vigie.server.plant.Instruments.DriftWatch;
import fr.vigie.server.plant.Instruments.Meter;
import fr.vigie.server.plant.Instruments.Price;
import fr.vigie.server.plant.Instruments.Vibration;
import fr.vigie.server.plant.Instruments.Watched;
import fr.vigie.statistics.Band;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Reads what a machine's description says of its meter and of its condition. */
final class InstrumentTree {
  private static final Map<String, Double> ENERGIES = Map.of("Wh", 1e-3, "kWh", 1.0, "MWh", 1e3);
  private static final Map<String, Double> POWERS = Map.of("W", 1e-3, "kW", 1.0, "MW", 1e3);

  /** More than a workshop's connection gives. */
  private static final double MOST_KILOWATTS = 10_000;

  private static final Duration SILENCE = Duration.ofHours(1);
  private static final int MOST_WATCHED = 50;

  private InstrumentTree() {}

  static Instruments read(Tree tree, SiteRules site) {
    Optional<Meter> meter =
        tree.has("energy")
            ? meter(tree.branch("energy", "a meter: one of counter, power, intervals"), site)
            : Optional.empty();
    List<Watched> watched = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Tree branch : tree.branchesIfAny("condition", "a list of signals to watch")) {
      Watched each = watched(branch);
      if (!names.add(each.signal())) {
        branch.wrong("signal", "each signal once");
      }
      watched.add(each);
    }
    if (watched.size() > MOST_WATCHED) {
      tree.wrong("condition", "at most " + MOST_WATCHED + " signals");
    }
    return new Instruments(meter, watched);
  }

  private static Optional<Meter> meter(Tree tree, SiteRules site) {
    Optional<String> counter = tree.name("counter");
    Optional<String> power = tree.name("power");
    Optional<String> intervals = tree.name("intervals");
    Optional<Price> price = price(tree, site);
    long ways = List.of("counter", "power", "intervals").stream().filter(tree::has).count();
    if (ways != 1) {
      tree.wrong("counter", "a signal for one of counter, power or intervals");
    }
    Optional<Meter> meter = counter.map(signal -> new Meter(signal, counter(tree), price));
    meter = meter.or(() -> power.map(signal -> new Meter(signal, power(tree), price)));
    return meter.or(
        () ->
            intervals.map(
                signal -> new Meter(signal, intervals(tree, site.calendar().zone()), price)));
  }

  private static Optional<Price> price(Tree tree, SiteRules site) {
    OptionalDouble price = positive(tree, "price");
    return price.isPresent()
        ? Optional.of(new Price(price.getAsDouble(), site.currency()))
        : Optional.empty();
  }

  private static MeterRule counter(Tree tree) {
    return new MeterRule.Counter(
        unit(tree, ENERGIES),
        positive(tree, "modulus"),
        mostKilowatts(tree),
        positive(tree, "silence", SILENCE));
  }

  private static MeterRule power(Tree tree) {
    return new MeterRule.Power(
        unit(tree, POWERS), mostKilowatts(tree), positive(tree, "silence", SILENCE));
  }

  private static MeterRule intervals(Tree tree, ZoneId zone) {
    String stamped = tree.word("stamped", "end", "start");
    String midnight = tree.word("midnight", "next-day", "same-day");
    return new MeterRule.Intervals(
        unit(tree, ENERGIES),
        mostKilowatts(tree),
        positive(tree, "every", Duration.ofMinutes(15)),
        stamped.equals("end") ? MeterRule.Stamp.END : MeterRule.Stamp.START,
        midnight.equals("same-day") ? Optional.of(zone) : Optional.empty());
  }

  private static double mostKilowatts(Tree tree) {
    return positive(tree, "most-kilowatts").orElse(MOST_KILOWATTS);
  }

  private static double unit(Tree tree, Map<String, Double> units) {
    Double unit = units.get(tree.text("unit", 10).orElse(""));
    if (unit == null) {
      tree.wrong("unit", "one of " + String.join(", ", units.keySet().stream().sorted().toList()));
      return 1;
    }
    return unit;
  }

  private static Watched watched(Tree tree) {
    String signal = tree.wantedName("signal");
    String label = tree.text("label", 120).filter(it -> !it.isEmpty()).orElse(signal);
    HoldOff holdOff =
        new HoldOff(
            tree.duration("hold").orElse(Duration.ZERO),
            tree.duration("release").orElse(Duration.ZERO),
            tree.duration("quiet").orElse(Duration.ZERO));
    List<Limit> limits = new ArrayList<>();
    limit(tree, Limit.Side.ABOVE).ifPresent(limits::add);
    limit(tree, Limit.Side.BELOW).ifPresent(limits::add);
    Optional<DriftWatch> drift =
        tree.has("drift") ? Optional.of(drift(tree, holdOff)) : Optional.empty();
    return new Watched(signal, label, vibration(tree), limits, holdOff, drift);
  }

  private static Optional<Limit> limit(Tree tree, Limit.Side side) {
    String key = side.name().toLowerCase(Locale.ROOT);
    if (!tree.has(key)) {
      return Optional.empty();
    }
    Tree branch = tree.branch(key, "limit, and fine where it is fine again");
    OptionalDouble limit = branch.number("limit");
    OptionalDouble fine = branch.number("fine");
    if (limit.isEmpty() && !branch.has("limit")) {
      branch.wrong("limit", "a number");
    }
    if (limit.isEmpty()) {
      return Optional.empty();
    }
    double back = fine.orElse(limit.getAsDouble());
    if (side == Limit.Side.ABOVE ? back > limit.getAsDouble() : back < limit.getAsDouble()) {
      branch.wrong("fine", "a number not " + key + " the limit");
      return Optional.empty();
    }
    return Optional.of(new Limit(side, limit.getAsDouble(), back));
  }

  private static Optional<Vibration> vibration(Tree tree) {
    if (!tree.has("vibration")) {
      return Optional.empty();
    }
    Tree branch = tree.branch("vibration", "scale, and the frequencies that the sensor hears");
    Optional<VibrationScale> scale = scale(branch);
    OptionalDouble usual = positive(branch, "usual");
    OptionalDouble low = positive(branch, "hertz-from");
    OptionalDouble high = positive(branch, "hertz-to");
    for (String key : List.of("hertz-from", "hertz-to")) {
      if (!branch.has(key)) {
        branch.wrong(key, "a frequency in Hz, such as 10 or 1000");
      }
    }
    if (low.isEmpty() || high.isEmpty()) {
      return Optional.empty();
    }
    if (low.getAsDouble() >= high.getAsDouble()) {
      branch.wrong("hertz-to", "a frequency above hertz-from");
      return Optional.empty();
    }
    Band sensed = new Band(low.getAsDouble(), high.getAsDouble());
    return scale.map(found -> new Vibration(found, sensed, usual));
  }

  private static Optional<VibrationScale> scale(Tree tree) {
    String wanted = tree.text("scale", 60).orElse("").toUpperCase(Locale.ROOT).replace('-', '_');
    Optional<VibrationScale> scale =
        Arrays.stream(VibrationScale.values()).filter(it -> it.name().equals(wanted)).findFirst();
    if (scale.isEmpty()) {
      tree.wrong(
          "scale",
          "one of "
              + String.join(
                  ", ",
                  Arrays.stream(VibrationScale.values())
                      .map(it -> it.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                      .toList()));
    }
    return scale;
  }

  private static DriftWatch drift(Tree tree, HoldOff holdOff) {
    Tree branch = tree.branch("drift", "since, when all was well");
    Optional<Instant> since = branch.instant("since");
    if (!branch.has("since")) {
      branch.wrong("since", "an instant such as 2026-11-24T05:00:00Z");
    }
    Drift.Rule usual = Drift.Rule.USUAL;
    Duration block = positive(branch, "block", usual.block());
    Duration learn = positive(branch, "learn", usual.learn());
    Duration memory = positive(branch, "memory", usual.memory());
    try {
      return new DriftWatch(
          new Drift.Rule(block, learn, memory, holdOff), since.orElse(Instant.EPOCH));
    } catch (IllegalArgumentException e) {
      branch.wrong("learn", "16 blocks and more, and a memory not shorter than a block");
      return new DriftWatch(usual, Instant.EPOCH);
    }
  }

  private static OptionalDouble positive(Tree tree, String key) {
    OptionalDouble found = tree.number(key);
    if (found.isPresent() && found.getAsDouble() <= 0) {
      tree.wrong(key, "a number above 0");
      return OptionalDouble.empty();
    }
    return found;
  }

  private static Duration positive(Tree tree, String key, Duration otherwise) {
    Duration found = tree.duration(key).orElse(otherwise);
    if (found.isZero()) {
      tree.wrong(key, "a duration above 0s");
      return otherwise;
    }
    return found;
  }
}
