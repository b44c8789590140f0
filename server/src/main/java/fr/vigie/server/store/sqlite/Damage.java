package fr.vigie.server.store.sqlite;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once, and counts, what could not be read back. */
public final class Damage {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteStore.class);
  private static final int REMEMBERED = 100_000;

  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final Set<Chunk> chunks = ConcurrentHashMap.newKeySet();
  private final AtomicLong count = new AtomicLong();

  public void report(String where, String why) {
    if (seen.size() < REMEMBERED && seen.add(where)) {
      count.incrementAndGet();
      LOG.error("{} is damaged and left out of every answer: {}", where, why);
    }
  }

  /** Also remembers when the samples of a chunk were. */
  void report(String where, Chunk chunk, String why) {
    report(where, why);
    if (chunks.size() < REMEMBERED) {
      chunks.add(chunk);
    }
  }

  Set<Chunk> chunks() {
    return Set.copyOf(chunks);
  }

  public long count() {
    return count.get();
  }
}
