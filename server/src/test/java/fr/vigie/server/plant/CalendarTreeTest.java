package fr.vigie.server.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.vigie.calendar.Shift;
import fr.vigie.calendar.ShiftCalendar;
import fr.vigie.time.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CalendarTreeTest {
  private final Map<String, Object> tree = new HashMap<>();

  CalendarTreeTest() {
    tree.put("zone", "Europe/Paris");
    tree.put("shifts", List.of(shift("Jour", List.of(breakOf("12:00", "12:45")))));
  }

  private static Map<String, Object> shift(String name, List<?> breaks) {
    return Map.of("name", name, "from", "08:00", "to", "16:00", "breaks", breaks);
  }

  private static Map<String, Object> breakOf(String from, String to) {
    return Map.of("from", from, "to", to);
  }

  private List<Mistake> mistakes() {
    return catchThrowableOfType(MistakesFound.class, () -> SiteTree.read(tree)).mistakes();
  }

  private List<Shift> shifts(String from, String to) {
    return SiteTree.read(tree).calendar().shifts(new Span(Instant.parse(from), Instant.parse(to)));
  }

  @Test
  void shiftHasItsBreaks() {
    Shift shift = shifts("2026-11-24T08:00:00Z", "2026-11-24T09:00:00Z").get(0);

    assertThat(shift.breaks()).hasSize(1);
    assertThat(shift.breaks().get(0).length()).isEqualTo(Duration.ofMinutes(45));
  }

  @Test
  void nobodyWorksOnAHolidayOrInAClosure() {
    tree.put("holidays", "france");
    tree.put(
        "closures",
        List.of(Map.of("from", "2026-12-21", "to", "2026-12-24"), Map.of("from", "2026-12-31")));

    assertThat(shifts("2026-12-18T00:00:00Z", "2027-01-02T23:00:00Z"))
        .extracting(shift -> shift.day().toString())
        .containsExactly(
            "2026-12-18",
            "2026-12-19",
            "2026-12-20",
            "2026-12-26",
            "2026-12-27",
            "2026-12-28",
            "2026-12-29",
            "2026-12-30",
            "2027-01-02");
  }

  @Test
  void alsaceRestsOnSaintStephensDay() {
    tree.put("holidays", "alsace-moselle");

    assertThat(shifts("2026-12-26T00:00:00Z", "2026-12-26T20:00:00Z")).isEmpty();
  }

  @Test
  void plannedStopIsNotRequired() {
    Span trial =
        new Span(Instant.parse("2026-11-24T08:00:00Z"), Instant.parse("2026-11-24T09:00:00Z"));
    tree.put(
        "planned-stops",
        List.of(Map.of("from", trial.start().toString(), "to", trial.end().toString())));

    ShiftCalendar calendar = SiteTree.read(tree).calendar();

    assertThat(calendar.plannedStops()).containsExactly(trial);
  }

  @Test
  void everyMistakeOfACalendarIsToldAtOnce() {
    tree.put("shifts", List.of(shift("Jour", List.of(breakOf("07:00", "07:30"), Map.of()))));
    tree.put("holidays", "bretagne");
    tree.put(
        "closures",
        List.of(Map.of("from", "2026-12-21", "to", "2026-12-20"), Map.of("from", "Noël")));
    tree.put(
        "planned-stops",
        List.of(Map.of("from", "2026-11-24T08:00:00Z", "to", "2026-11-24T08:00:00Z"), "lundi"));
    tree.put("feries", true);

    assertThat(mistakes())
        .extracting(Mistake::key)
        .containsExactlyInAnyOrder(
            "shifts[0].breaks[1].from",
            "shifts[0].breaks[1].to",
            "shifts[0].breaks",
            "holidays",
            "closures[0].to",
            "closures[1].from",
            "planned-stops[0].to",
            "planned-stops[1]",
            "feries");
  }

  @Test
  void shiftThatIsThereTwiceIsRefusedWithItsName() {
    tree.put("shifts", List.of(shift("Jour", List.of()), shift("Jour", List.of())));

    assertThat(mistakes()).hasSize(1);
    assertThat(mistakes().get(0).key()).isEqualTo("shifts");
    assertThat(mistakes().get(0).wanted()).contains("overlap", "'Jour MONDAY'");
  }
}
