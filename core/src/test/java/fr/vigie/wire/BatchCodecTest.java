package fr.vigie.wire;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.column.Column;
import fr.vigie.column.RandomColumns;
import fr.vigie.signal.Quality;
import fr.vigie.time.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchCodecTest {
  @ParameterizedTest
  @EnumSource(Payload.class)
  void randomBatchesComeBack(Payload payload) {
    for (long seed = 0; seed < 2000; seed++) {
      Batch batch = random(new Random(seed));
      Batch decoded;
      try {
        decoded = BatchCodec.decode(BatchCodec.encode(batch, payload));
      } catch (WireException | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
      assertThat(decoded).as("seed " + seed).isEqualTo(batch);
      for (int i = 0; i < batch.parts().size(); i++) {
        assertThat(decoded.parts().get(i).samples().isText())
            .as("seed " + seed)
            .isEqualTo(batch.parts().get(i).samples().isText());
      }
    }
  }

  private static Batch random(Random random) {
    List<Batch.Part> parts = new ArrayList<>();
    for (int place = random.nextInt(3); place < 12; place += 1 + random.nextInt(3)) {
      Column column =
          !parts.isEmpty() && random.nextBoolean()
              ? RandomColumns.sharing(random, parts.get(random.nextInt(parts.size())).samples())
              : RandomColumns.column(random, random.nextInt(random.nextInt(50) + 1));
      parts.add(new Batch.Part(place, column));
    }
    List<Loss> losses = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      Instant start = Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
      Span when = new Span(start, start.plusNanos(random.nextInt(1 << 30)));
      Loss.Reason reason = Loss.Reason.values()[random.nextInt(Loss.Reason.values().length)];
      losses.add(new Loss("capteur é" + i, when, random.nextInt(100) - 50, reason));
    }
    long floor = random.nextInt(1000);
    long sequence = floor + 1 + random.nextInt(5);
    return new Batch(random.nextLong(), sequence, floor, random.nextInt(), parts, losses);
  }

  @ParameterizedTest
  @EnumSource(Payload.class)
  void partsComeInTheOrderOfTheirPlaces(Payload payload) throws WireException {
    Column column = Column.numbers().add(0, 1, Quality.GOOD).build();
    Batch batch =
        new Batch(
            1, 1, 0, 0, List.of(new Batch.Part(9, column), new Batch.Part(2, column)), List.of());

    assertThat(BatchCodec.decode(BatchCodec.encode(batch, payload)).parts())
        .extracting(Batch.Part::signal)
        .containsExactly(2, 9);
  }

  @ParameterizedTest
  @EnumSource(Payload.class)
  void halfACharacterBecomesTheReplacementCharacter(Payload payload) throws WireException {
    Column column = Column.texts().add(0, "a\ud800b", Quality.GOOD).build();
    Batch batch = new Batch(1, 1, 0, 0, List.of(new Batch.Part(0, column)), List.of());

    assertThat(
            BatchCodec.decode(BatchCodec.encode(batch, payload)).parts().get(0).samples().text(0))
        .isEqualTo("a\ufffdb");
  }

  @Test
  void emptyBatchIsSmall() {
    Batch batch = new Batch(1, 1, 0, 0, List.of(), List.of());

    assertThat(BatchCodec.encode(batch, Payload.COLUMNS)).hasSizeLessThan(30);
  }
}
