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
  private final AtomicLong count = new AtomicLong();

  public void report(String where, String why) {
    if (seen.size() < REMEMBERED && seen.add(where)) {
      count.incrementAndGet();
      LOG.error("{} is damaged and left out of every answer: {}", where, why);
    }
  }

  public long count() {
    return count.get();
  }
}
