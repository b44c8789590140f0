package fr.vigie.server.store.sqlite;

import static fr.vigie.server.store.Batches.AGENT;
import static fr.vigie.server.store.Batches.SPEED;
import static fr.vigie.server.store.Batches.STATE;
import static fr.vigie.server.store.Batches.at;
import static fr.vigie.server.store.Batches.batch;
import static fr.vigie.server.store.Batches.number;
import static fr.vigie.server.store.Batches.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import fr.vigie.server.store.Batches;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.Store.DeclaredLoss;
import fr.vigie.signal.Sample;
import fr.vigie.time.Span;
import fr.vigie.wire.Loss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every damage is found; a repair keeps the rest and declares what is gone. */
class VerificationTest {
  private static final Span ALWAYS = new Span(at(-1e7), at(1e7));
  private static final String NOVEMBER = "2026-11.db";
  private static final String SECOND =
      "(SELECT id FROM chunk WHERE id >> 32 ="
          + " (SELECT id FROM series WHERE signal = 'speed') ORDER BY id LIMIT 1 OFFSET 1)";

  @TempDir Path folder = Path.of("");

  @Test
  void aStoreAsItWasWrittenIsCleanAlsoWhileItIsOpen() throws IOException {
    writeThreeChunks();
    try (SqliteStore store = Folders.open(folder)) {
      store.write(List.of(batch().sequence(9).numbers(SPEED, number(1000, 1)).build()));
      List<Checked> found = Verification.of(folder, file -> {});
      assertThat(found).allMatch(Checked::isClean);
      assertThat(found).extracting(Checked::file).containsExactly("head.db", NOVEMBER);
      assertThat(found).extracting(Checked::samples).containsExactly(1L, 303L);
      assertThat(found).extracting(Checked::chunks).containsExactly(1L, 6L);
      assertThatIOException()
          .isThrownBy(() -> repairDamagedName())
          .withMessageContaining("another process");
    }
  }

  @Test
  void aDamagedChunkIsFoundKeptAsideAndDeclaredLost() throws IOException, SQLException {
    writeThreeChunks();
    change(NOVEMBER, "UPDATE chunk SET data = zeroblob(length(data)) WHERE id = " + SECOND);

    Checked.Hole hole = onlyHole();
    assertThat(hole.series()).contains(SPEED);
    assertThat(hole.span()).isEqualTo(new Span(at(100), at(199)));
    assertThat(hole.count()).isEqualTo(OptionalLong.of(100));

    repairs();
    assertThat(folder.resolve(NOVEMBER + ".damaged")).exists();
    try (SqliteStore store = Folders.open(folder)) {
      assertThat(store.range(SPEED, ALWAYS)).hasSize(200);
      assertThat(store.range(STATE, ALWAYS)).hasSize(3);
      assertThat(store.losses("lyon", ALWAYS))
          .extracting(DeclaredLoss::loss)
          .containsExactly(
              new Loss("press/speed", new Span(at(100), at(199)), 100, Loss.Reason.STORE_DAMAGED));
      assertThat(store.damaged()).isZero();
      store.write(List.of(batch().sequence(8).numbers(SPEED, number(150, 1)).build()));
      store.seal();
      assertThat(store.range(SPEED, ALWAYS)).hasSize(201);
    }
    assertThat(Verification.of(folder, file -> {})).allMatch(Checked::isClean);
  }

  @Test
  void aDamagedHeadOfAChunkIsPlacedByItsSamples() throws IOException, SQLException {
    writeThreeChunks();
    change(NOVEMBER, "UPDATE chunk SET head = zeroblob(30) WHERE id = " + SECOND);
    assertThat(onlyHole().span()).isEqualTo(new Span(at(100), at(199)));
  }

