package fr.vigie.server.store.ledger;

import fr.vigie.column.Column;
import fr.vigie.server.store.ledger.Lanes.Placed;
import fr.vigie.server.store.sqlite.Bounds;
import fr.vigie.server.store.sqlite.Sql;
import fr.vigie.signal.Quality;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The file {@code lanes.db}: up to which row of the log the database holds everything for sure,
 * where the lanes end at that row, the samples that the database cannot keep, and the numbers of
 * texts. One thread at a time may change it; {@link #aside} may be called beside it.
 */
final class LaneFile implements Closeable {
  private static final int APPLICATION = 0x5649474c;
  private static final int VERSION = 1;
  private static final String[] SCHEMA = {
    "CREATE TABLE ledger(id TEXT NOT NULL, through INTEGER NOT NULL, dropped INTEGER NOT NULL)",
    "CREATE TABLE lane(series INTEGER NOT NULL, lane INTEGER NOT NULL, first INTEGER NOT NULL,"
        + " last INTEGER NOT NULL, PRIMARY KEY(series, lane)) WITHOUT ROWID",
    "CREATE TABLE keeps(since INTEGER PRIMARY KEY, \"from\" INTEGER NOT NULL, \"to\" INTEGER NOT"
        + " NULL)",
    "CREATE TABLE aside(id INTEGER PRIMARY KEY, series INTEGER NOT NULL, lane INTEGER NOT NULL,"
        + " nanos INTEGER NOT NULL, bits INTEGER, text TEXT, quality INTEGER NOT NULL)",
    "CREATE INDEX aside_of_series ON aside(series, nanos)",
    TextNumbers.TABLE
  };
  private static final Quality[] QUALITIES = Quality.values();

  private final Path file;
  private final Connection writer;
  private final Connection reader;
  private final TextNumbers texts;
  private final TreeMap<Long, Bounds> keeps = new TreeMap<>();
  private final String id;
  private long through;
  private volatile long dropped;

  private LaneFile(Path file, Connection writer, Connection reader)
      throws IOException, SQLException {
    this.file = file;
    this.writer = writer;
    this.reader = reader;
    this.texts = new TextNumbers(file, writer, reader);
    long version = number("PRAGMA user_version");
    if (number("PRAGMA application_id") != APPLICATION || version > VERSION) {
      throw new IOException(
          file
              + (version > VERSION
                  ? " was written by a newer version: use that version, or restore a backup"
                  : " is not a file of this store: move it elsewhere"));
    }
    try (PreparedStatement select = writer.prepareStatement("SELECT * FROM ledger");
        ResultSet rows = select.executeQuery()) {
      if (!rows.next()) {
        throw new IOException(file + " has lost its first row: restore a backup");
      }
      id = rows.getString(1);
      through = rows.getLong(2);
      dropped = rows.getLong(3);
    }
    try (PreparedStatement select = writer.prepareStatement("SELECT * FROM keeps");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        keeps.put(rows.getLong(1), new Bounds(rows.getLong(2), rows.getLong(3)));
      }
    }
  }

  static LaneFile open(Path file) throws IOException {
    if (!Files.exists(file)) {
      String first =
          "INSERT INTO ledger VALUES('" + UUID.randomUUID() + "', 0, " + Long.MIN_VALUE + ')';
      String[] schema = Arrays.copyOf(SCHEMA, SCHEMA.length + 1);
      schema[SCHEMA.length] = first;
      Sql.create(file, APPLICATION, VERSION, schema);
    }
    Connection writer = Sql.writer(file);
    try {
      return new LaneFile(file, writer, Sql.reader(file));
    } catch (SQLException e) {
      throw Sql.failure(file, e);
    }
  }

  String id() {
    return id;
  }

  TextNumbers texts() {
    return texts;
  }

  /** The row of the log up to which everything is safe in the database, or aside. */
  long through() {
    return through;
  }

  /** What is older than this is forgotten. */
  long dropped() {
    return dropped;
  }

  /** The times that the database kept when a row was written. */
  Bounds keeps(long row) throws IOException {
    var entry = keeps.lowerEntry(row);
    if (entry == null) {
      throw new IOException(file + " does not say which times the database kept at row " + row);
    }
    return entry.getValue();
  }

  /** Takes note of what the database keeps, for rows that are written after one. */
  void keeps(long since, Bounds bounds) throws IOException {
    var last = keeps.lastEntry();
    if (last != null && last.getValue().equals(bounds)) {
      return;
    }
    change(
        () -> {
          try (PreparedStatement insert =
              writer.prepareStatement("INSERT OR REPLACE INTO keeps VALUES(?, ?, ?)")) {
            insert.setLong(1, since);
            insert.setLong(2, bounds.from());
            insert.setLong(3, bounds.to());
            insert.executeUpdate();
          }
          Long oldest = keeps.lowerKey(through + 1);
          if (oldest != null) {
            Sql.run(writer, "DELETE FROM keeps WHERE since < " + oldest);
          }
        });
    keeps.put(since, bounds);
  }

  /** Hands the ends of all lanes, and of what lies aside, to those that place samples. */
  void load(Lanes lanes) throws IOException {
    Sql.call(
        file,
        () -> {
          String all =
              "SELECT series, lane, first, last FROM lane UNION ALL SELECT series, lane, min(nanos),"
                  + " max(nanos) FROM aside GROUP BY series, lane ORDER BY 1, 2";
          try (PreparedStatement select = writer.prepareStatement(all);
              ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
              lanes.load(rows.getInt(1), rows.getInt(2), rows.getLong(3), rows.getLong(4));
            }
          }
          return true;
        });
  }

  /** Notes that everything up to a row of the log is safe, and keeps what the database cannot. */
  void settle(long row, List<Placed> placed) throws IOException {
    change(
        () -> {
          try (PreparedStatement lane =
                  writer.prepareStatement(
                      "INSERT INTO lane VALUES(?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
                          + " last = excluded.last");
              PreparedStatement aside =
                  writer.prepareStatement("INSERT INTO aside VALUES(NULL, ?, ?, ?, ?, ?, ?)")) {
            for (Placed piece : placed) {
              if (piece.inEngine()) {
                lane.setInt(1, piece.series());
                lane.setInt(2, piece.lane());
                lane.setLong(3, piece.first());
                lane.setLong(4, piece.last());
                lane.executeUpdate();
              } else {
                insert(aside, piece);
              }
            }
          }
          Sql.run(writer, "UPDATE ledger SET through = " + row);
        });
    through = row;
  }

  /** What lies aside of a series in one of the two lanes that are not the database's. */
  List<Column> aside(int series, int lane, Bounds bounds) throws IOException {
    Column.Builder numbers = Column.numbers();
    Column.Builder words = Column.texts();
    Sql.call(
        file,
        () -> {
          synchronized (reader) {
            try (PreparedStatement select =
                reader.prepareStatement(
                    "SELECT nanos, bits, text, quality FROM aside WHERE series = ? AND lane = ?"
                        + " AND nanos >= ? AND nanos < ? ORDER BY nanos, id")) {
              select.setInt(1, series);
              select.setInt(2, lane);
              select.setLong(3, bounds.from());
              select.setLong(4, bounds.to());
              try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                  Quality quality = QUALITIES[rows.getInt(4)];
                  String text = rows.getString(3);
                  if (text == null) {
                    numbers.add(rows.getLong(1), Double.longBitsToDouble(rows.getLong(2)), quality);
                  } else {
                    words.add(rows.getLong(1), text, quality);
                  }
                }
              }
            }
          }
          return true;
        });
    return List.of(numbers.build(), words.build());
  }

  void drop(long before) throws IOException {
    change(
        () -> {
          Sql.run(writer, "DELETE FROM aside WHERE nanos < " + before);
          Sql.run(writer, "UPDATE ledger SET dropped = max(dropped, " + before + ")");
        });
    dropped = Math.max(dropped, before);
  }

  @Override
  public void close() throws IOException {
    Sql.call(
        file,
        () -> {
          reader.close();
          writer.close();
          return true;
        });
  }

  private static void insert(PreparedStatement aside, Placed piece) throws SQLException {
    Column samples = piece.samples();
    for (int i = 0; i < samples.size(); i++) {
      aside.setInt(1, piece.series());
      aside.setInt(2, piece.lane());
      aside.setLong(3, samples.nanos(i));
      aside.setLong(4, samples.isText() ? 0 : Double.doubleToRawLongBits(samples.number(i)));
      aside.setString(5, samples.isText() ? samples.text(i) : null);
      aside.setInt(6, samples.quality(i).ordinal());
      aside.executeUpdate();
    }
  }

  /** Work that belongs together. */
  private interface Change {
    void run() throws SQLException;
  }

  private void change(Change change) throws IOException {
    try {
      Sql.begin(writer);
      change.run();
      Sql.commit(writer);
    } catch (SQLException | RuntimeException e) {
      Sql.rollback(writer, e);
      throw Sql.failure(file, e);
    }
  }

  private long number(String sql) throws SQLException {
    try (PreparedStatement select = writer.prepareStatement(sql);
        ResultSet rows = select.executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }
}
