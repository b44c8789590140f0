package fr.vigie.server.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.vigie.condition.Drift;
import fr.vigie.condition.HoldOff;
import fr.vigie.condition.Limit;
import fr.vigie.condition.VibrationScale;
import fr.vigie.energy.MeterRule;
import fr.vigie.server.plant.Instruments.Watched;
import fr.vigie.statistics.Band;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class InstrumentTreeTest {
  private static final SiteRules SITE = SiteTree.read(CalendarTree.threeShifts());

  @Test
  void aMachineWithoutAMeterAndWatchedSignalsHasNone() {
    assertThat(read(Map.of())).isEqualTo(Instruments.NONE);
  }

  @Test
  void everySortOfMeterIsRead() {
    assertThat(
            meter(
                Map.of(
                    "counter",
                    "kwh",
                    "unit",
                    "Wh",
                    "modulus",
                    1_000_000,
                    "most-kilowatts",
                    60,
                    "silence",
                    "10m",
                    "price",
                    0.18)))
        .isEqualTo(
            new Instruments.Meter(
                "kwh",
                new MeterRule.Counter(
                    0.001, OptionalDouble.of(1_000_000), 60, Duration.ofMinutes(10)),
                Optional.of(new Instruments.Price(0.18, Currency.getInstance("EUR")))));
    assertThat(meter(Map.of("power", "watts", "unit", "W")))
        .isEqualTo(
            new Instruments.Meter(
                "watts",
                new MeterRule.Power(0.001, 10_000, Duration.ofHours(1)),
                Optional.empty()));
    assertThat(
            meter(
                Map.of(
                    "intervals", "curve", "unit", "MWh", "every", "30m", "midnight", "same-day")))
        .isEqualTo(
            new Instruments.Meter(
                "curve",
                new MeterRule.Intervals(
                    1000,
                    10_000,
                    Duration.ofMinutes(30),
                    MeterRule.Stamp.END,
                    Optional.of(ZoneId.of("Europe/Paris"))),
                Optional.empty()));
  }

  @Test
  void everythingThatIsWatchedIsRead() {
    Map<String, Object> signal = new HashMap<>();
    signal.put("signal", "velocity");
    signal.put("label", "Palier avant");
    signal.put("hold", "10m");
    signal.put("release", "5m");
    signal.put("quiet", "8h");
    signal.put("above", Map.of("limit", 4.5, "fine", 4));
    signal.put("below", Map.of("limit", 0.1));
    signal.put(
        "vibration",
        Map.of("scale", "iso-10816-1-class-1", "hertz-from", 10, "hertz-to", 260, "usual", 0.6));
    signal.put("drift", Map.of("since", "2026-11-01T00:00:00Z", "learn", "240h"));
    HoldOff holdOff =
        new HoldOff(Duration.ofMinutes(10), Duration.ofMinutes(5), Duration.ofHours(8));

    assertThat(read(Map.of("condition", List.of(signal))).watched())
        .containsExactly(
            new Watched(
                "velocity",
                "Palier avant",
                Optional.of(
                    new Instruments.Vibration(
                        VibrationScale.ISO_10816_1_CLASS_1,
                        new Band(10, 260),
                        OptionalDouble.of(0.6))),
                List.of(Limit.above(4.5, 4), Limit.below(0.1, 0.1)),
                holdOff,
                Optional.of(
                    new Instruments.DriftWatch(
                        new Drift.Rule(
                            Duration.ofHours(1), Duration.ofDays(10), Duration.ofDays(7), holdOff),
                        Instant.parse("2026-11-01T00:00:00Z")))));
  }

  @Test
  void everyMistakeIsToldAtOnceWithItsPlace() {
    Map<String, Object> tree = new HashMap<>();
    tree.put("energy", Map.of("counter", "kwh", "power", "w", "unit", "joule", "price", -1));
    tree.put(
        "condition",
        List.of(
            Map.of("signal", "a", "above", Map.of("limit", 4, "fine", 5)),
            Map.of("signal", "a", "drift", Map.of("learn", "1h")),
            Map.of("signal", "b", "vibration", Map.of("scale", "iso-1", "hertz-from", 10)),
            Map.of("signal", "c", "limit", 3)));

    assertThat(mistakes(tree))
        .contains(
            "energy.counter",
            "energy.unit",
            "energy.price",
            "condition[0].above.fine",
            "condition[1].signal",
            "condition[1].drift.since",
            "condition[1].drift.learn",
            "condition[2].vibration.scale",
            "condition[2].vibration.hertz-to",
            "condition[3].limit");
  }

  private static Instruments.Meter meter(Map<String, Object> energy) {
    return read(Map.of("energy", energy)).meter().orElseThrow();
  }

  private static Instruments read(Map<String, Object> more) {
    return MachineTree.read("m", "site", SITE, 1, tree(more)).instruments();
  }

  private static List<String> mistakes(Map<String, Object> more) {
    return catchThrowableOfType(MistakesFound.class, () -> read(more)).mistakes().stream()
        .map(Mistake::key)
        .toList();
  }

  private static Map<String, Object> tree(Map<String, Object> more) {
    Map<String, Object> tree = new HashMap<>(more);
    tree.put("state", Map.of("signal", "state", "values", Map.of("ACTIVE", "running")));
    return tree;
  }
}