  @Test
  void namesMarksAndLossesAreCheckedToo() throws IOException, SQLException {
    writeThreeChunks();
    Loss loss = new Loss("plc", new Span(at(0), at(9)), 12, Loss.Reason.DEVICE_GAP);
    try (SqliteStore store = Folders.open(folder)) {
      store.write(List.of(batch().sequence(4).loss(loss).build()));
    }
    change("head.db", "UPDATE series SET signal = 'speeds' WHERE signal = 'speed'");
    change("head.db", "UPDATE mark SET high = 400");
    change("head.db", "UPDATE loss SET count = 1");

    List<Checked> found = Verification.of(folder, file -> {});
    assertThat(found.get(0).faults())
        .extracting(Checked.Fault::place)
        .containsExactly(
            "name of series 2", "mark of lyon/press-board", "loss of lyon/press-board");
    assertThat(found.get(0).faults()).allMatch(fault -> fault.hole().isEmpty());

    try (SqliteStore store = Folders.open(folder)) {
      assertThat(store.range(SPEED, ALWAYS)).hasSize(300);
      assertThat(store.highWater(AGENT, 7)).isZero();
      assertThat(store.losses("lyon", ALWAYS)).isEmpty();
      assertThat(store.damaged()).isEqualTo(3);
    }
    repairs();
    try (SqliteStore store = Folders.open(folder)) {
      assertThat(store.range(SPEED, ALWAYS)).hasSize(300);
      store.write(List.of(batch().sequence(6).floor(5).build()));
      assertThat(store.highWater(AGENT, 7)).isEqualTo(6);
      assertThat(store.damaged()).isZero();
    }
  }

  @Test
  void aNumberWhoseNameIsUnreadableIsNotGivenAway() throws IOException, SQLException {
    try (SqliteStore store = Folders.open(folder)) {
      store.write(List.of(batch().numbers(SPEED, number(0, 1)).build()));
    }
    change("head.db", "UPDATE series SET signal = 'spead'");
    Series other = new Series("lyon", "press", "other");
    try (SqliteStore store = Folders.open(folder)) {
      store.write(List.of(batch().sequence(2).numbers(other, number(1, 2)).build()));
      assertThat(store.range(other, ALWAYS)).containsExactly(number(1, 2));
    }
    try (SqliteStore store = Folders.open(folder)) {
      assertThat(store.range(other, ALWAYS)).containsExactly(number(1, 2));
    }
  }

  @Test
  void aDamagedRowOfTheLogIsDeclaredLost() throws IOException, SQLException {
    writeThreeChunks();
    try (SqliteStore store = Folders.open(folder)) {
      for (int i = 0; i < 5; i++) {
        store.write(List.of(batch().sequence(10 + i).numbers(SPEED, number(500 + i, i)).build()));
      }
    }
    change(
        "head.db",
        "UPDATE log SET row = substr(row, 1, 12) || x'ff' WHERE id = (SELECT min(id) + 1 FROM log)");

    Checked.Hole hole = onlyHole();
    assertThat(hole.span()).isEqualTo(new Span(at(500), at(504)));
    repairs();
    try (SqliteStore store = Folders.open(folder)) {
      assertThat(store.range(SPEED, ALWAYS)).hasSize(304);
      assertThat(store.highWater(AGENT, 7)).isEqualTo(3);
      assertThat(store.write(List.of(batch().sequence(14).build()))).isZero();
      assertThat(store.losses("lyon", ALWAYS)).hasSize(1);
    }
  }

