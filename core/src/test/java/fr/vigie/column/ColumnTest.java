package fr.vigie.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.signal.Quality;
import fr.vigie.signal.Sample;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ColumnTest {
  private static final Instant FIRST = Instant.EPOCH;
  private static final Sample MISSING = Sample.missing(FIRST);
  private static final Sample WORD = Sample.good(FIRST, "ACTIVE");
  private static final Sample NUMBER = Sample.good(FIRST, 5);
  private final Column missing = Column.numbers().addMissing(1).addMissing(2).build();
  private final Column words =
      Column.texts().addMissing(1).add(2, "READY", Quality.GOOD).addMissing(3).build();

  @Test
  void columnWithoutAnyValueReadsAsTextsAndAsNumbers() {
    assertThat(missing.readsAs(true)).isTrue();
    assertThat(missing.readsAs(false)).isTrue();
    assertThat(words.readsAs(true)).isTrue();
    assertThat(words.readsAs(false)).isFalse();
    assertThat(Column.numbers().add(1, 0, Quality.GOOD).build().readsAs(true)).isFalse();
  }

  @Test
  void firstSampleDecidesTheSortOfAColumnWithoutAnyValue() {
    Column led = missing.ledBy(WORD);

    assertThat(led.isText()).isTrue();
    assertThat(led).containsExactly(WORD, missing.get(0), missing.get(1));
    assertThat(led.text(2)).isEmpty();
    assertThat(missing.ledBy(NUMBER).number(0)).isEqualTo(5);
    assertThat(Column.texts().build().ledBy(NUMBER)).containsExactly(NUMBER);
  }

  @Test
  void missingSampleLeadsBothSorts() {
    assertThat(words.ledBy(MISSING).isText()).isTrue();
    assertThat(words.ledBy(MISSING)).startsWith(MISSING).endsWith(words.get(2)).hasSize(4);
    assertThat(missing.ledBy(MISSING)).hasSize(3);
  }

  @Test
  void sortsAreNotMixed() {
    assertThatThrownBy(() -> words.ledBy(NUMBER)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Column.numbers().add(words))
        .hasMessage("a column of numbers cannot hold one of texts");
  }

  @Test
  void columnsAreAddedWhole() {
    Column all = Column.sized(true, 1).add(missing).add(words).add(0, "LAST", Quality.GOOD).build();

    assertThat(all).hasSize(6);
    assertThat(all.subList(2, 5)).isEqualTo(words);
    assertThat(all.text(0)).isEmpty();
    assertThat(all.text(5)).isEqualTo("LAST");
  }
}
