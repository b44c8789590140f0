package fr.vigie.server.store.sqlite;

import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.IncomingBatch.Source;
import fr.vigie.server.store.Marked.StoredEpoch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which batches are stored, by source and epoch. Changes gather until they are {@linkplain #save
 * saved} in the caller's transaction and {@linkplain #keep kept} after its commit.
 */
final class Marks {
  static final String TABLE =
      "CREATE TABLE mark(site TEXT NOT NULL, agent TEXT NOT NULL, epoch INTEGER NOT NULL,"
          + " high INTEGER NOT NULL, beyond BLOB NOT NULL, PRIMARY KEY(site, agent, epoch))"
          + " WITHOUT ROWID";
  private static final String SELECT =
      "SELECT high, beyond FROM mark WHERE site = ? AND agent = ? AND epoch = ?";
  private static final int CACHED = 4096;

  private final Connection writer;
  private final Connection reader;
  private final Map<Key, Mark> cache =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Mark> eldest) {
          return size() > CACHED;
        }
      };
  private final Map<Key, Mark> touched = new HashMap<>();
  private boolean changed;

  Marks(Connection writer, Connection reader) {
    this.writer = writer;
    this.reader = reader;
  }

  private record Key(Source source, long epoch) {}

  /**
   * @return whether the batch is new
   */
  boolean add(IncomingBatch batch) throws SQLException {
    Key key = new Key(batch.source(), batch.epoch());
    Mark mark = touched.get(key);
    if (mark == null) {
      Mark cached = cache.get(key);
      mark = cached != null ? cached.copy() : load(writer, key).orElseGet(Mark::new);
      touched.put(key, mark);
    }
    boolean fresh = mark.add(batch.sequence());
    boolean raised = mark.raise(batch.floor());
    changed |= fresh || raised;
    return fresh;
  }

  boolean changed() {
    return changed;
  }

  void save() throws SQLException {
    try (PreparedStatement insert =
        writer.prepareStatement("INSERT OR REPLACE INTO mark VALUES(?, ?, ?, ?, ?)")) {
      for (Map.Entry<Key, Mark> entry : touched.entrySet()) {
        bind(insert, entry.getKey());
        insert.setLong(4, entry.getValue().high());
        insert.setBytes(5, entry.getValue().ranges());
        insert.executeUpdate();
      }
    }
  }

  void keep() {
    cache.putAll(touched);
    forget();
  }

  void forget() {
    touched.clear();
    changed = false;
  }

  long highWater(Source source, long epoch) throws SQLException {
    synchronized (reader) {
      return load(reader, new Key(source, epoch)).map(Mark::high).orElse(0L);
    }
  }

  List<StoredEpoch> all() throws SQLException {
    synchronized (reader) {
      List<StoredEpoch> epochs = new ArrayList<>();
      try (PreparedStatement select =
              reader.prepareStatement("SELECT site, agent, epoch, high, beyond FROM mark");
          ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          Mark mark = Mark.of(rows.getLong(4), Sql.bytes(rows, 5));
          epochs.add(
              new StoredEpoch(
                  new Source(rows.getString(1), rows.getString(2)),
                  rows.getLong(3),
                  mark.high(),
                  mark.beyond()));
        }
      }
      return epochs;
    }
  }

  private static Optional<Mark> load(Connection connection, Key key) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      bind(select, key);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next()
            ? Optional.of(Mark.of(rows.getLong(1), Sql.bytes(rows, 2)))
            : Optional.empty();
      }
    }
  }

  private static void bind(PreparedStatement statement, Key key) throws SQLException {
    statement.setString(1, key.source.site());
    statement.setString(2, key.source.agent());
    statement.setLong(3, key.epoch);
  }
}
