package fr.vigie.server.store.sqlite;

import fr.vigie.server.store.Series;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The names behind the numbers of series; {@code head.db} and every month have such a table. */
final class SeriesTable {
  static final String TABLE =
      "CREATE TABLE series(id INTEGER PRIMARY KEY, site TEXT NOT NULL, machine TEXT NOT NULL,"
          + " signal TEXT NOT NULL, sum INTEGER)";
  static final String INSERT = "INSERT OR REPLACE INTO series VALUES(?, ?, ?, ?, ?)";

  private SeriesTable() {}

  /** Takes rows as they are read. */
  interface Sink {
    void name(int id, Series series) throws IOException;

    /** A row that is not as it was written. */
    void damaged(int id);
  }

  static void read(Connection connection, Sink sink) throws SQLException, IOException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT id, site, machine, signal, sum FROM series");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        int id = rows.getInt(1);
        String site = String.valueOf(rows.getString(2));
        String machine = String.valueOf(rows.getString(3));
        String signal = String.valueOf(rows.getString(4));
        if (Sum.matches(rows, 5, id, site, machine, signal)) {
          sink.name(id, new Series(site, machine, signal));
        } else {
          sink.damaged(id);
        }
      }
    }
  }

  /** Binds a row to {@link #INSERT} and writes it. */
  static void insert(PreparedStatement insert, int id, Series series) throws SQLException {
    insert.setInt(1, id);
    insert.setString(2, series.site());
    insert.setString(3, series.machine());
    insert.setString(4, series.signal());
    insert.setLong(5, Sum.of(id, series.site(), series.machine(), series.signal()));
    insert.executeUpdate();
  }
}
