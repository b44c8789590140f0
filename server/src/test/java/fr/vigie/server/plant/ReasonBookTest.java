package fr.vigie.server.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.vigie.reason.Act;
import fr.vigie.reason.DefaultReasons;
import fr.vigie.reason.Entry;
import fr.vigie.reason.StopKind;
import fr.vigie.server.settings.VigieSettings;
import fr.vigie.time.Span;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReasonBookTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00.123456789Z");
  private static final Span HOUR = new Span(NOW.minusSeconds(3_600), NOW);

  @TempDir Path data;
  private Logbook logbook;
  private Plant plant;
  private ReasonBook book;

  @BeforeEach
  void open() {
    VigieSettings settings = PlantTest.settings(data);
    PlantDatabase database = new PlantDatabase(settings);
    logbook = new Logbook(database);
    plant = new Plant(database, settings, () -> NOW);
    book = new ReasonBook(logbook, plant, () -> NOW);
  }

  @Test
  void everyActIsStillThereAfterReopening() {
    List<Act> acts =
        List.of(
            new Act.Give(HOUR, "jam"),
            new Act.GiveUntilRunning(HOUR.start(), "no-material"),
            new Act.Split(HOUR.start().plusSeconds(60)),
            new Act.Merge(HOUR, Optional.of("jam")),
            new Act.Merge(HOUR, Optional.empty()),
            new Act.Correct(HOUR, "no-energy"),
            new Act.Withdraw(HOUR));
    List<Entry> written =
        acts.stream().map(act -> book.write("press", new Said("Zoé", "bac « 3 »", act))).toList();
    book.write("lathe", new Said("Marc", "", new Act.Give(HOUR, "trial")));

    open();

    assertThat(book.journal("press").entries()).isEqualTo(written);
    assertThat(written).extracting(Entry::act).isEqualTo(acts);
    assertThat(written).allMatch(entry -> entry.at().equals(NOW));
    assertThat(book.journal("lathe").entries()).hasSize(1);
    assertThat(book.journal("saw").entries()).isEmpty();
  }

  @Test
  void revisionGrowsWithEachLineAndTheJournalIsNeverOlder() {
    assertThat(book.journal("press").entries()).isEmpty();
    long before = logbook.revision("press");

    book.write("press", new Said("Zoé", "", new Act.Give(HOUR, "jam")));

    assertThat(logbook.revision("press")).isGreaterThan(before);
    assertThat(book.journal("press").entries()).hasSize(1);
    assertThat(new ReasonBook(logbook, plant, () -> NOW).write("press", withdrawn()).number())
        .isGreaterThan(book.journal("press").entries().get(0).number());
    assertThat(book.journal("press").entries())
        .as("written by another server on the same database")
        .hasSize(2);
  }

  @Test
  void noLineIsEverChangedOrDeleted() {
    book.write("press", new Said("Zoé", "", new Act.Give(HOUR, "jam")));

    for (String sql : List.of("UPDATE reason_entry SET who = 'x'", "DELETE FROM reason_entry")) {
      assertThatThrownBy(() -> logbook.read(client -> client.sql(sql).update()))
          .hasMessageContaining("what was said about reasons is not");
    }
    assertThat(book.journal("press").entries()).extracting(Entry::who).containsExactly("Zoé");
  }

  @Test
  void listenerHearsOfEachLine() {
    List<String> heard = new ArrayList<>();
    book.onEntry((machine, entry) -> heard.add(machine + " " + entry.number()));

    Entry entry = book.write("press", withdrawn());

    assertThat(heard).containsExactly("press " + entry.number());
  }

  @Test
  void sitesTreeReplacesTheDefaultsAndStays() {
    assertThat(plant.reasons().leaves()).isEqualTo(DefaultReasons.tree().leaves());

    plant.putReasons(tree(List.of(Map.of("code", "crane", "label", "Pont", "kind", "induced"))));
    open();

    assertThat(plant.reasons().leaves()).hasSize(1);
    assertThat(plant.reasons().find("crane").orElseThrow().kind()).isEqualTo(StopKind.INDUCED);
    assertThat(plant.reasons().find("crane").orElseThrow().label().english()).isEqualTo("Pont");
  }

  @Test
  void treeIsWrittenAsItIsRead() {
    Map<String, Object> written = plant.reasonsTree();

    plant.putReasons(written);

    assertThat(plant.reasonsTree()).isEqualTo(written);
    assertThat(plant.reasons().leaves()).isEqualTo(DefaultReasons.tree().leaves());
  }

  @Test
  void reasonThatIsInUseStaysInTheTree() {
    book.write("press", new Said("Zoé", "", new Act.Give(HOUR, "jam")));
    plant.put("press", machine("no-energy"));
    Map<String, Object> without =
        tree(List.of(Map.of("code", "crane", "label", "Pont", "kind", "induced")));

    MistakesFound found =
        catchThrowableOfType(MistakesFound.class, () -> plant.putReasons(without));
    assertThat(found.mistakes()).hasSize(1);
    assertThat(found.mistakes().get(0).wanted()).endsWith("jam, no-energy");
    assertThat(plant.reasons().leaves()).isEqualTo(DefaultReasons.tree().leaves());

    plant.putReasons(
        tree(
            List.of(
                Map.of("code", "jam", "label", "Bourrage", "kind", "operation", "retired", true),
                Map.of(
                    "code", "no-energy", "label", "Énergie", "kind", "induced", "retired", true))));

    assertThat(plant.machine("press").orElseThrow().rules().reasons()).hasSize(1);
    assertThatThrownBy(
            () ->
                Said.read(
                    Map.of("by", "Zoé", "act", "give", "from", NOW.toString(), "reason", "jam"),
                    plant.reasons(),
                    NOW))
        .isInstanceOf(MistakesFound.class)
        .hasMessageContaining("not retired");
  }

  @Test
  void reasonThatLeftTheTreeMeanwhileIsRefused() {
    plant.putReasons(tree(List.of(Map.of("code", "crane", "label", "Pont", "kind", "induced"))));

    assertThatThrownBy(() -> book.write("press", new Said("Zoé", "", new Act.Give(HOUR, "jam"))))
        .isInstanceOf(MistakesFound.class);
    assertThat(book.journal("press").entries()).isEmpty();
  }

  @Test
  void mistakesOfATreeComeTogether() {
    Map<String, Object> leaf = new HashMap<>(Map.of("label", Map.of("fr", "x"), "kind", "odd"));
    MistakesFound found =
        catchThrowableOfType(
            MistakesFound.class,
            () ->
                plant.putReasons(
                    tree(
                        List.of(
                            leaf,
                            Map.of("code", "jam", "label", "a", "kind", "operation"),
                            Map.of("code", "jam", "label", " ", "kind", "operation", "more", 1)))));

    assertThat(found.mistakes())
        .extracting(Mistake::key)
        .containsExactlyInAnyOrder(
            "groups[0].reasons[0].code",
            "groups[0].reasons[0].label.en",
            "groups[0].reasons[0].kind",
            "groups[0].reasons[2].code",
            "groups[0].reasons[2].label",
            "groups[0].reasons[2].more");
  }

  @Test
  void mistakesOfWhatIsSaidComeTogether() {
    assertThat(mistakes(Map.of())).containsExactlyInAnyOrder("by", "act");
    assertThat(mistakes(Map.of("act", "give"))).containsExactlyInAnyOrder("by", "from", "reason");
    assertThat(mistakes(Map.of("act", "split", "by", "a\nb")))
        .containsExactlyInAnyOrder("by", "at");
    assertThat(mistakes(said("from", NOW, "to", NOW))).containsExactly("to");
    assertThat(mistakes(said("from", NOW.minus(Duration.ofDays(40)), "to", NOW)))
        .containsExactly("to");
    assertThat(mistakes(said("from", NOW, "to", NOW.plus(Duration.ofDays(32)))))
        .containsExactly("to");
    assertThat(mistakes(said("from", Instant.MIN, "to", NOW))).containsExactly("from");
    assertThat(mistakes(Map.of("by", "Zoé", "act", "split", "at", NOW.plusSeconds(1).toString())))
        .containsExactly("at");
    assertThat(mistakes(said("from", HOUR.start(), "to", NOW))).isEmpty();
  }

  private List<String> mistakes(Map<String, Object> values) {
    try {
      Said.read(values, plant.reasons(), NOW);
      return List.of();
    } catch (MistakesFound found) {
      return found.mistakes().stream().map(Mistake::key).toList();
    }
  }

  private static Map<String, Object> said(String first, Instant one, String second, Instant other) {
    return Map.of(
        "by",
        "Zoé",
        "act",
        "give",
        "reason",
        "jam",
        first,
        one.toString(),
        second,
        other.toString());
  }

  private static Said withdrawn() {
    return new Said("Zoé", "", new Act.Withdraw(HOUR));
  }

  private static Map<String, Object> tree(List<Map<String, Object>> leaves) {
    return Map.of("groups", List.of(Map.of("code", "all", "label", "Tout", "reasons", leaves)));
  }

  private static Map<String, Object> machine(String reason) {
    return Map.of(
        "state",
        Map.of("signal", "state", "values", Map.of("ACTIVE", "running")),
        "reasons",
        List.of(Map.of("when", "pressure", "below", 4, "reason", reason)));
  }
}
