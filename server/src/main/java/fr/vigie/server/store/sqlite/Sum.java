package fr.vigie.server.store.sqlite;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.zip.CRC32C;

/** The checksum that a row of names, marks or losses carries in its last column. */
final class Sum {
  private Sum() {}

  /** Of the other columns, in their order; blobs as they are, all else as text. */
  static long of(Object... columns) {
    CRC32C crc = new CRC32C();
    for (Object column : columns) {
      crc.update(
          column instanceof byte[] bytes
              ? bytes
              : String.valueOf(column).getBytes(StandardCharsets.UTF_8));
      crc.update(0);
    }
    return crc.getValue();
  }

  /** Whether a row is as it was written; rows of the first version of the store have no sum. */
  static boolean matches(ResultSet row, int column, Object... columns) throws SQLException {
    long sum = row.getLong(column);
    return row.wasNull() || sum == of(columns);
  }
}
