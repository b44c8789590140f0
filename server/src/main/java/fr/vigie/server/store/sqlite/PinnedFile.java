package fr.vigie.server.store.sqlite;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConnection;

/**
 * One SQLite database as it stood when this was opened, whatever others write to it meanwhile. For
 * one thread.
 */
public final class PinnedFile implements Closeable {
  private static final int DONE = 0;

  private final Path file;
  private final Connection connection;

  private PinnedFile(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /**
   * @throws IOException when it is missing or cannot be read
   */
  public static PinnedFile open(Path file) throws IOException {
    Connection connection = Sql.reader(file);
    try {
      Sql.run(connection, "BEGIN");
      Sql.number(connection, "SELECT count(*) FROM sqlite_schema");
      return new PinnedFile(file, connection);
    } catch (SQLException e) {
      PinnedFile broken = new PinnedFile(file, connection);
      IOException failure = Sql.failure(file, e);
      try (broken) {
        throw failure;
      }
    }
  }

  Path file() {
    return file;
  }

  Connection connection() {
    return connection;
  }

  /** Copies the whole to a file that does not exist yet; it is durable when this returns. */
  public void copyTo(Path target) throws IOException {
    Sql.call(
        target,
        () -> {
          int code =
              connection
                  .unwrap(SQLiteConnection.class)
                  .getDatabase()
                  .backup("main", target.toString(), (left, pages) -> {});
          if (code != DONE) {
            throw Sql.refusal("could not be copied from " + file, code);
          }
          return true;
        });
    Sql.sync(target);
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
