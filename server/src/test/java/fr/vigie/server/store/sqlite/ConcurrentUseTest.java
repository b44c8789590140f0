package fr.vigie.server.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.column.Column;
import fr.vigie.server.store.Batches;
import fr.vigie.server.store.IncomingBatch.Source;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.Store.Window;
import fr.vigie.signal.Quality;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several writers and readers, while heads are sealed and chunks are merged all the time. */
class ConcurrentUseTest {
  private static final int WRITERS = 4;
  private static final int READERS = 3;
  private static final int BATCHES = 300;
  private static final int SAMPLES = 20;
  private static final long MONTH = Duration.ofDays(31).toNanos();
  private static final Span ALWAYS =
      new Span(Batches.MONDAY, Batches.MONDAY.plus(Duration.ofDays(100)));
  private static final SqliteStore.Settings SEALS_OFTEN =
      new SqliteStore.Settings(20_000, Duration.ofHours(1), 100);

  @TempDir Path folder = Path.of("");
  private final AtomicIntegerArray returned = new AtomicIntegerArray(WRITERS);
  private final AtomicInteger writing = new AtomicInteger(WRITERS);

  @Test
  void aReadSeesEveryWriteThatReturnedAndNoneTwice()
      throws IOException, InterruptedException, ExecutionException {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS + READERS + 1);
    InstantSource afterAllMonths = () -> ALWAYS.end().plus(Duration.ofDays(40));
    try (SqliteStore store = SqliteStore.open(folder, SEALS_OFTEN, afterAllMonths)) {
      List<Future<?>> work = new ArrayList<>();
      work.add(threads.submit(() -> tidy(store)));
      for (int i = 0; i < WRITERS; i++) {
        int writer = i;
        Random random = new Random(seed + i);
        work.add(threads.submit(() -> write(store, writer, random)));
      }
      for (int i = 0; i < READERS; i++) {
        Random random = new Random(seed - 1 - i);
        work.add(threads.submit(() -> read(store, random, seed)));
      }
      for (Future<?> part : work) {
        part.get();
      }
      for (int writer = 0; writer < WRITERS; writer++) {
        assertThat(store.count(series(writer), ALWAYS)).isEqualTo(BATCHES * SAMPLES);
      }
    } finally {
      threads.shutdownNow();
    }
    try (SqliteStore store = Folders.open(folder)) {
      for (int writer = 0; writer < WRITERS; writer++) {
        assertComplete(store.range(series(writer), ALWAYS), BATCHES, seed);
      }
    }
  }

  private Void write(SqliteStore store, int writer, Random random) throws IOException {
    try {
      for (int sequence = 1; sequence <= BATCHES; sequence++) {
        Column.Builder samples = Column.numbers();
        long start = Nanos.of(Batches.MONDAY) + random.nextInt(3) * MONTH + sequence * 1000L;
        for (int i = 0; i < SAMPLES; i++) {
          samples.add(start + i, (sequence - 1) * SAMPLES + i, Quality.GOOD);
        }
        store.write(
            List.of(
                Batches.of(new Source("lyon", "board-" + writer), 1)
                    .sequence(sequence)
                    .with(series(writer), samples.build())
                    .build()));
        returned.set(writer, sequence);
      }
    } finally {
      writing.decrementAndGet();
    }
    return null;
  }

  private Void tidy(SqliteStore store) throws IOException {
    while (writing.get() > 0) {
      store.tidy();
    }
    return null;
  }

  private Void read(SqliteStore store, Random random, long seed) throws IOException {
    while (writing.get() > 0) {
      int writer = random.nextInt(WRITERS);
      int batches = returned.get(writer);
      switch (random.nextInt(4)) {
        case 0 -> assertComplete(store.range(series(writer), ALWAYS), batches, seed);
        case 1 ->
            assertThat(store.count(series(writer), ALWAYS))
                .as("seed %d", seed)
                .isBetween((long) batches * SAMPLES, (long) BATCHES * SAMPLES);
        case 2 -> {
          long counted = 0;
          double sum = 0;
          for (Window window : store.windows(series(writer), ALWAYS, Duration.ofDays(5))) {
            counted += window.count();
            sum += window.sum();
          }
          assertThat(counted).as("seed %d", seed).isGreaterThanOrEqualTo((long) batches * SAMPLES);
          assertThat(sum).as("seed %d", seed).isEqualTo(counted * (counted - 1) / 2.0);
        }
        default ->
            assertThat(store.asOf(series(writer), ALWAYS.end()).isPresent())
                .as("seed %d", seed)
                .isIn(true, batches > 0);
      }
    }
    return null;
  }

  private static void assertComplete(Column range, int batches, long seed) {
    boolean[] seen = new boolean[BATCHES * SAMPLES];
    for (int i = 0; i < range.size(); i++) {
      int value = (int) range.number(i);
      assertThat(seen[value]).as("seed %d: value %d seen before", seed, value).isFalse();
      seen[value] = true;
    }
    for (int value = 0; value < batches * SAMPLES; value++) {
      assertThat(seen[value]).as("seed %d: value %d", seed, value).isTrue();
    }
    assertThat(range.size() % SAMPLES).as("seed %d: whole batches", seed).isZero();
  }

  private static Series series(int writer) {
    return new Series("lyon", "machine-" + writer, "count");
  }
}
