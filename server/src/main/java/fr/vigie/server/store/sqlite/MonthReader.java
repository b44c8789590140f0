package fr.vigie.server.store.sqlite;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A connection that reads one monthly file; for one thread at a time. */
final class MonthReader implements Closeable {
  private final Path file;
  private final Connection connection;
  private final PreparedStatement chunkHeads;
  private final PreparedStatement chunkData;
  private final PreparedStatement rollupHeads;
  private final PreparedStatement rollupData;
  private final PreparedStatement unrolled;
  private final PreparedStatement dropped;

  MonthReader(Path file) throws IOException {
    this(file, Sql.reader(file));
  }

  /** Reads what a connection sees, and closes it in the end. */
  MonthReader(Path file, Connection connection) throws IOException {
    this.file = file;
    this.connection = connection;
    try {
      this.chunkHeads = connection.prepareStatement(heads("chunk"));
      this.chunkData = connection.prepareStatement(data("chunk"));
      this.rollupHeads = connection.prepareStatement(heads("rollup"));
      this.rollupData = connection.prepareStatement(data("rollup"));
      this.unrolled = connection.prepareStatement("SELECT 1 FROM unrolled WHERE id = ?");
      this.dropped = connection.prepareStatement("SELECT 1 FROM dropped WHERE id = ?");
    } catch (SQLException e) {
      close();
      throw Sql.failure(file, e);
    }
  }

  /** All that is read until {@link #end} is of one moment. */
  void begin() throws IOException {
    Sql.call(file, () -> run("BEGIN"));
  }

  void end() throws IOException {
    Sql.call(file, () -> run("COMMIT"));
  }

  Path file() {
    return file;
  }

  /** The undecoded heads of the chunks of a series, by id, in the order of their arrival. */
  Map<Long, byte[]> heads(int series) throws IOException {
    return heads(chunkHeads, Chunk.id(series, 0), Chunk.id(series + 1, 0) - 1);
  }

  /** The same of the pieces of its roll-ups. */
  Map<Long, byte[]> rollupHeads(int series, Level level) throws IOException {
    return heads(
        rollupHeads, Chunk.id(series, level, 0), Chunk.id(series, level, Chunk.MOST_PLACES));
  }

  private Map<Long, byte[]> heads(PreparedStatement heads, long from, long to) throws IOException {
    return Sql.call(
        file,
        () -> {
          heads.setLong(1, from);
          heads.setLong(2, to);
          Map<Long, byte[]> found = new LinkedHashMap<>();
          try (ResultSet rows = heads.executeQuery()) {
            while (rows.next()) {
              found.put(rows.getLong(1), Sql.bytes(rows, 2));
            }
          }
          return found;
        });
  }

  /** The encoded samples of a chunk, empty when it has been dropped meanwhile. */
  Optional<byte[]> data(long id) throws IOException {
    return data(chunkData, id);
  }

  Optional<byte[]> rollupData(long id) throws IOException {
    return data(rollupData, id);
  }

  /** Whether the roll-ups of a series say less than its chunks do. */
  boolean isUnrolled(int series) throws IOException {
    return holds(unrolled, series);
  }

  /** Whether samples of a series were dropped and its roll-ups kept. */
  boolean isDropped(int series) throws IOException {
    return holds(dropped, series);
  }

  private boolean holds(PreparedStatement select, int series) throws IOException {
    return Sql.call(
        file,
        () -> {
          select.setInt(1, series);
          try (ResultSet rows = select.executeQuery()) {
            return rows.next();
          }
        });
  }

  private Optional<byte[]> data(PreparedStatement data, long id) throws IOException {
    return Sql.call(
        file,
        () -> {
          data.setLong(1, id);
          try (ResultSet rows = data.executeQuery()) {
            return rows.next() ? Optional.of(Sql.bytes(rows, 1)) : Optional.empty();
          }
        });
  }

  Set<Integer> series() throws IOException {
    return Sql.call(
        file,
        () -> {
          Set<Integer> found = new TreeSet<>();
          try (PreparedStatement select = connection.prepareStatement("SELECT id FROM series");
              ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
              found.add(rows.getInt(1));
            }
          }
          return found;
        });
  }

  private boolean run(String sql) throws SQLException {
    Sql.run(connection, sql);
    return true;
  }

  private static String heads(String table) {
    return "SELECT id, head FROM " + table + " WHERE id BETWEEN ? AND ? ORDER BY id";
  }

  private static String data(String table) {
    return "SELECT data FROM " + table + " WHERE id = ?";
  }

  @Override
  public void close() throws IOException {
    Sql.call(
        file,
        () -> {
          connection.close();
          return true;
        });
  }
}
