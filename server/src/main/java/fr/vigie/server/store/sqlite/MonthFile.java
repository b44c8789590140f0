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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sealed chunks of one month, in a file that can be understood alone. One thread at a time may
 * change it; any may read.
 */
final class MonthFile {
  static final String[] SCHEMA = {
    "CREATE TABLE chunk(id INTEGER PRIMARY KEY, head BLOB NOT NULL, data BLOB NOT NULL)",
    SeriesTable.TABLE,
    "CREATE TABLE sealed(through INTEGER NOT NULL, places INTEGER NOT NULL)",
    "INSERT INTO sealed VALUES(0, 0)",
    "CREATE TABLE rollup(id INTEGER PRIMARY KEY, head BLOB NOT NULL, data BLOB NOT NULL)",
    "CREATE TABLE unrolled(id INTEGER PRIMARY KEY)",
    "CREATE TABLE dropped(id INTEGER PRIMARY KEY)",
    "CREATE TABLE compacted(through INTEGER NOT NULL)",
    "INSERT INTO compacted VALUES(0)"
  };

  /** Earlier versions had no roll-ups: they are made when the month is next compacted. */
  private static final String[] WITH_ROLLUPS = {
    SCHEMA[4],
    SCHEMA[5],
    SCHEMA[6],
    SCHEMA[7],
    SCHEMA[8],
    "INSERT INTO unrolled SELECT id FROM series"
  };

  /** A file of which one page in so many is free is written anew once its month is over. */
  private static final int WASTEFUL = 10;

  private final Path file;
  private final Month month;
  private final Damage damage;
  private final Readers readers;
  private final Decoded decoded;
  private volatile long sealedThrough;
  private final Set<Integer> damagedRollups = ConcurrentHashMap.newKeySet();
  private volatile long tidyThrough;
  private boolean tidyOver;
  private int nextSeries;
  private Optional<BitSet> present = Optional.empty();
  private boolean dropped;
  private int rewritten;

  private MonthFile(Path file, Month month, Damage damage, Readers readers, Decoded decoded) {
    this.file = file;
    this.month = month;
    this.damage = damage;
    this.readers = readers;
    this.decoded = decoded;
  }

  static MonthFile open(Path file, Month month, Damage damage, Readers readers, Decoded decoded)
      throws IOException {
    if (!Files.exists(file)) {
      create(file);
    }
    new Rewriting(file).clear();
    Sql.upgrade(file, 1, SeriesTable.WITH_SUM);
    Sql.upgrade(file, 2, WITH_ROLLUPS);
    MonthFile opened = new MonthFile(file, month, damage, readers, decoded);
    try (Connection connection = Sql.reader(file)) {
      opened.sealedThrough = sealed(connection)[0];
      opened.tidyThrough = Sql.number(connection, "SELECT through FROM compacted");
      opened.tidyOver = true;
    } catch (SQLException | RuntimeException e) {
      throw Sql.failure(file, e);
    }
    return opened;
  }

  static void create(Path file) throws IOException {
    Sql.create(file, Folder.MONTH_ID, Folder.VERSION, SCHEMA);
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
    int version;
    synchronized (this) {
      if (dropped) {
        return;
      }
      reader = readers.borrow(file);
      version = rewritten;
    }
    boolean usable = false;
    try {
      reader.begin();
      reading.read(reader);
      reader.end();
      usable = true;
    } finally {
      giveBack(reader, version, usable);
    }
  }

  /** Chunks of a series from seals up to one, in the order of arrival; damaged ones left out. */
  List<Chunk> chunks(MonthReader reader, int series, long throughSeal) throws IOException {
    List<Chunk> chunks = new ArrayList<>();
    for (Map.Entry<Long, byte[]> head : reader.heads(series).entrySet()) {
      Optional<Chunk> chunk = Chunk.of(head.getKey(), head.getValue());
      if (chunk.isEmpty()) {
        damage.report(name(head.getKey()), "its head does not match its checksum");
      } else if (chunk.get().isIn(throughSeal)) {
        chunks.add(chunk.get());
      }
    }
    return chunks;
  }

