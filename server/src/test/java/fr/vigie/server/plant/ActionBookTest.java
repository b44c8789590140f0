package fr.vigie.server.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.vigie.improvement.Course;
import fr.vigie.improvement.Measure;
import fr.vigie.server.settings.VigieSettings;
import fr.vigie.time.Span;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActionBookTest {
  private static final Map<String, Object> MACHINE =
      Map.of("state", Map.of("signal", "state", "values", Map.of("ACTIVE", "running")));
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  @TempDir Path data;
  private ActionBook book;
  private Plant plant;
  private Instant now = NOW;

  @BeforeEach
  void open() {
    VigieSettings settings = PlantTest.settings(data);
    PlantDatabase database = new PlantDatabase(settings);
    plant = new Plant(database, settings, () -> now);
    plant.put("press", MACHINE);
    plant.put("saw", MACHINE);
    book = new ActionBook(database, plant, () -> now);
  }

  @Test
  void anActionIsStillThereAfterReopeningAsItWasWrittenDown() {
    Map<String, Object> tree = tree();
    tree.put("control", "saw");
    tree.put("every", "day");
    tree.put("euros-an-hour", 85);
    tree.put("exclusions", List.of(span("2026-12-06", "2026-12-07")));
    Registered registered = book.register(tree);
    now = NOW.plusSeconds(60);
    open();

    assertThat(book.find(registered.id())).hasValue(registered);
    assertThat(registered.action().what()).isEqualTo("new jig");
    assertThat(registered.action().machine()).isEqualTo("press");
    assertThat(registered.action().control()).hasValue("saw");
    assertThat(registered.action().measures()).containsExactly(Measure.AVAILABILITY, Measure.STOPS);
    assertThat(registered.action().course())
        .isEqualTo(
            new Course(
                days("2026-12-01", "2026-12-15"),
                days("2026-12-16", "2027-01-10"),
                List.of(days("2026-12-06", "2026-12-07"))));
    assertThat(registered.action().registered()).isEqualTo(NOW);
    assertThat(registered.action().isRegisteredBeforehand()).isTrue();
    assertThat(registered.every()).isEqualTo(Registered.Every.DAY);
    assertThat(registered.eurosAnHour()).hasValue(85);
  }

  @Test
  void actionsAreListedTheNewestFirst() {
    long first = book.register(tree()).id();
    Map<String, Object> ofTheSaw = tree();
    ofTheSaw.put("machine", "saw");
    long second = book.register(ofTheSaw).id();

    assertThat(book.list(Optional.empty()))
        .extracting(Registered::id)
        .containsExactly(second, first);
    assertThat(book.list(Optional.of("press"))).extracting(Registered::id).containsExactly(first);
    assertThat(book.find(99)).isEmpty();
    assertThat(book.find(first).orElseThrow().every()).isEqualTo(Registered.Every.SHIFT);
    assertThat(book.find(first).orElseThrow().eurosAnHour()).isEmpty();
  }

  @Test
  void anActionOutlivesTheDescriptionOfItsMachine() {
    long id = book.register(tree()).id();
    plant.remove("press");

    assertThat(book.find(id)).isPresent();
  }

  @Test
  void everyMistakeIsToldAtOnce() {
    Map<String, Object> tree =
        Map.of(
            "what",
            " ",
            "machine",
            "lathe",
            "control",
            "mill",
            "measures",
            List.of("trs", "speed"),
            "baseline",
            Map.of("from", "yesterday"),
            "after",
            span("2027-01-10", "2026-12-16"),
            "exclusions",
            List.of(Map.of("to", "2026-12-16T00:00:00Z")),
            "every",
            "week",
            "euros-an-hour",
            -1,
            "who",
            "me");

    MistakesFound found = catchThrowableOfType(MistakesFound.class, () -> book.register(tree));
    assertThat(found.mistakes())
        .extracting(Mistake::key)
        .containsExactlyInAnyOrder(
            "what",
            "machine",
            "control",
            "measures",
            "baseline.from",
            "baseline.to",
            "after.to",
            "exclusions[0].from",
            "every",
            "euros-an-hour",
            "who");
    assertThat(book.list(Optional.empty())).isEmpty();
  }

  @Test
  void whatIsOnlyTogetherWrongIsToldToo() {
    assertWrong("control", "press", "control");
    assertWrong("measures", List.of("trs", "trs"), "measures");
    assertWrong("measures", List.of(), "measures");
    assertWrong("after", span("2026-12-14", "2027-01-10"), "after");
    assertWrong("after", span("2026-12-16", "2028-01-10"), "after");
    assertWrong("baseline", span("2025-12-01", "2026-12-15"), "baseline");
    assertWrong("what", "x".repeat(501), "what");
  }

  private void assertWrong(String key, Object value, String wanted) {
    Map<String, Object> tree = tree();
    tree.put(key, value);
    MistakesFound found = catchThrowableOfType(MistakesFound.class, () -> book.register(tree));
    assertThat(found.mistakes()).extracting(Mistake::key).contains(wanted);
  }

  @Test
  void conditionsAreThoseOfTheDescriptionInForceAndIgnoreNames() {
    plant.put("mill", machine("A", "30s"));
    now = NOW.plusSeconds(100);
    plant.put("mill", machine("B", "30s"));
    now = NOW.plusSeconds(200);
    plant.put("mill", machine("B", "28s"));
    Conditions conditions = plant.conditions("mill");

    Map<String, String> first = conditions.at(NOW);
    assertThat(first).containsOnlyKeys("state", "reference-cycle");
    assertThat(first).containsEntry("reference-cycle", "30s");
    assertThat(conditions.at(NOW.minusSeconds(1_000))).isEqualTo(first);
    assertThat(conditions.at(NOW.plusSeconds(199))).isEqualTo(first);
    assertThat(conditions.at(NOW.plusSeconds(200))).containsEntry("reference-cycle", "28s");
    assertThat(plant.conditions("nothing").at(NOW)).isEmpty();
  }

  @Test
  void theSameDescriptionInAnotherOrderIsTheSame() {
    Conditions conditions =
        new Conditions(
            List.of(
                new Conditions.Description(NOW, Map.of("state", ordered("signal", "values"))),
                new Conditions.Description(
                    NOW.plusSeconds(1), Map.of("state", ordered("values", "signal")))));

    assertThat(conditions.at(NOW.plusSeconds(1))).isEqualTo(conditions.at(NOW));
    assertThat(conditions.at(NOW)).containsEntry("state", "{signal=[{a=1}], values=[{a=1}]}");
  }

  @Test
  void aKeyThatSaysNothingIsNotThere() {
    Map<String, Object> tree = new HashMap<>();
    tree.put("reference-cycle", null);
    tree.put("micro-stop", "60s");
    Conditions conditions = new Conditions(List.of(new Conditions.Description(NOW, tree)));

    assertThat(conditions.at(NOW)).containsOnly(Map.entry("micro-stop", "60s"));
  }

  @Test
  void anotherPriceOfEnergyIsNoOtherWayOfMeasuring() {
    Map<String, Object> dear = Map.of("counter", "energy", "price", 0.3);
    Map<String, Object> cheap = Map.of("counter", "energy", "price", 0.1);
    Conditions conditions =
        new Conditions(
            List.of(
                new Conditions.Description(NOW, Map.of("energy", dear, "condition", List.of())),
                new Conditions.Description(NOW.plusSeconds(1), Map.of("energy", cheap))));

    assertThat(conditions.at(NOW)).containsOnly(Map.entry("energy", "{counter=energy}"));
    assertThat(conditions.at(NOW.plusSeconds(1))).isEqualTo(conditions.at(NOW));
  }

  private static Map<String, Object> ordered(String first, String second) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put(first, List.of(Map.of("a", 1)));
    tree.put(second, List.of(Map.of("a", 1)));
    return tree;
  }

  private static Map<String, Object> machine(String label, String cycle) {
    Map<String, Object> tree = new HashMap<>(MACHINE);
    tree.put("label", label);
    tree.put("reference-cycle", cycle);
    return tree;
  }

  private static Map<String, Object> tree() {
    Map<String, Object> tree = new HashMap<>();
    tree.put("what", "new jig");
    tree.put("machine", "press");
    tree.put("measures", List.of("availability", "stops"));
    tree.put("baseline", span("2026-12-01", "2026-12-15"));
    tree.put("after", span("2026-12-16", "2027-01-10"));
    return tree;
  }

  private static Map<String, Object> span(String from, String to) {
    return Map.of("from", from + "T00:00:00Z", "to", to + "T00:00:00Z");
  }

  private static Span days(String from, String to) {
    return new Span(Instant.parse(from + "T00:00:00Z"), Instant.parse(to + "T00:00:00Z"));
  }
}
