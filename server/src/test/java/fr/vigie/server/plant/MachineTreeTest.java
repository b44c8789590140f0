package fr.vigie.server.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.vigie.calendar.ShiftCalendar;
import fr.vigie.column.Column;
import fr.vigie.production.MachineState;
import fr.vigie.production.PartsRule;
import fr.vigie.production.StateRule;
import fr.vigie.signal.Sample;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MachineTreeTest {
  private static final SiteRules SITE = SiteTree.read(CalendarTree.threeShifts());
  private static final Map<String, Object> STATE =
      Map.of("signal", "Program_Status", "values", Map.of("ACTIVE", "running"), "dwell", "1s");

  @Test
  void everythingThatCanBeSaidIsRead() {
    Map<String, Object> tree = new HashMap<>();
    tree.put("machine", "hurco-04");
    tree.put("label", "Fraiseuse « Hurco »");
    tree.put("line", "usinage");
    tree.put("site", "atelier");
    tree.put("reference-cycle", "900s");
    tree.put("micro-stop", "90s");
    tree.put("in-service-since", "2026-01-01T00:00:00Z");
    tree.put("state", STATE);
    tree.put("parts", Map.of("counter", "Part_Count"));
    tree.put("scrap", Map.of("counter", "Scrap_Count"));
    tree.put("cycle", Map.of("start", "ACTIVE", "end", "PROGRAM_COMPLETED"));
    tree.put("speed", Map.of("signal", "speed"));

    Machine machine = MachineTree.read("hurco-04", "site", SITE, 3, tree);

    assertThat(machine.label()).isEqualTo("Fraiseuse « Hurco »");
    assertThat(machine.site()).isEqualTo("atelier");
    assertThat(machine.version()).isEqualTo(3);
    assertThat(machine.rules().microStop()).isEqualTo(Duration.ofSeconds(90));
    assertThat(machine.rules().referenceCycle().orElseThrow().time())
        .isEqualTo(Duration.ofMinutes(15));
    assertThat(machine.rules().parts()).isInstanceOf(PartsRule.Counter.class);
    assertThat(machine.rules().cycle()).isPresent();
    assertThat(machine.rules().calendar()).contains(SITE.calendar());
    assertThat(machine.series()).hasSize(4);
  }

  @Test
  void littleIsNeeded() {
    Machine machine = MachineTree.read("m", "site", SITE, 1, Map.of("state", STATE));

    assertThat(machine.label()).isEqualTo("m");
    assertThat(machine.site()).isEqualTo("site");
    assertThat(machine.rules().microStop()).isEqualTo(Duration.ofSeconds(60));
    assertThat(machine.rules().parts()).isInstanceOf(PartsRule.None.class);
  }

  @Test
  void allTimeIsRequiredOfAMachineWithoutShifts() {
    Map<String, Object> tree = Map.of("state", STATE, "shifts", "none");

    assertThat(MachineTree.read("m", "site", SITE, 1, tree).rules().calendar()).isEmpty();
  }

  @Test
  void levelsOfANumberBecomeStates() {
    Map<String, Object> tree =
        Map.of(
            "state",
            Map.of(
                "signal", "current", "running-above", 4.5, "running-below", 3.5, "off-below", 0.2));

    StateRule rule = MachineTree.read("m", "site", SITE, 1, tree).rules().state();

    Instant t = Instant.parse("2026-11-24T05:00:00Z");
    Column.Builder current = Column.numbers();
    double[] amperes = {0.1, 1, 5, 4, 3, 0.1};
    for (int i = 0; i < amperes.length; i++) {
      current.add(Sample.good(t.plusSeconds(i), amperes[i]));
    }
    assertThat(rule.timeline(current.build(), t.plusSeconds(6)).periods())
        .extracting(period -> period.state())
        .containsExactly(
            MachineState.OFF,
            MachineState.IDLE,
            MachineState.RUNNING,
            MachineState.IDLE,
            MachineState.OFF);
  }

  @Test
  void allMistakesAreToldAtOnce() {
    Map<String, Object> tree = new HashMap<>();
    tree.put("machine", "another");
    tree.put("reference-cycle", "soon");
    tree.put("micro-stop", "-3s");
    tree.put("in-service-since", "yesterday");
    tree.put("shifts", "sometimes");
    tree.put("colour", "red");
    tree.put("parts", Map.of("cycles", true, "counter", "Part_Count"));
    tree.put(
        "state",
        Map.of("signal", "a/b", "values", Map.of("ACTIVE", "busy"), "otherwise", "?", "x", 1));

    assertThat(mistakes(tree))
        .extracting(Mistake::key)
        .containsExactlyInAnyOrder(
            "machine",
            "reference-cycle",
            "micro-stop",
            "in-service-since",
            "shifts",
            "colour",
            "parts",
            "parts.cycles",
            "state.signal",
            "state.values.ACTIVE",
            "state.otherwise",
            "state.x");
  }

  @Test
  void mistakeNamesWhatWasFoundAndWhatWasWanted() {
    Map<String, Object> tree = Map.of("state", STATE, "reference-cycle", "soon");

    assertThat(mistakes(tree))
        .containsExactly(
            new Mistake("reference-cycle", "soon", "a duration such as 500ms, 10s, 5m or 8h"));
  }

  @Test
  void levelsThatCrossAreRefused() {
    Map<String, Object> state =
        Map.of("signal", "current", "running-above", 3.5, "running-below", 4.5, "off-below", 9);

    assertThat(mistakes(Map.of("state", state)))
        .extracting(Mistake::key)
        .containsExactlyInAnyOrder("state.running-below", "state.off-below");
  }

  @Test
  void stateIsWanted() {
    assertThat(mistakes(Map.of())).extracting(Mistake::key).contains("state");
  }

  @Test
  void calendarIsReadWithItsDays() {
    ShiftCalendar calendar =
        SiteTree.read(
                Map.of(
                    "zone",
                    "Europe/Paris",
                    "shifts",
                    List.of(
                        Map.of(
                            "name",
                            "Jour",
                            "days",
                            List.of("MON", "tue"),
                            "from",
                            "08:00",
                            "to",
                            "16:00"))))
            .calendar();

    assertThat(calendar.zone()).isEqualTo(ZoneId.of("Europe/Paris"));
    assertThat(calendar.shiftAt(Instant.parse("2026-11-24T07:00:00Z"))).isPresent();
    assertThat(calendar.shiftAt(Instant.parse("2026-11-25T07:00:00Z"))).isEmpty();
  }

  @Test
  void shiftsThatOverlapAreRefused() {
    Map<String, Object> tree =
        Map.of(
            "zone",
            "Mars/Olympus",
            "shifts",
            List.of(
                Map.of("name", "A", "from", "05:00", "to", "13:00"),
                Map.of("name", "B", "from", "12:00", "to", "20:00"),
                Map.of("name", "C", "from", "5h")));

    MistakesFound found = catchThrowableOfType(MistakesFound.class, () -> SiteTree.read(tree));

    assertThat(found.mistakes())
        .extracting(Mistake::key)
        .containsExactlyInAnyOrder("zone", "shifts", "shifts[2].from", "shifts[2].to");
  }

  private static List<Mistake> mistakes(Map<String, Object> tree) {
    return catchThrowableOfType(
            MistakesFound.class, () -> MachineTree.read("m", "site", SITE, 1, tree))
        .mistakes();
  }
}