  /** The samples of a chunk, empty when they are damaged or dropped. */
  Optional<Column> decode(MonthReader reader, Chunk chunk) throws IOException {
    Optional<Column> known = decoded.find(month, chunk);
    if (known.isPresent()) {
      return known;
    }
    Optional<byte[]> data = reader.data(chunk.id());
    if (data.isEmpty()) {
      return Optional.empty();
    }
    try {
      Column column = ColumnCodec.decode(data.get());
      if (chunk.describes(column)) {
        decoded.keep(month, chunk, column);
        return Optional.of(column);
      }
      damage.report(name(chunk.id()), chunk, "its samples are not those that its head describes");
    } catch (ColumnException e) {
      damage.report(name(chunk.id()), chunk, String.valueOf(e.getMessage()));
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

  /**
   * Writes what a sorted head holds of this month, once: again for the same seal does nothing. A
   * reader is left open, since opening the first one takes room that a full disk does not have.
   */
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
        readers.giveBack(readers.borrow(file));
      }
      Sql.checkpoint(connection);
    } catch (SQLException | RuntimeException e) {
      throw Sql.failure(file, e);
    }
  }

  /**
   * One bounded step of compaction.
   *
   * @return whether there was something to do
   */
  boolean compact(Compaction.Scope scope) throws IOException {
    boolean seen = tidyThrough >= Math.min(sealedThrough, scope.published());
    if (seen && (tidyOver || !scope.over())) {
      return false;
    }
    boolean wasteful;
    try (Connection connection = Sql.writer(file);
        MonthReader reader = new MonthReader(file, connection);
        Compaction step = new Compaction(this, reader, connection, scope)) {
      Sql.begin(connection);
      nextSeries = step.run(nextSeries);
      if (nextSeries == 0 && scope.over()) {
        Sql.run(connection, "UPDATE compacted SET through = " + scope.published());
      }
      Sql.commit(connection);
      Sql.checkpoint(connection);
      wasteful =
          Sql.number(connection, "PRAGMA freelist_count") * WASTEFUL
              > Sql.number(connection, "PRAGMA page_count");
    } catch (SQLException | RuntimeException e) {
      throw Sql.failure(file, e);
    }
    if (nextSeries == 0) {
      tidyThrough = scope.published();
      tidyOver = scope.over();
      if (tidyOver && wasteful) {
        rewrite(new BitSet(), new BitSet(), step -> {});
      }
    }
    return true;
  }

  MonthContents contents() throws IOException {
    try (Connection connection = Sql.reader(file)) {
      return MonthContents.of(connection);
    } catch (SQLException e) {
      throw Sql.failure(file, e);
    }
  }

  /**
   * Writes the file anew, without the samples of some series and the roll-ups of some.
   *
   * @return false when who reads it for long, such as a backup, is in the way: try again later
   */
  boolean rewrite(BitSet samples, BitSet rollups, SealStep.Watcher watcher) throws IOException {
    Rewriting rewriting = new Rewriting(file);
    rewriting.write(samples, rollups);
    watcher.reached(SealStep.MONTH_REWRITTEN);
    boolean ready = rewriting.isReady();
    if (ready) {
      synchronized (this) {
        readers.forget(file);
        rewritten++;
        rewriting.swap();
        present = Optional.empty();
      }
      watcher.reached(SealStep.MONTH_SWAPPED);
    } else {
      rewriting.clear();
    }
    return ready;
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
      tidyThrough = 0;
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

  private void giveBack(MonthReader reader, int version, boolean usable) throws IOException {
    synchronized (this) {
      if (usable && !dropped && version == rewritten) {
        readers.giveBack(reader);
        return;
      }
    }
    reader.close();
  }

  /** Reports a damaged piece of roll-ups, which the next compaction makes anew. */
  void damagedRollup(int series, long id, String why) {
    damage.report(file + ", roll-up " + series + "/" + (id & 0xffffffffL), why);
    damagedRollups.add(series);
    tidyThrough = 0;
  }

  /** Whether roll-ups of a series were found damaged; they are taken for mended from now on. */
  boolean mendsRollups(int series) {
    return damagedRollups.remove(series);
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
