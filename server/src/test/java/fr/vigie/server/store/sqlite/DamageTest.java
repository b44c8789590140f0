package fr.vigie.server.store.sqlite;

import static fr.vigie.server.store.Batches.SPEED;
import static fr.vigie.server.store.Batches.STATE;
import static fr.vigie.server.store.Batches.at;
import static fr.vigie.server.store.Batches.batch;
import static fr.vigie.server.store.Batches.number;
import static fr.vigie.server.store.Batches.text;
import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.column.Column;
import fr.vigie.server.store.Batches;
import fr.vigie.signal.Sample;
import fr.vigie.time.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged place costs what it held, is reported, and never answers wrongly. */
class DamageTest {
  private static final Span ALWAYS = new Span(at(-1e6), at(1e6));
  private static final String NOVEMBER = "2026-11.db";
  private static final String FIRST =
      "(SELECT min(chunk.id) FROM chunk JOIN series ON series.id = chunk.id >> 32"
          + " WHERE signal = 'speed')";

  @TempDir Path folder = Path.of("");

  @Test
  void aDamagedChunkIsLeftOutAndCountedOnce() throws IOException, SQLException {
    writeThreeChunks();
    change(
        NOVEMBER,
        "UPDATE chunk SET data = substr(data, 1, length(data) - 2) || x'0000'"
            + " WHERE id = "
            + FIRST);

    try (SqliteStore store = Folders.open(folder)) {
      assertThat(store.damaged()).isZero();
      for (int round = 0; round < 2; round++) {
        assertThat(store.range(SPEED, ALWAYS)).hasSize(200).startsWith(number(100, 100));
        assertThat(store.asOf(SPEED, at(50))).isEmpty();
        assertThat(store.damaged()).isOne();
      }
      assertThat(store.range(STATE, ALWAYS)).hasSize(3);
    }
  }

  @Test
  void aDamagedSummaryIsNotBelieved() throws IOException, SQLException {
    writeThreeChunks();
    change(
        NOVEMBER,
        "UPDATE chunk SET head = substr(head, 1, 20) || x'ff' || substr(head, 22)"
            + " WHERE id = "
            + FIRST);

    try (SqliteStore store = Folders.open(folder)) {
      assertThat(store.windows(SPEED, ALWAYS, Duration.ofDays(300)))
          .singleElement()
          .satisfies(window -> assertThat(window.count()).isEqualTo(200));
      assertThat(store.count(SPEED, ALWAYS)).isEqualTo(200);
      assertThat(store.damaged()).isOne();
    }
  }

  @Test
  void aChunkInAnothersPlaceIsNotBelieved() throws IOException, SQLException {
    writeThreeChunks();
    change(
        NOVEMBER,
        "UPDATE chunk SET data = (SELECT data FROM chunk WHERE id = "
            + FIRST
            + ") WHERE id ="
            + " (SELECT id FROM chunk WHERE id > "
            + FIRST
            + " ORDER BY id LIMIT 1)");

    try (SqliteStore store = Folders.open(folder)) {
      assertThat(store.damagedSamples(SPEED.site())).isEmpty();
      assertThat(store.range(SPEED, ALWAYS)).hasSize(200);
      assertThat(store.damaged()).isOne();
      assertThat(store.damagedSamples(SPEED.site()))
          .singleElement()
          .satisfies(
              damaged -> {
                assertThat(damaged.series()).isEqualTo(SPEED);
                assertThat(damaged.samples()).isEqualTo(100);
                assertThat(store.count(SPEED, damaged.when())).isEqualTo(100);
              });
      assertThat(store.damagedSamples("elsewhere")).isEmpty();
    }
  }

  @Test
  void aDamagedRowOfTheLogIsLeftOutAndCounted() throws IOException, SQLException {
    try (SqliteStore store = Folders.open(folder)) {
      store.write(List.of(batch().numbers(SPEED, number(0, 1)).build()));
      store.write(List.of(batch().sequence(2).numbers(SPEED, number(1, 2)).build()));
    }
    change(
        "head.db",
        "UPDATE log SET row = substr(row, 1, 12) || x'ff' WHERE id = (SELECT min(id) FROM log)");

    try (SqliteStore store = Folders.open(folder)) {
      assertThat(store.damaged()).isOne();
      assertThat(store.range(SPEED, ALWAYS)).containsExactly(number(1, 2));
    }
  }

