package fr.vigie.server.store.sqlite;

import static fr.vigie.server.store.Batches.MONDAY;
import static fr.vigie.server.store.Batches.SPEED;
import static fr.vigie.server.store.Batches.STATE;
import static fr.vigie.server.store.Batches.at;
import static fr.vigie.server.store.Batches.batch;
import static fr.vigie.server.store.Batches.number;
import static fr.vigie.server.store.Batches.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.server.store.Batches;
import fr.vigie.server.store.Retention;
import fr.vigie.time.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What compaction makes of a month, and what retention leaves of it. */
class CompactionTest {
  private static final Span ALWAYS = new Span(at(-1e7), at(1e8));
  private static final Instant OVER = MONDAY.plus(Duration.ofDays(60));

  @TempDir Path folder = Path.of("");

  @Test
  void tinyChunksBecomeAFullOneOnceThereAreMany() throws IOException, SQLException {
    try (SqliteStore store = open(MONDAY)) {
      for (int seal = 0; seal < 7; seal++) {
        write(store, seal, seal * 100);
      }
      Folders.tidy(store);
      assertThat(count("chunk")).isEqualTo(14);
      write(store, 7, 700);
      Folders.tidy(store);
      assertThat(count("chunk")).isEqualTo(2);
      assertThat(count("rollup")).isOne();
      assertThat(store.range(SPEED, ALWAYS)).hasSize(80);
    }
  }

  @Test
  void aMonthThatIsOverIsGatheredWhole() throws IOException, SQLException {
    try (SqliteStore store = open(OVER)) {
      for (int seal = 0; seal < 30; seal++) {
        write(store, seal, seal * 600, 60);
      }
      Folders.tidy(store);
      assertThat(count("chunk")).isEqualTo(2);
      assertThat(count("rollup")).isEqualTo(3);
      assertThat(store.tidy()).isFalse();
    }
    long full = Files.size(folder.resolve("2026-11.db"));
    assertThat(full).as("no free pages are left").isLessThan(45_000);
    try (SqliteStore store = open(OVER)) {
      assertThat(store.count(SPEED, ALWAYS)).isEqualTo(300);
      assertThat(store.damaged()).isZero();
    }
  }

  @Test
  void lateChunksAreMergedIntoThoseWhoseTimeTheyShare() throws IOException, SQLException {
    try (SqliteStore store = open(OVER)) {
      for (int seal = 0; seal < 20; seal++) {
        write(store, seal, seal * 100);
      }
      Folders.tidy(store);
      write(store, 20, 1000.5);
      store.seal();
      Folders.tidy(store);
      assertThat(count("chunk")).isEqualTo(2);
      assertThat(store.range(SPEED, new Span(at(1000), at(1002))))
          .containsExactly(
              number(1000, 100), number(1000.5, 200), number(1001, 101), number(1001.5, 201));
    }
  }

  @Test
  void chunksOfTextAndOfNumbersStayApart() throws IOException {
    try (SqliteStore store = open(OVER)) {
      store.write(List.of(batch().numbers(SPEED, number(0, 1), number(9, 2)).build()));
      store.seal();
      store.write(List.of(batch().sequence(2).texts(SPEED, text(0, "off"), text(5, "on")).build()));
      store.seal();
      store.write(List.of(batch().sequence(3).numbers(SPEED, number(0, 3)).build()));
      Folders.tidy(store);
      assertThat(store.range(SPEED, ALWAYS))
          .containsExactly(
              text(0, "1.0"), text(0, "off"), text(0, "3.0"), text(5, "on"), text(9, "2.0"));
    }
  }

  @Test
  void aViewThatIsOlderThanAMergeIsToldSo() throws StaleView {
    Chunk merged = new Chunk(1, 3, 7, 0, 1, 2, false, Optional.empty());
    Chunk back = Chunk.of(1, merged.toBytes()).orElseThrow();
    assertThat(back).isEqualTo(merged);
    assertThat(back.isIn(7)).isTrue();
    assertThat(back.isIn(2)).isFalse();
    assertThatThrownBy(() -> back.isIn(5)).isInstanceOf(StaleView.class);
  }

