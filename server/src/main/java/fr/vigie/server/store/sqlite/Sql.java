package fr.vigie.server.store.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteOpenMode;

/** Opens SQLite files in the one way that the store relies on. */
final class Sql {
  private static final int BUSY_MILLIS = 20_000;

  private Sql() {}

  /** Work on a database. */
  interface Work<T> {
    T run() throws SQLException;
  }

  /** An existing file, journalled ahead, where a commit returns once it is on the medium. */
  static Connection writer(Path file) throws IOException {
    SQLiteConfig config = existing();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    return call(file, () -> open(file, config));
  }

  /** An existing file, for reads only. */
  static Connection reader(Path file) throws IOException {
    SQLiteConfig config = existing();
    config.setPragma(SQLiteConfig.Pragma.CACHE_SIZE, "-1024");
    return call(
        file,
        () -> {
          Connection connection = open(file, config);
          run(connection, "PRAGMA query_only=1");
          return connection;
        });
  }

  /** Makes a new file whole or not at all, and durable. */
  static void create(Path file, int applicationId, int version, String... schema)
      throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    delete(draft);
    Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-wal"));
    Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-shm"));
    call(
        file,
        () -> {
          SQLiteConfig config = new SQLiteConfig();
          config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
          try (Connection connection = open(draft, config)) {
            run(connection, "PRAGMA application_id=" + applicationId);
            run(connection, "PRAGMA user_version=" + version);
            run(connection, "BEGIN");
            for (String statement : schema) {
              run(connection, statement);
            }
            run(connection, "COMMIT");
          }
          return true;
        });
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    syncFolder(file);
  }

  /** Gives tables of files of an earlier version the column of checksums, once. */
  static void upgrade(Path file, int from, String... tables) throws IOException {
    try (Connection connection = reader(file)) {
      if (number(connection, "PRAGMA user_version") != from) {
        return;
      }
    } catch (SQLException e) {
      throw failure(file, e);
    }
    try (Connection connection = writer(file)) {
      begin(connection);
      for (String table : tables) {
        run(connection, "ALTER TABLE " + table + " ADD COLUMN sum INTEGER");
      }
      run(connection, "PRAGMA user_version=" + (from + 1));
      commit(connection);
      checkpoint(connection);
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  /** Removes a database and what belongs to it, its journal first. */
  static void delete(Path file) throws IOException {
    for (String suffix : new String[] {"-journal", "-wal", "-shm", ""}) {
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
    }
  }

  static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  static void syncFolder(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first number that a query yields, 0 when it yields none. */
  static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  /** Transactions are begun by hand: the driver loses count of them when a disk is full. */
  static void begin(Connection connection) throws SQLException {
    run(connection, "BEGIN IMMEDIATE");
  }

  static void commit(Connection connection) throws SQLException {
    run(connection, "COMMIT");
  }

  /** Ends a transaction that failed, unless SQLite has done so itself. */
  static void rollback(Connection connection, Exception cause) {
    try {
      run(connection, "ROLLBACK");
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  /** Moves what the journal holds into the database, as far as readers and the disk let it. */
  static boolean checkpoint(Connection connection) {
    try {
      run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  static <T> T call(Path file, Work<T> work) throws IOException {
    try {
      return work.run();
    } catch (SQLException | RuntimeException e) {
      throw failure(file, e);
    }
  }

  /** A blob, empty where damage left none. */
  static byte[] bytes(ResultSet rows, int column) throws SQLException {
    byte[] bytes = rows.getBytes(column);
    return bytes == null ? new byte[0] : bytes;
  }

  /** What a caller is told; anything but a failure of SQLite is taken for damaged content. */
  static IOException failure(Path file, Exception e) {
    if (!(e instanceof SQLException)) {
      return new IOException(file + " holds what no store wrote: " + e.getMessage(), e);
    }
    if (is(e, SQLiteErrorCode.SQLITE_FULL)) {
      return new IOException("no space left on the disk of " + file, e);
    }
    if (is(e, SQLiteErrorCode.SQLITE_READONLY)) {
      return new IOException(
          file + " cannot be written: its disk is read-only, or its owner is" + " another user", e);
    }
    if (is(e, SQLiteErrorCode.SQLITE_CANTOPEN)) {
      return new IOException(
          file
              + " cannot be opened or made: it is missing, its disk is"
              + " read-only or has no free inodes, or its folder belongs to another user",
          e);
    }
    return new IOException(file + ": " + e.getMessage(), e);
  }

  /** What a call that answers with a code of SQLite failed with. */
  static SQLException refusal(String what, int code) {
    SQLiteErrorCode error = SQLiteErrorCode.getErrorCode(code);
    return new SQLException(what + ": " + error.message, "", code);
  }

  static boolean isDamage(IOException e) {
    return e.getCause() instanceof SQLException cause && isDamage(cause);
  }

  static boolean isDamage(SQLException e) {
    return is(e, SQLiteErrorCode.SQLITE_CORRUPT) || is(e, SQLiteErrorCode.SQLITE_NOTADB);
  }

  /** Damage, or a schema that damage has made another. */
  static boolean isUnreadable(SQLException e) {
    return isDamage(e) || is(e, SQLiteErrorCode.SQLITE_ERROR);
  }

  private static boolean is(Exception e, SQLiteErrorCode code) {
    return e instanceof SQLException failure && (failure.getErrorCode() & 0xff) == code.code;
  }

  private static SQLiteConfig existing() {
    SQLiteConfig config = new SQLiteConfig();
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    config.setBusyTimeout(BUSY_MILLIS);
    return config;
  }

  private static Connection open(Path file, SQLiteConfig config) throws SQLException {
    return config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
  }
}
