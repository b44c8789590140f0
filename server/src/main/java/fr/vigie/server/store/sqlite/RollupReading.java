package fr.vigie.server.store.sqlite;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The roll-ups of one series in one monthly file. Its numbers are rolled up by minutes, in pieces
 * in the order of their arrival; a piece with many windows also stands there by quarters and by
 * hours, under the same place.
 */
final class RollupReading {
  private final MonthFile file;
  private final MonthReader reader;
  private final int series;
  private final long throughSeal;
  private boolean damaged;

  RollupReading(MonthFile file, MonthReader reader, int series, long throughSeal) {
    this.file = file;
    this.reader = reader;
    this.series = series;
    this.throughSeal = throughSeal;
  }

  /**
   * Windows of a level that share time with bounds; empty when chunks have to answer, because they
   * know more.
   */
  Optional<List<Rollup>> pieces(Level level, Bounds bounds) throws IOException {
    if (reader.isUnrolled(series)) {
      return Optional.empty();
    }
    List<Rollup> pieces = new ArrayList<>();
    Map<Long, Chunk> wide = level == Level.MINUTE ? Map.of() : heads(level);
    for (Chunk minutes : heads(Level.MINUTE).values()) {
      Chunk head = wide.getOrDefault(minutes.place(), minutes);
      long width = (head == minutes ? Level.MINUTE : level).width();
      if (head.first() * width < bounds.to() && (head.last() + 1) * width > bounds.from()) {
        read(head).ifPresent(pieces::add);
      }
    }
    return damaged && !reader.isDropped(series) ? Optional.empty() : Optional.of(pieces);
  }

  /** The heads of all pieces, by place. */
  Map<Long, Chunk> heads(Level level) throws IOException {
    Map<Long, Chunk> heads = new TreeMap<>();
    for (Map.Entry<Long, byte[]> entry : reader.rollupHeads(series, level).entrySet()) {
      Optional<Chunk> head = Chunk.of(entry.getKey(), entry.getValue());
      if (head.isEmpty()) {
        report(entry.getKey(), "its head does not match its checksum");
      } else if (head.get().isIn(throughSeal)) {
        heads.put(head.get().place(), head.get());
      }
    }
    return heads;
  }

  Optional<Rollup> read(Chunk head) throws IOException {
    Optional<byte[]> data = reader.rollupData(head.id());
    Optional<Rollup> rollup = data.flatMap(bytes -> Rollup.of(head, bytes));
    if (data.isPresent() && rollup.isEmpty()) {
      report(head.id(), "its windows are damaged");
    }
    return rollup;
  }

  /** Whether a piece could not be read. */
  boolean foundDamage() {
    return damaged;
  }

  private void report(long id, String why) {
    damaged = true;
    file.damagedRollup(series, id, why);
  }
}
