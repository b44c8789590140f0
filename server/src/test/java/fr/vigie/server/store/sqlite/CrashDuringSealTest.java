package fr.vigie.server.store.sqlite;

import static fr.vigie.server.store.Batches.AGENT;
import static fr.vigie.server.store.Batches.SPEED;
import static fr.vigie.server.store.Batches.STATE;
import static fr.vigie.server.store.Batches.at;
import static fr.vigie.server.store.Batches.batch;
import static fr.vigie.server.store.Batches.number;
import static fr.vigie.server.store.Batches.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.column.Column;
import fr.vigie.server.store.Batches;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.MemoryStore;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.Store;
import fr.vigie.time.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the moment of a crash, each sample is there once. */
class CrashDuringSealTest {
  private static final double MONTH = 31 * 86_400.0;
  private static final int STEPS = 9;

  @TempDir Path folder = Path.of("");
  private final MemoryStore twin = new MemoryStore();
  private int copies;
  private int sequence;

  @Test
  void aCopyOfTheDiskAtAnyMomentOfASealIsComplete() throws IOException {
    List<Path> crashed = new ArrayList<>();
    try (SqliteStore store = store("first", crashed)) {
      writeThreeMonths(store);
      store.seal();
      writeThreeMonths(store);
      crashed.clear();
      store.seal();
    }
    assertThat(crashed).hasSize(STEPS);

    List<Path> crashedAgain = new ArrayList<>();
    for (Path disk : crashed) {
      try (SqliteStore store = Folders.open(disk, watcher(disk, crashedAgain))) {
        assertComplete(store);
        store.seal();
        assertComplete(store);
      }
    }
    assertThat(crashedAgain).hasSizeGreaterThan(STEPS);
    for (Path disk : crashedAgain) {
      try (SqliteStore store = Folders.open(disk)) {
        assertComplete(store);
      }
    }
  }

  @Test
  void writesBetweenACrashAndTheNextSealAreNotMixedUp() throws IOException {
    List<Path> crashed = new ArrayList<>();
    try (SqliteStore store = store("first", crashed)) {
      writeThreeMonths(store);
      store.seal();
    }
    List<IncomingBatch> after = threeMonths();
    twin.write(after);
    for (Path disk : crashed) {
      try (SqliteStore store = Folders.open(disk)) {
        store.write(after);
        assertComplete(store);
        store.seal();
        assertComplete(store);
      }
      try (SqliteStore store = Folders.open(disk)) {
        assertComplete(store);
        assertThat(store.write(after)).isZero();
      }
    }
  }

  @Test
  void aSealThatFailsAnywhereIsTakenUpAgain() throws IOException {
    for (int failing = 0; failing < STEPS; failing++) {
      int[] left = {failing};
      Path disk = folder.resolve("failing-" + failing);
      MemoryStore all = new MemoryStore();
      sequence = 0;
      SealStep.Watcher watcher =
          step -> {
            if (left[0]-- == 0) {
              throw new IOException("no more at " + step);
            }
          };
      try (SqliteStore store = Folders.open(disk, watcher)) {
        List<IncomingBatch> before = threeMonths();
        store.write(before);
        all.write(before);
        assertThatThrownBy(store::seal).hasMessageStartingWith("no more at");
        assertSame(store, all);
        List<IncomingBatch> meanwhile = threeMonths();
        store.write(meanwhile);
        all.write(meanwhile);
        assertSame(store, all);
        store.seal();
        assertSame(store, all);
        store.seal();
        assertSame(store, all);
      }
      try (SqliteStore store = Folders.open(disk)) {
        assertSame(store, all);
      }
    }
  }

  @Test
  void whatWasDroppedDoesNotComeBackAfterACrash() throws IOException {
    List<Path> crashed = new ArrayList<>();
    try (SqliteStore store = store("first", crashed)) {
      writeThreeMonths(store);
      store.seal();
    }
    for (Path disk : crashed) {
      try (SqliteStore store = Folders.open(disk)) {
        store.dropBefore(at(2 * MONTH - 86_400));
      }
      try (SqliteStore store = Folders.open(disk)) {
        assertThat(store.range(SPEED, all())).hasSize(50);
        assertThat(store.highWater(AGENT, 7)).isEqualTo(sequence);
      }
    }
  }

  private SqliteStore store(String name, List<Path> crashed) throws IOException {
    Path disk = folder.resolve(name);
    return Folders.open(disk, watcher(disk, crashed));
  }

  private SealStep.Watcher watcher(Path disk, List<Path> crashed) {
    return step -> crashed.add(Folders.copy(disk, folder.resolve("crash-" + copies++)));
  }

  private void writeThreeMonths(SqliteStore store) throws IOException {
    List<IncomingBatch> batches = threeMonths();
    store.write(batches);
    twin.write(batches);
  }

  private List<IncomingBatch> threeMonths() {
    List<IncomingBatch> batches = new ArrayList<>();
    for (int month = 0; month < 3; month++) {
      Batches batch = batch().sequence(++sequence);
      for (int i = 0; i < 50; i++) {
        double second = month * MONTH + i * 100 + sequence % 2;
        batch.numbers(SPEED, number(second, sequence * 100 + i));
        batch.texts(STATE, text(second, "S" + i % 3));
      }
      batches.add(batch.build());
    }
    return batches;
  }

  private void assertComplete(Store store) throws IOException {
    assertSame(store, twin);
  }

  private static void assertSame(Store store, Store wanted) throws IOException {
    assertThat(store.series()).isEqualTo(wanted.series());
    for (Series series : List.of(SPEED, STATE)) {
      Column range = store.range(series, all());
      assertThat(range).isEqualTo(wanted.range(series, all()));
      assertThat(store.count(series, all())).isEqualTo(range.size());
      assertThat(store.asOf(series, at(9 * MONTH))).isEqualTo(wanted.asOf(series, at(9 * MONTH)));
    }
    assertThat(store.windows(SPEED, all(), Duration.ofDays(7)))
        .isEqualTo(wanted.windows(SPEED, all(), Duration.ofDays(7)));
    assertThat(store.highWater(AGENT, 7)).isEqualTo(wanted.highWater(AGENT, 7));
  }

  private static Span all() {
    return new Span(at(-MONTH), at(9 * MONTH));
  }
}
