package fr.vigie.reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.reason.ReasonTree.Group;
import fr.vigie.reason.ReasonTree.Leaf;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReasonTreeTest {
  private static final List<Leaf> DEFAULTS = DefaultReasons.tree().leaves();

  @Test
  void theDefaultReasonsFitOnAScreen() {
    assertThat(DEFAULTS).hasSizeBetween(15, DefaultReasons.MOST);
  }

  @Test
  void theDefaultReasonsAreToldApartInBothLanguages() {
    for (Locale locale : List.of(Locale.FRENCH, Locale.ENGLISH)) {
      Set<String> labels =
          DEFAULTS.stream().map(leaf -> leaf.label().in(locale)).collect(Collectors.toSet());
      assertThat(labels).hasSameSizeAs(DEFAULTS);
    }
  }

  @Test
  void theDefaultReasonsKnowEveryKindOfStop() {
    assertThat(DEFAULTS.stream().map(Leaf::kind).collect(Collectors.toSet()))
        .isEqualTo(EnumSet.allOf(StopKind.class));
  }

  @Test
  void whatIsPlannedIsNoLossAndAllElseIsOne() {
    for (Leaf leaf : DEFAULTS) {
      assertThat(leaf.kind().isPlanned()).isEqualTo(leaf.kind().loss().isEmpty());
    }
  }

  @Test
  void labelsAreFoundByLanguageAndEnglishIsForEverybodyElse() {
    Label label = new Label("Bourrage", "Jam");

    assertThat(label.in(Locale.CANADA_FRENCH)).isEqualTo("Bourrage");
    assertThat(label.in(Locale.UK)).isEqualTo("Jam");
    assertThat(label.in(Locale.GERMAN)).isEqualTo("Jam");
    assertThatThrownBy(() -> new Label(" ", "Jam")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Label("é".repeat(121), "Jam"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aCodeNamesOneReason() {
    Leaf leaf = Leaf.of("jam", StopKind.OPERATION, "Bourrage", "Jam");
    Label label = new Label("Un", "One");

    assertThatThrownBy(
            () ->
                new ReasonTree(
                    List.of(
                        new Group("a", label, List.of(leaf)),
                        new Group("b", label, List.of(leaf)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("jam");
    assertThatThrownBy(
            () ->
                new ReasonTree(
                    List.of(
                        new Group("a", label, List.of()), new Group("a", label, List.of(leaf)))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Leaf.of("two words", StopKind.OPERATION, "a", "b"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
