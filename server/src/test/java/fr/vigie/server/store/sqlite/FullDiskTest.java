package fr.vigie.server.store.sqlite;

import static fr.vigie.server.store.Batches.AGENT;
import static fr.vigie.server.store.Batches.SPEED;
import static fr.vigie.server.store.Batches.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import fr.vigie.column.Column;
import fr.vigie.server.store.Batches;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.signal.Quality;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a disk of a few megabytes that really is full; needs the right to mount one. */
class FullDiskTest {
  private static final int SAMPLES = 2000;
  private static final Span ALWAYS =
      new Span(Batches.MONDAY, Batches.MONDAY.plus(Duration.ofDays(1000)));
  private static final SqliteStore.Settings SEALS_OFTEN =
      new SqliteStore.Settings(300_000, Duration.ofHours(1), 1000);

  @TempDir Path disk = Path.of("");
  private boolean mounted;

  @BeforeEach
  void mount() throws IOException, InterruptedException {
    mounted = run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk.toString());
    assumeThat(mounted).as("may mount a tmpfs of 6 MB").isTrue();
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    if (mounted) {
      run("umount", disk.toString());
    }
  }

  @Test
  void aFullDiskRefusesWholeBatchesAndRecoversWithoutARestart() throws IOException {
    Path ballast = Files.write(disk.resolve("ballast"), new byte[3 << 20]);
    long stored = 0;
    try (SqliteStore store =
        SqliteStore.open(disk.resolve("data"), SEALS_OFTEN, InstantSource.system())) {
      String refusal = "";
      while (refusal.isEmpty() && stored < 1000) {
        try {
          store.write(List.of(noise(stored + 1)));
          stored++;
        } catch (IOException e) {
          refusal = String.valueOf(e.getMessage());
        }
      }
      assertThat(refusal).contains("no space left");
      assertWhole(store, stored);
      for (int again = 0; again < 3; again++) {
        try {
          stored += store.write(List.of(noise(stored + 1)));
        } catch (IOException e) {
          assertThat(e).hasMessageContaining("no space left");
        }
        assertWhole(store, stored);
      }

      Files.delete(ballast);

      assertThat(store.write(List.of(noise(stored + 1)))).isOne();
      stored++;
      store.seal();
      assertWhole(store, stored);
    }
    try (SqliteStore store = Folders.open(disk.resolve("data"))) {
      assertWhole(store, stored);
      assertThat(store.damaged()).isZero();
    }
  }

  private static void assertWhole(SqliteStore store, long batches) throws IOException {
    assertThat(store.count(SPEED, ALWAYS)).isEqualTo(batches * SAMPLES);
    assertThat(store.range(SPEED, ALWAYS)).hasSize((int) batches * SAMPLES);
    assertThat(store.highWater(AGENT, 7)).isEqualTo(batches);
  }

  private static IncomingBatch noise(long sequence) {
    Random random = new Random(sequence);
    Column.Builder samples = Column.numbers();
    long start = Nanos.of(Batches.MONDAY) + sequence * SAMPLES * 1_000_000_000L;
    for (int i = 0; i < SAMPLES; i++) {
      samples.add(start + i * 1_000_000_000L, random.nextGaussian(), Quality.GOOD);
    }
    return batch().sequence(sequence).with(SPEED, samples.build()).build();
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
