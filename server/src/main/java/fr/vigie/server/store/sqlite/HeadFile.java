package fr.vigie.server.store.sqlite;

import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.IncomingBatch.Source;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.Store.DeclaredLoss;
import fr.vigie.wire.Loss;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * The file {@code head.db}: series, batch log, marks and losses. One thread at a time may change
 * it; {@link #highWater} and {@link #losses} may be called beside it.
 */
final class HeadFile implements Closeable {
  static final String[] SCHEMA = {
    SeriesTable.TABLE,
    "CREATE TABLE log(id INTEGER PRIMARY KEY, row BLOB NOT NULL)",
    "CREATE TABLE trimmed(through INTEGER NOT NULL)",
    "INSERT INTO trimmed VALUES(0)",
    Marks.TABLE,
    Losses.TABLE,
    Losses.INDEX
  };

  private final Path file;
  private final SeriesIds ids;
  private final Connection writer;
  private final Connection reader;
  private final Marks marks;
  private final Losses losses;
  private int savedSeries;
  private long lastRow;
  private long trimmed;

  private HeadFile(Path file, SeriesIds ids, Damage damage) throws IOException, SQLException {
    this.file = file;
    this.ids = ids;
    this.writer = Sql.writer(file);
    this.reader = Sql.reader(file);
    this.marks = new Marks(writer, reader, damage);
    this.losses = new Losses(writer, reader, damage);
    Sql.run(writer, "PRAGMA wal_autocheckpoint=4000");
    Sql.run(writer, "PRAGMA journal_size_limit=33554432");
    SeriesTable.read(writer, ids.reading(file, damage));
    savedSeries = ids.last();
    trimmed = Sql.number(writer, "SELECT through FROM trimmed");
    lastRow = Math.max(trimmed, Sql.number(writer, "SELECT coalesce(max(id), 0) FROM log"));
  }

  static HeadFile open(Path file, SeriesIds ids, Damage damage) throws IOException {
    if (!Files.exists(file)) {
      Sql.create(file, Folder.HEAD_ID, Folder.VERSION, SCHEMA);
    }
    Sql.upgrade(file, 1, "series", "mark", "loss");
    return Sql.call(
        file,
        () -> {
          try {
            return new HeadFile(file, ids, damage);
          } catch (IOException e) {
            throw new SQLException(e.getMessage(), e);
          }
        });
  }

  /** Takes rows of the log as they are read back. */
  interface RowSink {
    void take(long id, byte[] row);
  }

  /** A batch with its rows ready to be written. */
  record Encoded(IncomingBatch batch, List<LogRow> parts, List<byte[]> rows) {
    void addTo(Head head) {
      parts.forEach(row -> row.parts().forEach(it -> head.add(it.series(), it.samples())));
    }

    static Encoded of(IncomingBatch batch, SeriesIds ids) {
      List<LogRow> parts = LogRow.of(batch, ids);
      return new Encoded(batch, parts, parts.stream().map(LogRow::toBytes).toList());
    }
  }

  long lastRow() {
    return lastRow;
  }

  boolean hasRows() {
    return trimmed < lastRow;
  }

  /** Row numbers go on after this one, whatever the log itself holds. */
  void numberFrom(long row) {
    lastRow = Math.max(lastRow, row);
  }

  void replay(RowSink sink) throws IOException {
    Sql.call(
        file,
        () -> {
          try (PreparedStatement select =
                  writer.prepareStatement("SELECT id, row FROM log ORDER BY id");
              ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
              sink.take(rows.getLong(1), Sql.bytes(rows, 2));
            }
          }
          return true;
        });
  }

  /**
   * Appends those batches that are new, durably, all or none.
   *
   * @return the places in the list of those that were new
   */
  BitSet append(List<Encoded> batches) throws IOException {
    long before = lastRow;
    int series = ids.last();
    BitSet fresh = new BitSet(batches.size());
    try {
      for (int i = 0; i < batches.size(); i++) {
        fresh.set(i, marks.add(batches.get(i).batch()));
      }
      if (marks.changed()) {
        Sql.begin(writer);
        saveSeries(series);
        appendRows(fresh.stream().mapToObj(batches::get).toList());
        marks.save();
        Sql.commit(writer);
        savedSeries = series;
      }
      marks.keep();
      return fresh;
    } catch (SQLException | RuntimeException e) {
      lastRow = before;
      marks.forget();
      Sql.rollback(writer, e);
      throw Sql.failure(file, e);
    }
  }

  /** Deletes the rows of the log up to and with one. */
  void trim(long through) throws IOException {
    try {
      Sql.begin(writer);
      try (PreparedStatement delete = writer.prepareStatement("DELETE FROM log WHERE id <= ?")) {
        delete.setLong(1, through);
        delete.executeUpdate();
      }
      Sql.run(writer, "UPDATE trimmed SET through = " + through);
      Sql.commit(writer);
      trimmed = through;
    } catch (SQLException e) {
      Sql.rollback(writer, e);
      throw Sql.failure(file, e);
    }
  }

  long highWater(Source source, long epoch) throws IOException {
    return Sql.call(file, () -> marks.highWater(source, epoch));
  }

  List<DeclaredLoss> losses(String site, Bounds bounds) throws IOException {
    return Sql.call(file, () -> losses.of(site, bounds));
  }

  void dropLosses(long before) throws IOException {
    try {
      Sql.begin(writer);
      losses.drop(before);
      Sql.commit(writer);
    } catch (SQLException e) {
      Sql.rollback(writer, e);
      throw Sql.failure(file, e);
    }
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

  private void saveSeries(int through) throws SQLException {
    if (through == savedSeries) {
      return;
    }
    try (PreparedStatement insert = writer.prepareStatement(SeriesTable.INSERT)) {
      for (Map.Entry<Integer, Series> entry : ids.between(savedSeries, through).entrySet()) {
        SeriesTable.insert(insert, entry.getKey(), entry.getValue());
      }
    }
  }

  private void appendRows(List<Encoded> fresh) throws SQLException {
    try (PreparedStatement insert = writer.prepareStatement("INSERT INTO log VALUES(?, ?)")) {
      for (Encoded encoded : fresh) {
        for (byte[] row : encoded.rows()) {
          insert.setLong(1, ++lastRow);
          insert.setBytes(2, row);
          insert.executeUpdate();
        }
        for (Loss loss : encoded.batch().losses()) {
          losses.add(encoded.batch().source(), loss);
        }
      }
    }
  }
}
