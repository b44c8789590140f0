package fr.vigie.server.store.sqlite;

import static fr.vigie.server.store.Batches.MONDAY;
import static fr.vigie.server.store.Batches.SPEED;
import static fr.vigie.server.store.Batches.STATE;
import static fr.vigie.server.store.Batches.at;
import static fr.vigie.server.store.Batches.batch;
import static fr.vigie.server.store.Batches.number;
import static fr.vigie.server.store.Batches.text;
import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.server.store.Batches;
import fr.vigie.server.store.MemoryStore;
import fr.vigie.server.store.Retention;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.Store;
import fr.vigie.time.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the moment of a crash, compaction and retention change nothing that is to be kept. */
class CrashDuringCompactionTest {
  private static final double DAY = 86_400;
  private static final Span ALL = new Span(at(-30 * DAY), at(120 * DAY));
  private static final Instant LATER = MONDAY.plus(Duration.ofDays(200));
  private static final SqliteStore.Settings SMALL =
      new SqliteStore.Settings(1 << 20, Duration.ofHours(6), 60);

  @TempDir Path folder = Path.of("");
  private final MemoryStore twin = new MemoryStore();
  private final List<Path> crashed = new ArrayList<>();
  private int sequence;
  private int copies;

  @Test
  void aCopyOfTheDiskAtAnyMomentOfCompactionIsComplete() throws IOException {
    try (SqliteStore store = open(folder.resolve("store"), true)) {
      for (int seal = 0; seal < 12; seal++) {
        write(store, seal % 3 * 20 * DAY + seal / 3 * 4000);
        store.seal();
      }
      crashed.clear();
      Folders.tidy(store);
      assertSame(store);
    }
    assertThat(crashed).hasSizeGreaterThan(4);
    for (Path disk : List.copyOf(crashed)) {
      try (SqliteStore store = open(disk, false)) {
        assertSame(store);
        Folders.tidy(store);
        assertSame(store);
      }
    }
  }

  @Test
  void aCopyOfTheDiskAtAnyMomentOfRetentionHasWhatIsKept() throws IOException {
    try (SqliteStore store = open(folder.resolve("store"), true)) {
      for (int day = 0; day < 40; day++) {
        write(store, day * DAY);
      }
      Folders.tidy(store);
      crashed.clear();
      store.drop(speedsBefore(at(40 * DAY)));
    }
    assertThat(crashed).hasSizeGreaterThan(4);
    Span kept = new Span(Instant.parse("2027-01-01T00:00:00Z"), ALL.end());
    for (Path disk : List.copyOf(crashed)) {
      try (SqliteStore store = open(disk, false)) {
        store.drop(speedsBefore(at(40 * DAY)));
        assertThat(store.range(SPEED, ALL)).isEqualTo(twin.range(SPEED, kept)).isNotEmpty();
        assertThat(store.range(STATE, ALL)).isEqualTo(twin.range(STATE, ALL));
        assertThat(windows(store)).isEqualTo(windows(twin));
        assertThat(store.droppedBefore(SPEED)).isEqualTo(kept.start());
      }
    }
  }

  private static Retention speedsBefore(Instant instant) {
    return new Retention(series -> series.equals(SPEED) ? instant : Instant.MIN, Instant.MIN);
  }

  private SqliteStore open(Path disk, boolean watched) throws IOException {
    SealStep.Watcher copy =
        step -> crashed.add(Folders.copy(disk, folder.resolve("crash-" + copies++)));
    return SqliteStore.open(disk, SMALL, () -> LATER, watched ? copy : step -> {});
  }

  private void write(Store store, double from) throws IOException {
    Batches batch = batch().sequence(++sequence);
    for (int i = 0; i < 40; i++) {
      batch.numbers(SPEED, number(from + i * 50 + sequence % 2, sequence * 100 + i));
      batch.texts(STATE, text(from + i * 50, "S" + (i + sequence) % 3));
    }
    store.write(List.of(batch.build()));
    twin.write(List.of(batch.build()));
  }

  private void assertSame(Store store) throws IOException {
    for (Series series : List.of(SPEED, STATE)) {
      assertThat(store.range(series, ALL)).isEqualTo(twin.range(series, ALL));
      assertThat(store.count(series, ALL)).isEqualTo(twin.count(series, ALL));
      assertThat(store.asOf(series, at(33 * DAY))).isEqualTo(twin.asOf(series, at(33 * DAY)));
    }
    assertThat(windows(store)).isEqualTo(windows(twin));
  }

  private static List<Store.Window> windows(Store store) throws IOException {
    Instant hour = Instant.parse("2026-11-01T00:00:00Z");
    return store.windows(SPEED, new Span(hour, ALL.end()), Duration.ofHours(2));
  }
}
