package fr.vigie.server.store.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * Who wrote a file, by its first bytes.
 *
 * @param application what the file is for; 0 when it is no SQLite file
 * @param version of the store that wrote it
 */
record Origin(int application, int version) {
  private static final byte[] SQLITE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION_AT = 60;
  private static final int APPLICATION_AT = 68;
  private static final int HEADER = 100;

  static Origin of(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = Arrays.copyOf(in.readNBytes(HEADER), HEADER);
    }
    if (Arrays.equals(bytes, 0, SQLITE.length, SQLITE, 0, SQLITE.length)) {
      ByteBuffer header = ByteBuffer.wrap(bytes);
      return new Origin(header.getInt(APPLICATION_AT), header.getInt(VERSION_AT));
    }
    for (String suffix : new String[] {"-wal", "-journal"}) {
      Path journal = file.resolveSibling(file.getFileName() + suffix);
      if (Files.exists(journal) && Files.size(journal) > 0) {
        return recovered(file);
      }
    }
    return new Origin(0, 0);
  }

  /** A power cut may have torn the first page, which a journal still has. */
  private static Origin recovered(Path file) throws IOException {
    try (Connection connection = Sql.reader(file)) {
      return new Origin(
          (int) Sql.number(connection, "PRAGMA application_id"),
          (int) Sql.number(connection, "PRAGMA user_version"));
    } catch (SQLException e) {
      return new Origin(0, 0);
    }
  }
}
