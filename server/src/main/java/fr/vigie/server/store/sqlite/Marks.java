package fr.vigie.server.store.sqlite;

import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.IncomingBatch.Source;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which batches are stored, by source and epoch. Changes gather until they are {@linkplain #save
 * saved} in the caller's transaction and {@linkplain #keep kept} after its commit.
 */
final class Marks {
  static final String TABLE =
      "CREATE TABLE mark(site TEXT NOT NULL, agent TEXT NOT NULL, epoch INTEGER NOT NULL,"
          + " high INTEGER NOT NULL, beyond BLOB NOT NULL, sum INTEGER,"
          + " PRIMARY KEY(site, agent, epoch))"
          + " WITHOUT ROWID";
  private static final String SELECT =
      "SELECT high, beyond, sum FROM mark WHERE site = ? AND agent = ? AND epoch = ?";
  private static final int CACHED = 4096;

  private final Connection writer;
  private final Connection reader;
  private final Damage damage;
  private final Map<Key, Mark> cache =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Mark> eldest) {
          return size() > CACHED;
        }
      };
  private final Map<Key, Mark> touched = new HashMap<>();
  private boolean changed;

  Marks(Connection writer, Connection reader, Damage damage) {
    this.writer = writer;
    this.reader = reader;
    this.damage = damage;
  }

  private record Key(Source source, long epoch) {
    long sum(long high, byte[] ranges) {
      return Sum.of(source.site(), source.agent(), epoch, high, ranges);
    }
  }

  /**
   * @return whether the batch is new; one without samples that raises the mark says something new
   *     too, even where its sequence is known: the losses that it declares
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
    return fresh || raised && batch.parts().isEmpty();
  }

  boolean changed() {
    return changed;
  }

  void save() throws SQLException {
    try (PreparedStatement insert =
        writer.prepareStatement("INSERT OR REPLACE INTO mark VALUES(?, ?, ?, ?, ?, ?)")) {
      for (Map.Entry<Key, Mark> entry : touched.entrySet()) {
        Key key = entry.getKey();
        byte[] ranges = entry.getValue().ranges();
        bind(insert, key);
        insert.setLong(4, entry.getValue().high());
        insert.setBytes(5, ranges);
        insert.setLong(6, key.sum(entry.getValue().high(), ranges));
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

  /** A damaged mark counts for nothing; the floor of the next batch raises the new one. */
  private Optional<Mark> load(Connection connection, Key key) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      bind(select, key);
      try (ResultSet rows = select.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        long high = rows.getLong(1);
        byte[] ranges = Sql.bytes(rows, 2);
        if (!Sum.matches(rows, 3, key.source.site(), key.source.agent(), key.epoch, high, ranges)) {
          damage.report(
              "mark of " + key.source.site() + "/" + key.source.agent() + ", epoch " + key.epoch,
              "it does not match its checksum; the last batches of this agent that were not yet"
                  + " acknowledged may be stored twice");
          return Optional.empty();
        }
        return Optional.of(Mark.of(high, ranges));
      }
    }
  }

  private static void bind(PreparedStatement statement, Key key) throws SQLException {
    statement.setString(1, key.source.site());
    statement.setString(2, key.source.agent());
    statement.setLong(3, key.epoch);
  }
}
