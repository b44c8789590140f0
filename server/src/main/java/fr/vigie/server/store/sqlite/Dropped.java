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
      "CREATE TABLE dropped(series INTEGER PRIMARY KEY, before INTEGER NOT NULL, sum INTEGER)";

  /** Stands for all series, also those to come. */
  static final int ALL = 0;

  private final Connection writer;
  private final Connection reader;
  private final Damage damage;

  Dropped(Connection writer, Connection reader, Damage damage) {
    this.writer = writer;
    this.reader = reader;
    this.damage = damage;
  }

  void add(int series, long before) throws SQLException {
    if (before(writer, series) < before) {
      try (PreparedStatement insert =
          writer.prepareStatement("INSERT OR REPLACE INTO dropped VALUES(?, ?, ?)")) {
        insert.setInt(1, series);
        insert.setLong(2, before);
        insert.setLong(3, Sum.of(series, before));
        insert.executeUpdate();
      }
    }
  }

  /** {@code Long.MIN_VALUE} when nothing was. */
  long before(int series) throws SQLException {
    synchronized (reader) {
      return Math.max(before(reader, series), before(reader, ALL));
    }
  }

  private long before(Connection connection, int series) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT before, sum FROM dropped WHERE series = ?")) {
      select.setInt(1, series);
      try (ResultSet rows = select.executeQuery()) {
        if (!rows.next()) {
          return Long.MIN_VALUE;
        }
        long before = rows.getLong(1);
        if (Sum.matches(rows, 2, series, before)) {
          return before;
        }
        damage.report("what was dropped of series " + series, "it does not match its checksum");
        return Long.MIN_VALUE;
      }
    }
  }
}