  @Test
  void aMonthThatCannotBeReadIsPutAsideAndTheRestGoesOn() throws IOException {
    writeThreeChunks();
    try (SqliteStore store = Folders.open(folder)) {
      store.write(List.of(batch().sequence(9).numbers(SPEED, number(40 * 86_400.0, 5)).build()));
      store.seal();
    }
    Path november = folder.resolve(NOVEMBER);
    byte[] bytes = Files.readAllBytes(november);
    java.util.Arrays.fill(bytes, 100, 4096, (byte) 0x5a);
    Files.write(november, bytes);

    try (SqliteStore store = Folders.open(folder)) {
      assertThat(store.damaged()).isOne();
      assertThat(store.range(SPEED, new Span(at(-1e7), at(1e7)))).hasSize(1);
      store.write(List.of(batch().sequence(10).numbers(SPEED, number(1, 6)).build()));
      store.seal();
      assertThat(store.range(SPEED, new Span(at(-1e7), at(1e7)))).hasSize(2);
    }
    assertThat(folder.resolve(NOVEMBER + ".damaged")).hasBinaryContent(bytes);
  }

  @Test
  void flippedBitsNeverMakeAWrongSample() throws IOException {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    writeThreeChunks();
    Set<Sample> right = new HashSet<>();
    for (int i = 0; i < 300; i++) {
      right.add(number(i, i));
    }
    byte[] bytes = Files.readAllBytes(folder.resolve(NOVEMBER));
    for (int flip = 0; flip < 60; flip++) {
      byte[] damaged = bytes.clone();
      int place = 100 + random.nextInt(bytes.length - 100);
      damaged[place] ^= (byte) (1 << random.nextInt(8));
      Path disk = Folders.copy(folder, folder.resolve("flip-" + flip));
      Files.write(disk.resolve(NOVEMBER), damaged);
      try (SqliteStore store = Folders.open(disk)) {
        Column range = store.range(SPEED, ALWAYS);
        assertThat(right).as("seed %d, byte %d", seed, place).containsAll(range);
      } catch (IOException e) {
        assertThat(e).as("seed %d, byte %d", seed, place).hasMessageContaining(NOVEMBER);
      }
    }
  }

  @Test
  void flippedBitsInTheHeadFileAreNeverBelieved() throws IOException {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Set<Sample> right = new HashSet<>();
    try (SqliteStore store = Folders.open(folder)) {
      for (int i = 0; i < 40; i++) {
        right.add(number(i, i));
        store.write(List.of(batch().sequence(i + 1).numbers(SPEED, number(i, i)).build()));
      }
    }
    byte[] bytes = Files.readAllBytes(folder.resolve("head.db"));
    for (int flip = 0; flip < 60; flip++) {
      byte[] damaged = bytes.clone();
      int place = 100 + random.nextInt(bytes.length - 100);
      damaged[place] ^= (byte) (1 << random.nextInt(8));
      Path disk = Folders.copy(folder, folder.resolve("flip-" + flip));
      Files.write(disk.resolve("head.db"), damaged);
      try (SqliteStore store = Folders.open(disk)) {
        Column range = store.range(SPEED, ALWAYS);
        assertThat(right).as("seed %d, byte %d", seed, place).containsAll(range);
      } catch (IOException e) {
        assertThat(e).as("seed %d, byte %d", seed, place).hasMessageContaining("head.db");
      }
    }
  }

  private void writeThreeChunks() throws IOException {
    try (SqliteStore store = Folders.open(folder)) {
      for (int chunk = 0; chunk < 3; chunk++) {
        Batches batch = batch().sequence(chunk + 1).texts(STATE, text(chunk, "ACTIVE"));
        for (int i = 0; i < 100; i++) {
          batch.numbers(SPEED, number(chunk * 100 + i, chunk * 100 + i));
        }
        store.write(List.of(batch.build()));
        store.seal();
      }
    }
  }

  private void change(String file, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(file));
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isPositive();
    }
  }
}
