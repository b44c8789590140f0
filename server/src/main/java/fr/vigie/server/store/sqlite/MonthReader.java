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
  private final PreparedStatement heads;
  private final PreparedStatement data;

  MonthReader(Path file) throws IOException {
    this.file = file;
    this.connection = Sql.reader(file);
    try {
      this.heads =
          connection.prepareStatement(
              "SELECT id, head FROM chunk WHERE id BETWEEN ? AND ? ORDER BY id");
      this.data = connection.prepareStatement("SELECT data FROM chunk WHERE id = ?");
    } catch (SQLException e) {
      close();
      throw Sql.failure(file, e);
    }
  }

  Path file() {
    return file;
  }

  /** The undecoded heads of the chunks of a series, by id, in the order of their arrival. */
  Map<Long, byte[]> heads(int series) throws IOException {
    return Sql.call(
        file,
        () -> {
          heads.setLong(1, Chunk.id(series, 0));
          heads.setLong(2, Chunk.id(series + 1, 0) - 1);
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
