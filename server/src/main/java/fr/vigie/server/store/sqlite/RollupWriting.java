package fr.vigie.server.store.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes pieces of roll-ups into one monthly file; the caller commits. */
final class RollupWriting implements AutoCloseable {
  private static final int WIDER_FROM = 256;
  private static final int WIDER_GAIN = 4;

  private final PreparedStatement insert;
  private final PreparedStatement delete;

  RollupWriting(Path file, Connection connection) throws IOException {
    this.insert =
        Sql.call(file, () -> connection.prepareStatement("INSERT INTO rollup VALUES(?, ?, ?)"));
    this.delete =
        Sql.call(file, () -> connection.prepareStatement("DELETE FROM rollup WHERE id = ?"));
  }

  /**
   * Writes minutes as one piece, and by wider windows too where that saves much.
   *
   * @param chunk series and place, as the id of a chunk has them
   * @param minutes of one minute each, in any order
   */
  void write(long chunk, long oldest, long seal, Stretches minutes) throws SQLException {
    Stretches sorted = minutes.sorted();
    write(chunk, oldest, seal, sorted, 0, sorted.size());
  }

  /** Some of the minutes, which are in order. */
  void write(long chunk, long oldest, long seal, Figures minutes, int from, int to)
      throws SQLException {
    if (from == to) {
      return;
    }
    insert(chunk, Level.MINUTE, oldest, seal, minutes, from, to);
    if (to - from < WIDER_FROM) {
      return;
    }
    for (Level level : new Level[] {Level.QUARTER, Level.HOUR}) {
      Stretches wide = Rollup.widen(minutes, from, to, level);
      if (wide.size() <= (to - from) / WIDER_GAIN) {
        insert(chunk, level, oldest, seal, wide, 0, wide.size());
      }
    }
  }

  /** Deletes a piece by minutes and what stands there of it by wider windows. */
  void delete(Chunk minutes) throws SQLException {
    for (Level level : Level.values()) {
      delete(Chunk.id((int) (minutes.id() >> 32), level, minutes.place()));
    }
  }

  void delete(long id) throws SQLException {
    delete.setLong(1, id);
    delete.executeUpdate();
  }

  private void insert(
      long chunk, Level level, long oldest, long seal, Figures windows, int from, int to)
      throws SQLException {
    long id = Chunk.id((int) (chunk >> 32), level, chunk & Chunk.MOST_PLACES);
    insert.setLong(1, id);
    insert.setBytes(2, Chunk.of(id, oldest, seal, windows, from, to).toBytes());
    insert.setBytes(3, Rollup.encode(windows, from, to, level));
    insert.executeUpdate();
  }

  @Override
  public void close() throws SQLException {
    insert.close();
    delete.close();
  }
}
