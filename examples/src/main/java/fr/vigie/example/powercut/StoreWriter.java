package fr.vigie.example.powercut;

import fr.vigie.column.Column;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.IncomingBatch.Source;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.sqlite.SqliteStore;
import fr.vigie.signal.Quality;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes batches whose every sample has a value and a time of its own to a store, over three months
 * and with many seals, and tells after each write which batch is stored.
 */
final class StoreWriter {
  private static final int AGENTS = 2;
  private static final int SAMPLES = 40;
  private static final long LIVES = 1000;
  private static final long LIFE = 1_000_000_000L;
  private static final long MONTH = Duration.ofDays(31).toNanos();
  private static final Instant START = Instant.parse("2026-11-23T06:00:00Z");
  private static final Span ALWAYS = new Span(START, START.plus(Duration.ofDays(100)));
  private static final SqliteStore.Settings SEALS_OFTEN =
      new SqliteStore.Settings(200_000, Duration.ofHours(1), 1000);

  private StoreWriter() {}

  public static void main(String[] arguments) throws IOException {
    SqliteStore store = open(Path.of(arguments[0]));
    long life = Long.parseLong(arguments[1]);
    for (int agent = 0; agent < AGENTS; agent++) {
      int number = agent;
      new Thread(() -> write(store, number, life), "agent-" + agent).start();
    }
  }

  private static void write(SqliteStore store, int agent, long life) {
    for (long sequence = 1; ; sequence++) {
      Column.Builder samples = Column.numbers();
      for (int i = 0; i < SAMPLES; i++) {
        samples.add(nanos(sequence, i), life * LIFE + sequence * SAMPLES + i, Quality.GOOD);
      }
      IncomingBatch.Part part = new IncomingBatch.Part(series(agent), samples.build());
      try {
        store.write(
            List.of(new IncomingBatch(source(agent), life, sequence, 0, List.of(part), List.of())));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      System.out.println(life + "/" + agent + " " + sequence);
    }
  }

  static Counts check(Path folder, Map<String, Long> told) throws IOException {
    Counts counts = Counts.NONE;
    try (SqliteStore store = open(folder)) {
      for (int agent = 0; agent < AGENTS; agent++) {
        counts = counts.plus(check(store, agent, told));
      }
    }
    return counts;
  }

  private static Counts check(SqliteStore store, int agent, Map<String, Long> told)
      throws IOException {
    Map<Long, BitSet> there = new HashMap<>();
    Map<Long, Long> high = new HashMap<>();
    for (long life = 1; life <= LIVES; life++) {
      high.put(life, store.highWater(source(agent), life));
    }
    long duplicated = 0;
    long foreign = 0;
    Column range = store.range(series(agent), ALWAYS);
    for (int i = 0; i < range.size(); i++) {
      long value = (long) range.number(i);
      long life = value / LIFE;
      int place = (int) (value % LIFE);
      BitSet seen = there.computeIfAbsent(life, key -> new BitSet());
      if (place / SAMPLES > high.getOrDefault(life, 0L)
          || range.nanos(i) != nanos(place / SAMPLES, place % SAMPLES)) {
        foreign++;
      } else if (seen.get(place)) {
        duplicated++;
      }
      seen.set(place);
    }
    long acknowledged = 0;
    long present = 0;
    long missing = 0;
    for (Map.Entry<String, Long> last : told.entrySet()) {
      String[] words = last.getKey().split("/");
      if (Integer.parseInt(words[1]) == agent) {
        long life = Long.parseLong(words[0]);
        BitSet seen = there.getOrDefault(life, new BitSet());
        int promised = (int) (last.getValue() * SAMPLES);
        acknowledged += promised;
        present += seen.get(SAMPLES, SAMPLES + promised).cardinality();
        missing +=
            Math.max(last.getValue(), high.getOrDefault(life, 0L)) * SAMPLES - seen.cardinality();
      }
    }
    return new Counts(0, acknowledged, present, missing, duplicated, foreign);
  }

  private static SqliteStore open(Path folder) throws IOException {
    return SqliteStore.open(folder, SEALS_OFTEN, InstantSource.system());
  }

  private static Source source(int agent) {
    return new Source("lyon", "board-" + agent);
  }

  private static Series series(int agent) {
    return new Series("lyon", "machine-" + agent, "count");
  }

  private static long nanos(long sequence, int sample) {
    return Nanos.of(START) + sequence % 3 * MONTH + sequence * 1000 + sample;
  }
}