  @Test
  void retentionDropsSamplesOfAClassAndKeepsTheirWindows() throws IOException {
    try (SqliteStore store = open(OVER)) {
      for (int seal = 0; seal < 30; seal++) {
        write(store, seal, seal * 600, 60);
      }
      Folders.tidy(store);
      List<?> windows = List.copyOf(store.windows(SPEED, hours(), Duration.ofMinutes(1)));
      assertThat(store.droppedBefore(SPEED)).isEqualTo(Instant.MIN);

      store.drop(speeds(OVER, Instant.MIN));

      assertThat(store.range(SPEED, ALWAYS)).isEmpty();
      assertThat(store.count(STATE, ALWAYS)).isEqualTo(300);
      assertThat(store.windows(SPEED, hours(), Duration.ofMinutes(1))).isEqualTo(windows);
      assertThat(store.droppedBefore(SPEED)).isEqualTo("2026-12-01T00:00:00Z");
      assertThat(store.droppedBefore(STATE)).isEqualTo(Instant.MIN);
      assertThat(store.series()).contains(SPEED);

      write(store, 30, 100.25);
      Folders.tidy(store);
      assertThat(store.windows(SPEED, hours(), Duration.ofDays(1)))
          .singleElement()
          .satisfies(window -> assertThat(window.count()).isEqualTo(310));
    }
    try (SqliteStore store = open(OVER)) {
      store.drop(speeds(OVER, OVER));
      assertThat(store.range(SPEED, ALWAYS)).isEmpty();
      assertThat(store.windows(SPEED, hours(), Duration.ofMinutes(1))).isEmpty();
      assertThat(store.series()).containsExactly(STATE);
      store.drop(new Retention(series -> OVER, OVER));
      assertThat(folder.resolve("2026-11.db")).doesNotExist();
      assertThat(store.droppedBefore(STATE)).isEqualTo("2026-12-01T00:00:00Z");
    }
  }

  @Test
  void aMonthThatIsBeingReadIsDroppedTheNextTime() throws IOException, SQLException {
    try (SqliteStore store = open(OVER)) {
      write(store, 0, 0);
      Path november = folder.resolve("2026-11.db");
      try (Connection backup = DriverManager.getConnection("jdbc:sqlite:" + november)) {
        Sql.run(backup, "BEGIN");
        Sql.number(backup, "SELECT count(*) FROM chunk");
        write(store, 1, 100);
        store.drop(speeds(OVER, Instant.MIN));
        assertThat(Sql.number(backup, "SELECT count(*) FROM chunk")).isEqualTo(2);
        assertThat(store.count(STATE, ALWAYS)).isEqualTo(20);
      }
      store.drop(speeds(OVER, Instant.MIN));
      assertThat(store.count(SPEED, ALWAYS)).isZero();
      assertThat(store.count(STATE, ALWAYS)).isEqualTo(20);
      assertThat(folder.resolve("2026-11.db.shorter")).doesNotExist();
    }
  }

  @Test
  void nothingIsDroppedBeforeItsMonthIsPast() throws IOException {
    try (SqliteStore store = open(OVER)) {
      write(store, 0, 0);
      store.drop(speeds(Instant.parse("2026-11-30T23:59:59Z"), Instant.MAX));
      assertThat(store.count(SPEED, ALWAYS)).isEqualTo(10);
      assertThat(store.droppedBefore(SPEED)).isEqualTo(Instant.MIN);
    }
  }

  private static Retention speeds(Instant samples, Instant rollups) {
    return new Retention(series -> series.equals(SPEED) ? samples : Instant.MIN, rollups);
  }

  private static Span hours() {
    return new Span(MONDAY, MONDAY.plus(Duration.ofDays(1)));
  }

  private static void write(SqliteStore store, int seal, double from) throws IOException {
    write(store, seal, from, 1);
  }

  /** Ten samples of each series from a second on, sealed. */
  private static void write(SqliteStore store, int seal, double from, double apart)
      throws IOException {
    Batches batch = batch().sequence(store.highWater(Batches.AGENT, 7) + 1);
    for (int i = 0; i < 10; i++) {
      batch.numbers(SPEED, number(from + i * apart, seal * 10 + i));
      batch.texts(STATE, text(from + i * apart, "S" + i % 3));
    }
    store.write(List.of(batch.build()));
    store.seal();
  }

  private SqliteStore open(Instant now) throws IOException {
    return SqliteStore.open(
        folder, new SqliteStore.Settings(1 << 20, Duration.ofHours(6), 1000), () -> now);
  }

  private long count(String table) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("2026-11.db"))) {
      return Sql.number(connection, "SELECT count(*) FROM " + table);
    }
  }
}