  @Test
  void flippedBitsAreFoundOrHarmlessAndAlwaysRepaired() throws IOException {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    writeThreeChunks();
    try (SqliteStore store = Folders.open(folder)) {
      store.write(List.of(batch().sequence(9).numbers(SPEED, number(400, 400)).build()));
    }
    Set<Sample> all = new HashSet<>();
    try (SqliteStore store = Folders.open(folder)) {
      all.addAll(store.range(SPEED, ALWAYS));
    }
    for (int flip = 0; flip < 24; flip++) {
      String name = flip % 2 == 0 ? NOVEMBER : "head.db";
      Path disk = Folders.copy(folder, folder.resolve("flip-" + flip));
      byte[] bytes = Files.readAllBytes(disk.resolve(name));
      int place = 100 + random.nextInt(bytes.length - 100);
      for (int i = 0; i < 64 && place + i < bytes.length; i++) {
        bytes[place + i] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(disk.resolve(name), bytes);
      String where = "seed " + seed + ", " + name + " byte " + place;
      boolean clean = Verification.of(disk, file -> {}).stream().allMatch(Checked::isClean);
      Repair.run(disk, file -> {}, kept -> {});
      assertThat(Verification.of(disk, file -> {})).as(where).allMatch(Checked::isClean);
      try (SqliteStore store = Folders.open(disk)) {
        List<Sample> left = store.range(SPEED, ALWAYS);
        assertThat(all).as(where).containsAll(left);
        assertThat(store.damaged()).as(where).isZero();
        if (clean) {
          assertThat(left).as(where).hasSize(all.size());
        } else if (left.size() < all.size()) {
          assertThat(store.losses("lyon", ALWAYS)).as(where).isNotEmpty();
        }
        store.write(List.of(batch().sequence(99).numbers(SPEED, number(900, 900)).build()));
        store.seal();
        assertThat(store.asOf(SPEED, at(1e6))).as(where).contains(number(900, 900));
      }
    }
  }

  @Test
  void aRepairThatIsRunAgainDeclaresNothingTwice() throws IOException, SQLException {
    writeThreeChunks();
    change(NOVEMBER, "UPDATE chunk SET data = zeroblob(length(data)) WHERE id = " + SECOND);
    Path before = Folders.copy(folder, folder.resolve("before"));
    repairs();
    Files.copy(
        before.resolve(NOVEMBER),
        folder.resolve(NOVEMBER),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    repairs();
    try (SqliteStore store = Folders.open(folder)) {
      assertThat(store.losses("lyon", ALWAYS)).hasSize(1);
    }
    assertThat(folder.resolve(NOVEMBER + ".damaged-2")).exists();
  }

  @Test
  void aFolderOfTheFirstVersionIsBroughtUpToDate() throws IOException, SQLException {
    writeThreeChunks();
    for (String table : List.of("series", "mark", "loss")) {
      change("head.db", "ALTER TABLE " + table + " DROP COLUMN sum");
    }
    change(NOVEMBER, "ALTER TABLE series DROP COLUMN sum");
    change("head.db", "PRAGMA user_version=1");
    change(NOVEMBER, "PRAGMA user_version=1");

    assertThatIOException()
        .isThrownBy(() -> Verification.of(folder, file -> {}))
        .withMessageContaining("earlier version");
    try (SqliteStore store = Folders.open(folder)) {
      assertThat(store.range(SPEED, ALWAYS)).hasSize(300);
      assertThat(store.write(List.of(batch().sequence(3).build()))).isZero();
      assertThat(store.write(List.of(batch().sequence(4).build()))).isOne();
    }
    assertThat(Verification.of(folder, file -> {})).allMatch(Checked::isClean);
  }

  private void repairDamagedName() throws IOException {
    try {
      change(NOVEMBER, "UPDATE series SET signal = 'x'");
    } catch (SQLException e) {
      throw new IOException(e);
    }
    Repair.run(folder, file -> {}, kept -> {});
  }

  private void repairs() throws IOException {
    assertThat(Repair.run(folder, file -> {}, kept -> {})).anyMatch(file -> !file.isClean());
    assertThat(Verification.of(folder, file -> {})).allMatch(Checked::isClean);
  }

  private Checked.Hole onlyHole() throws IOException {
    List<Checked.Fault> faults =
        Verification.of(folder, file -> {}).stream()
            .flatMap(file -> file.faults().stream())
            .toList();
    assertThat(faults).hasSize(1);
    Optional<Checked.Hole> hole = faults.get(0).hole();
    assertThat(hole).isPresent();
    return hole.orElseThrow();
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
      statement.executeUpdate(sql);
    }
  }
}
