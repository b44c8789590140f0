package fr.vigie.server.store.sqlite;

import fr.vigie.column.Column;
import fr.vigie.column.ColumnCodec;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One bounded step of compaction in one monthly file: small chunks become full ones in their place,
 * chunks that share time are put in order, roll-ups are gathered, and made anew where they are
 * missing. The caller commits. Only chunks that every new view sees are touched.
 */
final class Compaction implements AutoCloseable {
  private static final long MOST_WORK = 1_000_000;
  private static final long WORK_OF_A_SERIES = 5_000;

  private final MonthFile file;
  private final MonthReader reader;
  private final Scope scope;
  private final PreparedStatement delete;
  private final PreparedStatement insert;
  private final PreparedStatement rolled;
  private final RollupWriting rollups;
  private final Set<Long> settled = new HashSet<>();
  private long work;

  /**
   * What may be touched.
   *
   * @param published the seal up to which every new view sees all
   * @param over whether the month is over, so that little more is to come
   * @param mostSamples in a full chunk
   */
  record Scope(long published, boolean over, int mostSamples) {}

  Compaction(MonthFile file, MonthReader reader, Connection connection, Scope scope)
      throws IOException, SQLException {
    this.file = file;
    this.reader = reader;
    this.scope = scope;
    this.delete = connection.prepareStatement("DELETE FROM chunk WHERE id = ?");
    this.insert = connection.prepareStatement("INSERT INTO chunk VALUES(?, ?, ?)");
    this.rolled = connection.prepareStatement("DELETE FROM unrolled WHERE id = ?");
    this.rollups = new RollupWriting(reader.file(), connection);
  }

  /**
   * Works through series from one on, in the order of their numbers.
   *
   * @return the series to go on with in the next step; 0 when all is done
   */
  int run(int from) throws IOException, SQLException {
    for (int series : reader.series()) {
      if (series >= from) {
        boolean done = merge(series) && roll(series);
        work += WORK_OF_A_SERIES;
        if (!done || work >= MOST_WORK) {
          return done ? series + 1 : series;
        }
      }
    }
    return 0;
  }

  @Override
  public void close() throws SQLException {
    delete.close();
    insert.close();
    rolled.close();
    rollups.close();
  }

  /** Merges until all is well, or until it has been work enough. */
  private boolean merge(int series) throws IOException, SQLException {
    List<Chunk> chunks = file.chunks(reader, series, scope.published);
    List<Chunk> group = Mergeable.next(chunks, scope.over, scope.mostSamples, settled);
    while (!group.isEmpty()) {
      if (work >= MOST_WORK) {
        return false;
      }
      List<Chunk> merged = merge(series, group);
      chunks.removeAll(group);
      chunks.addAll(merged);
      group = Mergeable.next(chunks, scope.over, scope.mostSamples, settled);
    }
    return true;
  }

  /** What stands in the place of a group now: fewer chunks, or as many that are settled. */
  private List<Chunk> merge(int series, List<Chunk> group) throws IOException, SQLException {
    List<Chunk> byArrival = group.stream().sorted(Comparator.comparingLong(Chunk::id)).toList();
    Run all = new Run(group.get(0).text());
    for (Chunk chunk : byArrival) {
      Optional<Column> column = file.decode(reader, chunk);
      if (column.isEmpty()) {
        settled.add(chunk.id());
        return group;
      }
      all.add(column.get());
    }
    all.sort();
    work += all.size();
    List<Column> columns = new ArrayList<>();
    for (int at = 0; at < all.size(); ) {
      int end = Pieces.end(all, at, all.size(), scope.mostSamples);
      columns.add(all.column(at, end));
      at = end;
    }
    if (columns.size() > group.size()) {
      group.forEach(chunk -> settled.add(chunk.id()));
      return group;
    }
    long oldest = group.stream().mapToLong(Chunk::oldest).min().orElseThrow();
    long seal = group.stream().mapToLong(Chunk::seal).max().orElseThrow();
    List<Chunk> merged = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      merged.add(Chunk.of(byArrival.get(i).id(), oldest, seal, columns.get(i)));
    }
    if (merged.size() == group.size()) {
      merged.forEach(chunk -> settled.add(chunk.id()));
    }
    replace(byArrival, merged, columns);
    return merged;
  }

  private void replace(List<Chunk> old, List<Chunk> merged, List<Column> columns)
      throws SQLException {
    for (Chunk chunk : old) {
      delete.setLong(1, chunk.id());
      delete.executeUpdate();
    }
    for (int i = 0; i < merged.size(); i++) {
      insert.setLong(1, merged.get(i).id());
      insert.setBytes(2, merged.get(i).toBytes());
      insert.setBytes(3, ColumnCodec.encode(columns.get(i)));
      insert.executeUpdate();
    }
  }

  private boolean roll(int series) throws IOException, SQLException {
    if (reader.isUnrolled(series) || file.mendsRollups(series)) {
      rollAnew(series);
      rolled.setInt(1, series);
      rolled.executeUpdate();
      return true;
    }
    RollupReading reading = new RollupReading(file, reader, series, scope.published);
    List<Chunk> pieces = List.copyOf(reading.heads(Level.MINUTE).values());
    Stretches minutes = new Stretches();
    List<Chunk> group = Mergeable.nextRollups(pieces, scope.over);
    for (Chunk piece : group) {
      reading.read(piece).ifPresent(windows -> minutes.addAll(windows));
    }
    if (reading.foundDamage()) {
      rollAnew(series);
    } else if (!group.isEmpty()) {
      for (Chunk piece : group) {
        rollups.delete(piece);
      }
      write(group, minutes);
    }
    work += minutes.size();
    return true;
  }

  /** Makes the roll-ups of a series from its chunks, unless these were dropped. */
  private void rollAnew(int series) throws IOException, SQLException {
    List<Chunk> chunks = new ArrayList<>(file.chunks(reader, series, scope.published));
    chunks.removeIf(Chunk::text);
    if (reader.isDropped(series)) {
      return;
    }
    for (Level level : Level.values()) {
      for (Map.Entry<Long, byte[]> entry : reader.rollupHeads(series, level).entrySet()) {
        Optional<Chunk> head = Chunk.of(entry.getKey(), entry.getValue());
        if (head.isEmpty() || head.get().seal() <= scope.published) {
          rollups.delete(entry.getKey());
        }
      }
    }
    Stretches minutes = new Stretches();
    for (Chunk chunk : chunks) {
      file.decode(reader, chunk).ifPresent(column -> Rollup.add(column, minutes));
      work += chunk.count();
    }
    if (!chunks.isEmpty()) {
      write(chunks, minutes);
    }
  }

  /** Writes minutes in as few pieces as may be, under the places of chunks or pieces. */
  private void write(List<Chunk> places, Stretches minutes) throws SQLException {
    Stretches sorted = minutes.sorted();
    int wanted = 1 + (sorted.size() - 1) / Rollup.MOST_WINDOWS;
    int pieces = Math.min(wanted, places.size());
    long oldest = places.stream().mapToLong(Chunk::oldest).min().orElseThrow();
    long seal = places.stream().mapToLong(Chunk::seal).max().orElseThrow();
    for (int i = 0; i < pieces; i++) {
      rollups.write(
          places.get(i).id(),
          oldest,
          seal,
          sorted,
          (int) ((long) sorted.size() * i / pieces),
          (int) ((long) sorted.size() * (i + 1) / pieces));
    }
  }
}
