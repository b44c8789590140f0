package fr.vigie.server.store.sqlite;

import fr.vigie.column.Column;
import fr.vigie.column.ColumnCodec;
import fr.vigie.column.ColumnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sealed chunks of one month, in a file that can be understood alone. One thread at a time may
 * change it; any may read.
 */
final class MonthFile {
  static final String[] SCHEMA = {
    "CREATE TABLE chunk(id INTEGER PRIMARY KEY, head BLOB NOT NULL, data BLOB NOT NULL)",
    SeriesTable.TABLE,
    "CREATE TABLE sealed(through INTEGER NOT NULL, places INTEGER NOT NULL)",
    "INSERT INTO sealed VALUES(0, 0)"
  };

  private final Path file;
  private final Month month;
  private final Damage damage;
  private final Readers readers;
  private volatile long sealedThrough;
  private Optional<BitSet> present = Optional.empty();
  private boolean dropped;

  private MonthFile(Path file, Month month, Damage damage, Readers readers) {
    this.file = file;
    this.month = month;
    this.damage = damage;
    this.readers = readers;
  }

  static MonthFile open(Path file, Month month, Damage damage, Readers readers) throws IOException {
    if (!Files.exists(file)) {
      Sql.create(file, Folder.MONTH_ID, Folder.VERSION, SCHEMA);
    }
    Sql.upgrade(file, 1, "series");
    MonthFile opened = new MonthFile(file, month, damage, readers);
    try (Connection connection = Sql.reader(file)) {
      opened.sealedThrough = sealed(connection)[0];
    } catch (SQLException | RuntimeException e) {
      throw Sql.failure(file, e);
    }
    return opened;
  }

  Month month() {
    return month;
  }

  long sealedThrough() {
    return sealedThrough;
  }

  /** Reads with a connection of its own; nothing once the file has been dropped. */
  interface Reading {
    void read(MonthReader reader) throws IOException;
  }

  void read(Reading reading) throws IOException {
    MonthReader reader;
    synchronized (this) {
      if (dropped) {
        return;
      }
      reader = readers.borrow(file);
    }
    boolean usable = false;
    try {
      reading.read(reader);
      usable = true;
    } finally {
      giveBack(reader, usable);
    }
  }

  /** Chunks of a series from seals up to one, in the order of arrival; damaged ones left out. */
  List<Chunk> chunks(MonthReader reader, int series, long throughSeal) throws IOException {
    List<Chunk> chunks = new ArrayList<>();
    for (Map.Entry<Long, byte[]> head : reader.heads(series).entrySet()) {
      Optional<Chunk> chunk = Chunk.of(head.getKey(), head.getValue());
      if (chunk.isEmpty()) {
        damage.report(name(head.getKey()), "its head does not match its checksum");
      } else if (chunk.get().seal() <= throughSeal) {
        chunks.add(chunk.get());
      }
    }
    return chunks;
  }

  /** The samples of a chunk, empty when they are damaged or dropped. */
  Optional<Column> decode(MonthReader reader, Chunk chunk) throws IOException {
    Optional<byte[]> data = reader.data(chunk.id());
    if (data.isEmpty()) {
      return Optional.empty();
    }
    try {
      Column column = ColumnCodec.decode(data.get());
      if (chunk.describes(column)) {
        return Optional.of(column);
      }
      damage.report(name(chunk.id()), "its samples are not those that its head describes");
    } catch (ColumnException e) {
      damage.report(name(chunk.id()), String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }

  /** The numbers of the series that have chunks here. */
  synchronized BitSet series() throws IOException {
    return (BitSet) present().clone();
  }

  synchronized boolean has(int series) throws IOException {
    return present().get(series);
  }

  private BitSet present() throws IOException {
    if (present.isEmpty() && !dropped) {
      BitSet found = new BitSet();
      try (MonthReader reader = new MonthReader(file)) {
        reader.series().forEach(found::set);
      }
      present = Optional.of(found);
    }
    return present.orElseGet(BitSet::new);
  }

  void loadNames(SeriesIds ids) throws IOException {
    try (Connection connection = Sql.reader(file)) {
      SeriesTable.read(connection, ids.reading(file, damage));
    } catch (SQLException | RuntimeException e) {
      throw Sql.failure(file, e);
    }
  }

  /** Writes what a sorted head holds of this month, once: again for the same seal does nothing. */
  void seal(Head head, long through, SeriesIds ids, int mostSamples) throws IOException {
    BitSet added = new BitSet();
    try (Connection connection = Sql.writer(file)) {
      Sql.begin(connection);
      long[] sealed = sealed(connection);
      if (sealed[0] < through) {
        new Sealing(file, connection, ids, through, sealed[1])
            .write(head, month, mostSamples, added);
      }
      Sql.commit(connection);
      sealedThrough = through;
      synchronized (this) {
        present.ifPresent(found -> found.or(added));
      }
      Sql.checkpoint(connection);
    } catch (SQLException | RuntimeException e) {
      throw Sql.failure(file, e);
    }
  }

  /** Deletes the chunks that end before a time. */
  void dropBefore(long nanos) throws IOException {
    try (Connection connection = Sql.writer(file)) {
      Sql.begin(connection);
      Sealing.dropBefore(connection, nanos);
      Sql.commit(connection);
      synchronized (this) {
        present = Optional.empty();
      }
      Sql.checkpoint(connection);
    } catch (SQLException | RuntimeException e) {
      throw Sql.failure(file, e);
    }
  }

  /** Deletes the file; readings under way end as if it were there. */
  void drop() throws IOException {
    synchronized (this) {
      dropped = true;
      readers.forget(file);
    }
    Sql.delete(file);
    Sql.syncFolder(file);
  }

  private void giveBack(MonthReader reader, boolean usable) throws IOException {
    synchronized (this) {
      if (usable && !dropped) {
        readers.giveBack(reader);
        return;
      }
    }
    reader.close();
  }

  private String name(long id) {
    return file + ", chunk " + Chunk.name(id);
  }

  static long[] sealed(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT through, places FROM sealed");
        ResultSet rows = select.executeQuery()) {
      return rows.next() ? new long[] {rows.getLong(1), rows.getLong(2)} : new long[] {0, 0};
    }
  }
}
