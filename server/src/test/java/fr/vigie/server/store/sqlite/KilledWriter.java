package fr.vigie.server.store.sqlite;

import fr.vigie.column.Column;
import fr.vigie.server.store.Batches;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.IncomingBatch.Source;
import fr.vigie.server.store.Series;
import fr.vigie.signal.Quality;
import fr.vigie.time.Nanos;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A process of its own that writes as fast as it can and tells on its output what was acknowledged,
 * until it is killed.
 */
public final class KilledWriter {
  static final int AGENTS = 4;
  static final int SAMPLES = 50;
  private static final long MONTH = Duration.ofDays(31).toNanos();
  private static final SqliteStore.Settings SEALS_OFTEN =
      new SqliteStore.Settings(200_000, Duration.ofHours(1), 1000);

  private KilledWriter() {}

  public static void main(String[] args) throws IOException {
    SqliteStore store = SqliteStore.open(Path.of(args[0]), SEALS_OFTEN, InstantSource.system());
    long epoch = Long.parseLong(args[1]);
    for (int agent = 0; agent < AGENTS; agent++) {
      int number = agent;
      new Thread(() -> write(store, number, epoch)).start();
    }
  }

  static Series series(int agent) {
    return new Series("lyon", "machine-" + agent, "count");
  }

  /** Every sample of an agent's batch has a value that no other has. */
  static double value(long epoch, long sequence, int sample) {
    return epoch * 1e9 + sequence * SAMPLES + sample;
  }

  private static void write(SqliteStore store, int agent, long epoch) {
    RandomGenerator random = RandomGenerator.of("SplittableRandom");
    for (long sequence = 1; ; sequence++) {
      Column.Builder samples = Column.numbers();
      long start = Nanos.of(Batches.MONDAY) + random.nextInt(3) * MONTH;
      for (int i = 0; i < SAMPLES; i++) {
        samples.add(start + sequence * 1000 + i, value(epoch, sequence, i), Quality.GOOD);
      }
      IncomingBatch batch =
          Batches.of(new Source("lyon", "board-" + agent), epoch)
              .sequence(sequence)
              .with(series(agent), samples.build())
              .build();
      try {
        store.write(List.of(batch));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      System.out.println(agent + " " + sequence);
    }
  }
}
