package fr.vigie.server.store.ledger;

import fr.vigie.server.store.sqlite.Sql;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Texts by number, for a database that holds numbers only. */
final class TextNumbers implements Engine.Texts {
  static final String TABLE =
      "CREATE TABLE text(code INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)";
  private static final int REMEMBERED = 4_096;

  private final Path file;
  private final Connection writer;
  private final Connection reader;
  private final Map<String, Long> codes = remembering();
  private final Map<Long, String> texts = remembering();
  private boolean isOpen;

  TextNumbers(Path file, Connection writer, Connection reader) {
    this.file = file;
    this.writer = writer;
    this.reader = reader;
  }

  @Override
  public long code(String text) throws IOException {
    Long known = codes.get(text);
    if (known != null) {
      return known;
    }
    long code = Sql.call(file, () -> find(text));
    codes.put(text, code);
    return code;
  }

  @Override
  public void keep() throws IOException {
    if (!isOpen) {
      return;
    }
    isOpen = false;
    try {
      Sql.commit(writer);
    } catch (SQLException e) {
      codes.clear();
      Sql.rollback(writer, e);
      throw Sql.failure(file, e);
    }
  }

  private long find(String text) throws SQLException {
    try (PreparedStatement select =
        writer.prepareStatement("SELECT code FROM text WHERE text = ?")) {
      select.setString(1, text);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? rows.getLong(1) : add(text);
      }
    }
  }

  private long add(String text) throws SQLException {
    if (!isOpen) {
      Sql.begin(writer);
      isOpen = true;
    }
    try (PreparedStatement insert =
        writer.prepareStatement("INSERT INTO text VALUES(NULL, ?) RETURNING code")) {
      insert.setString(1, text);
      try (ResultSet rows = insert.executeQuery()) {
        return rows.getLong(1);
      }
    }
  }

  @Override
  public String text(long code) throws IOException {
    synchronized (reader) {
      String known = texts.get(code);
      if (known != null) {
        return known;
      }
      String text =
          Sql.call(file, () -> select(code))
              .orElseThrow(
                  () ->
                      new IOException(
                          file + " has no text of number " + code + ": restore a backup"));
      texts.put(code, text);
      return text;
    }
  }

  private Optional<String> select(long code) throws SQLException {
    try (PreparedStatement select =
        reader.prepareStatement("SELECT text FROM text WHERE code = ?")) {
      select.setLong(1, code);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
      }
    }
  }

  private static <K, V> Map<K, V> remembering() {
    return new LinkedHashMap<>(64, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > REMEMBERED;
      }
    };
  }
}
