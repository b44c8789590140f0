package fr.vigie.server.migration;

import static fr.vigie.server.store.Batches.AGENT;
import static fr.vigie.server.store.Batches.MONDAY;
import static fr.vigie.server.store.Batches.SPEED;
import static fr.vigie.server.store.Batches.STATE;
import static fr.vigie.server.store.Batches.at;
import static fr.vigie.server.store.Batches.missing;
import static fr.vigie.server.store.Batches.number;
import static fr.vigie.server.store.Batches.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.column.Column;
import fr.vigie.server.store.Batches;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.MemoryStore;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.sqlite.SqliteStore;
import fr.vigie.signal.Sample;
import fr.vigie.time.Span;
import fr.vigie.wire.Loss;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationTest {
  private static final Span ALWAYS = new Span(Instant.MIN, Instant.MAX);
  private static final Series MIXED = new Series("brest", "oven", "mixed");

  @TempDir Path folder = Path.of("");
  private final List<IncomingBatch> written = new ArrayList<>();
  private final MemoryStore source = new MemoryStore();

  @Test
  void aMigrationThatIsBrokenOffAgainAndAgainEndsWithExactlyTheSame() throws IOException {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    fill(random);
    int broken = 0;
    while (true) {
      try (SqliteStore target = target()) {
        Verification result = migrate(target, random);
        assertThat(result.differences()).as("seed %d", seed).isEmpty();
        assertThat(result.table()).as("seed %d", seed).hasSizeGreaterThan(10);
        check(target, seed);
        break;
      } catch (Killed e) {
        broken++;
      }
    }
    assertThat(broken).as("seed %d", seed).isPositive();
  }

  @Test
  void aSampleThatOnlyOneSideHasIsTold() throws IOException {
    source.write(List.of(Batches.batch().numbers(SPEED, number(0, 1)).build()));
    try (SqliteStore target = target()) {
      assertThat(run(target, (stage, samples, of) -> {}).differences()).isEmpty();
      target.write(List.of(Batches.of(AGENT, 8).numbers(SPEED, number(1, 2)).build()));
      assertThat(run(target, (stage, samples, of) -> {}).differences())
          .hasSize(2)
          .anyMatch(line -> line.contains("2026-11") && line.endsWith("DIFFERENT"))
          .anyMatch(line -> line.startsWith("samples of lyon/press/speed: 1 in the source, 2"));
    }
  }

  @Test
  void aTargetThatHoldsSomethingElseIsRefused() throws IOException {
    source.write(List.of(Batches.batch().numbers(SPEED, number(0, 1)).build()));
    try (SqliteStore target = target()) {
      target.write(List.of(Batches.batch().numbers(SPEED, number(5, 5)).build()));
      assertThatThrownBy(() -> run(target, (stage, samples, of) -> {}))
          .hasMessageContaining("is not empty");
    }
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private Verification migrate(SqliteStore target, Random random) throws IOException {
    return run(
        target,
        (stage, samples, of) -> {
          if (random.nextInt(12) == 0) {
            throw new Killed();
          }
        });
  }

  private Verification run(SqliteStore target, Migration.Progress progress) throws IOException {
    return new Migration(source, target, progress, System::nanoTime, length -> {})
        .run(folder.resolve("plan"), "twin", "sqlite", 12);
  }

  private SqliteStore target() throws IOException {
    return SqliteStore.open(
        folder.resolve("target"), SqliteStore.Settings.DEFAULT, InstantSource.system());
  }

  private void fill(Random random) throws IOException {
    for (int sequence = 1; sequence <= 60; sequence++) {
      Column.Builder speeds = Column.numbers();
      Column.Builder states = Column.texts();
      for (int i = 0; i < 50; i++) {
        double second = random.nextInt(400) * 86_400.0 + random.nextInt(5);
        speeds.add(random.nextInt(9) == 0 ? missing(second) : number(second, random.nextInt(99)));
        states.add(text(second, "S" + random.nextInt(4)));
      }
      boolean isText = random.nextBoolean();
      Sample mixed = isText ? text(sequence, "word") : number(sequence, sequence);
      Batches batch =
          Batches.of(AGENT, 7)
              .sequence(sequence + (sequence > 50 ? 3 : 0))
              .with(SPEED, speeds.build())
              .with(STATE, states.build())
              .with(MIXED, Column.of(isText, List.of(mixed)));
      if (sequence % 7 == 0) {
        batch.loss(
            new Loss("plc", new Span(at(sequence), at(sequence + 1)), 3, Loss.Reason.DEVICE_GAP));
      }
      written.add(batch.build());
    }
    source.write(written);
  }

  private void check(SqliteStore target, long seed) throws IOException {
    for (Series series : List.of(SPEED, STATE, MIXED)) {
      assertThat(target.range(series, ALWAYS))
          .as("seed %d", seed)
          .isEqualTo(source.range(series, ALWAYS));
    }
    Span day = new Span(MONDAY, MONDAY.plus(Duration.ofDays(1)));
    assertThat(target.windows(MIXED, day, Duration.ofDays(1)))
        .as("seed %d: numbers among texts are still numbers", seed)
        .isEqualTo(source.windows(MIXED, day, Duration.ofDays(1)));
    assertThat(target.losses("lyon", ALWAYS))
        .as("seed %d", seed)
        .isEqualTo(source.losses("lyon", ALWAYS));
    assertThat(target.write(written)).as("seed %d: all are known", seed).isZero();
    assertThat(target.highWater(AGENT, 7)).as("seed %d", seed).isEqualTo(50);
  }
}
