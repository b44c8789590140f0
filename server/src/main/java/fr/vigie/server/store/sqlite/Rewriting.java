package fr.vigie.server.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.BitSet;

/**
 * A monthly file written anew beside the old one, without what is to be forgotten and without free
 * pages, which then takes the old one's place in one step.
 */
final class Rewriting {
  private static final String[] COPY = {
    "INSERT INTO main.chunk SELECT * FROM old.chunk"
        + " WHERE id >> 32 NOT IN (SELECT id FROM no_samples) ORDER BY id",
    "INSERT INTO main.rollup SELECT * FROM old.rollup"
        + " WHERE id >> 32 NOT IN (SELECT id FROM no_rollups) ORDER BY id",
    "INSERT INTO main.series SELECT * FROM old.series AS it"
        + " WHERE EXISTS (SELECT 1 FROM main.chunk AS c"
        + " WHERE c.id BETWEEN it.id << 32 AND (it.id + 1 << 32) - 1)"
        + " OR EXISTS (SELECT 1 FROM main.rollup AS r"
        + " WHERE r.id BETWEEN it.id << 32 AND (it.id + 1 << 32) - 1)",
    "INSERT INTO main.unrolled SELECT id FROM old.unrolled",
    "INSERT INTO main.dropped SELECT id FROM old.dropped UNION SELECT id FROM no_samples",
    "DELETE FROM main.sealed",
    "INSERT INTO main.sealed SELECT * FROM old.sealed",
    "DELETE FROM main.compacted",
    "INSERT INTO main.compacted SELECT * FROM old.compacted"
  };

  private final Path file;
  private final Path draft;

  Rewriting(Path file) {
    this.file = file;
    this.draft = file.resolveSibling(file.getFileName() + ".shorter");
  }

  /** Removes what a crash left. */
  void clear() throws IOException {
    Sql.delete(draft);
  }

  /**
   * Writes the draft, durably.
   *
   * @param samples series whose samples are forgotten
   * @param rollups series whose roll-ups are forgotten too
   */
  void write(BitSet samples, BitSet rollups) throws IOException {
    clear();
    MonthFile.create(draft);
    try (Connection connection = Sql.writer(draft)) {
      attach(connection);
      Sql.run(connection, "PRAGMA temp_store=MEMORY");
      list(connection, "no_samples", samples);
      list(connection, "no_rollups", rollups);
      Sql.run(connection, "PRAGMA main.journal_mode=DELETE");
      Sql.begin(connection);
      for (String statement : COPY) {
        Sql.run(connection, statement);
      }
      Sql.commit(connection);
      Sql.run(connection, "PRAGMA main.journal_mode=WAL");
    } catch (SQLException | RuntimeException e) {
      throw Sql.failure(draft, e);
    }
  }

  /** Whether all of the old file is in the file itself and nothing in its journal. */
  boolean isReady() throws IOException {
    try (Connection connection = Sql.writer(file)) {
      Sql.checkpoint(connection);
    } catch (SQLException e) {
      throw Sql.failure(file, e);
    }
    Path journal = beside("-wal");
    return !Files.exists(journal) || Files.size(journal) == 0;
  }

  /**
   * Puts the draft in the old file's place. Who still reads the old one goes on with it; nobody may
   * open either meanwhile.
   */
  void swap() throws IOException {
    Files.deleteIfExists(beside("-wal"));
    Files.deleteIfExists(beside("-shm"));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Sql.syncFolder(file);
  }

  private Path beside(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  private void attach(Connection connection) throws SQLException {
    try (PreparedStatement attach = connection.prepareStatement("ATTACH DATABASE ? AS old")) {
      attach.setString(1, file.toAbsolutePath().toString());
      attach.execute();
    }
  }

  private static void list(Connection connection, String table, BitSet ids) throws SQLException {
    Sql.run(connection, "CREATE TEMP TABLE " + table + "(id INTEGER PRIMARY KEY)");
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO " + table + " VALUES(?)")) {
      for (int id : ids.stream().toArray()) {
        insert.setInt(1, id);
        insert.executeUpdate();
      }
    }
  }
}
