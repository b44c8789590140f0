package fr.vigie.server.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.column.Column;
import fr.vigie.server.store.Batches;
import fr.vigie.server.store.IncomingBatch.Source;
import fr.vigie.time.Span;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a writing process, again and again, and counts. */
class KilledWriterIT {
  private static final int KILLS = 7;

  @TempDir Path folder = Path.of("");

  @Test
  void nothingAcknowledgedIsLostOrDoubledByAKill() throws IOException, InterruptedException {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    long[][] acknowledged = new long[KILLS + 1][KilledWriter.AGENTS];
    for (int epoch = 1; epoch <= KILLS; epoch++) {
      writeAndKill(epoch, 200 + random.nextInt(3000), acknowledged[epoch]);
      try (SqliteStore store = Folders.open(folder)) {
        assertThat(store.damaged()).isZero();
        for (int agent = 0; agent < KilledWriter.AGENTS; agent++) {
          check(store, agent, epoch, acknowledged, seed);
        }
      }
    }
  }

  private void writeAndKill(int epoch, int lines, long[] acknowledged)
      throws IOException, InterruptedException {
    Process writer =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    KilledWriter.class.getName(),
                    folder.toString(),
                    String.valueOf(epoch)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = writer.inputReader()) {
      int read = 0;
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.matches("\\d \\d+")) {
          String[] words = line.split(" ");
          acknowledged[Integer.parseInt(words[0])] = Long.parseLong(words[1]);
        }
        if (++read == lines) {
          writer.toHandle().destroyForcibly();
        }
      }
      assertThat(read).as("lines of the writer").isGreaterThanOrEqualTo(lines);
    } finally {
      writer.destroyForcibly().waitFor();
    }
  }

  private static void check(
      SqliteStore store, int agent, int epochs, long[][] acknowledged, long seed)
      throws IOException {
    Column range =
        store.range(
            KilledWriter.series(agent),
            new Span(Batches.MONDAY, Batches.MONDAY.plus(Duration.ofDays(100))));
    Set<Double> values = new HashSet<>();
    for (int i = 0; i < range.size(); i++) {
      assertThat(values.add(range.number(i))).as("seed %d: stored once", seed).isTrue();
    }
    long batches = 0;
    for (int epoch = 1; epoch <= epochs; epoch++) {
      long high = store.highWater(new Source("lyon", "board-" + agent), epoch);
      assertThat(high).as("seed %d", seed).isGreaterThanOrEqualTo(acknowledged[epoch][agent]);
      for (long sequence = 1; sequence <= high; sequence++) {
        for (int i = 0; i < KilledWriter.SAMPLES; i++) {
          assertThat(values.contains(KilledWriter.value(epoch, sequence, i)))
              .as("seed %d: epoch %d, sequence %d", seed, epoch, sequence)
              .isTrue();
        }
      }
      batches += high;
    }
    assertThat(values).as("seed %d", seed).hasSize((int) batches * KilledWriter.SAMPLES);
  }
}
