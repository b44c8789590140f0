package fr.vigie.server.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;

/**
 * What a monthly file holds, by numbers of series.
 *
 * @param samples that have samples here
 * @param rollups that have roll-ups here
 * @param unrolled whose roll-ups say less than their samples
 */
record MonthContents(BitSet samples, BitSet rollups, BitSet unrolled) {
  static MonthContents of(Connection connection) throws SQLException {
    return new MonthContents(
        ids(connection, holding("chunk")),
        ids(connection, holding("rollup")),
        ids(connection, "SELECT id FROM unrolled"));
  }

  /** What can be forgotten of the series that may be; nothing that has yet to be rolled up. */
  MonthContents forgettable(BitSet series, boolean rollupsToo) {
    BitSet old = (BitSet) samples.clone();
    old.and(series);
    BitSet oldRollups = new BitSet();
    if (rollupsToo) {
      oldRollups.or(rollups);
      oldRollups.and(series);
    } else {
      old.andNot(unrolled);
    }
    return new MonthContents(old, oldRollups, new BitSet());
  }

  boolean isEmpty() {
    return samples.isEmpty() && rollups.isEmpty();
  }

  private static String holding(String table) {
    return "SELECT id FROM series WHERE EXISTS (SELECT 1 FROM "
        + table
        + " AS it WHERE it.id BETWEEN series.id << 32 AND (series.id + 1 << 32) - 1)";
  }

  private static BitSet ids(Connection connection, String sql) throws SQLException {
    BitSet found = new BitSet();
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        found.set(rows.getInt(1));
      }
    }
    return found;
  }
}
