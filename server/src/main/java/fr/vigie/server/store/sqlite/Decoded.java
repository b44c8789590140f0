package fr.vigie.server.store.sqlite;

import fr.vigie.column.Column;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The samples of the chunks that were asked for last. One question about a span asks for the same
 * few chunks again and again: what was in force at its start, how many samples there are, and then
 * all of them. Safe for use by several threads.
 */
final class Decoded {
  /** About 4 MB. */
  private static final int MOST_SAMPLES = 200_000;

  private final Map<Key, Column> columns = new LinkedHashMap<>(64, 0.75f, true);
  private int samples;

  /** A chunk is never changed; one that replaces it has another seal or another count. */
  private record Key(Month month, Chunk chunk) {}

  synchronized Optional<Column> find(Month month, Chunk chunk) {
    return Optional.ofNullable(columns.get(new Key(month, chunk)));
  }

  synchronized void keep(Month month, Chunk chunk, Column column) {
    Column before = columns.put(new Key(month, chunk), column);
    samples += column.size() - (before == null ? 0 : before.size());
    Iterator<Column> oldest = columns.values().iterator();
    while (samples > MOST_SAMPLES) {
      samples -= oldest.next().size();
      oldest.remove();
    }
  }
}
