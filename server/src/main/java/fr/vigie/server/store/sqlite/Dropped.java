package fr.vigie.server.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Before which times samples were dropped on purpose, by series; changes belong to the caller's
 * transaction.
 */
final class Dropped {
  static final String TABLE =
      "CREATE TABLE IF NOT EXISTS dropped(series INTEGER PRIMARY KEY, before INTEGER NOT NULL)";

  /** Stands for all series, also those to come. */
  static final int ALL = 0;

  private final Connection writer;
  private final Connection reader;

  Dropped(Connection writer, Connection reader) {
    this.writer = writer;
    this.reader = reader;
  }

  void add(int series, long before) throws SQLException {
    try (PreparedStatement insert =
        writer.prepareStatement(
            "INSERT INTO dropped VALUES(?, ?)"
                + " ON CONFLICT(series) DO UPDATE SET before = max(before, excluded.before)")) {
      insert.setInt(1, series);
      insert.setLong(2, before);
      insert.executeUpdate();
    }
  }

  /** {@code Long.MIN_VALUE} when nothing was. */
  long before(int series) throws SQLException {
    synchronized (reader) {
      try (PreparedStatement select =
          reader.prepareStatement("SELECT max(before) FROM dropped WHERE series IN (?, ?)")) {
        select.setInt(1, series);
        select.setInt(2, ALL);
        try (ResultSet rows = select.executeQuery()) {
          long before = rows.next() ? rows.getLong(1) : 0;
          return rows.wasNull() ? Long.MIN_VALUE : before;
        }
      }
    }
  }
}
