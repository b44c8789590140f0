package fr.vigie.server.store.lines;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.column.Column;
import fr.vigie.server.store.Batches;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.IncomingBatch.Source;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.influx.InfluxEngine;
import fr.vigie.server.store.ledger.Engine;
import fr.vigie.server.store.ledger.LedgerStore;
import fr.vigie.server.store.victoria.VictoriaEngine;
import fr.vigie.signal.Quality;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a real database under load, and asks it alone, without the ledger's help, what it has. */
class KilledDatabaseIT {
  private static final int KILLS = 2;
  private static final int SAMPLES = 200;
  private static final Series COUNT = new Series("lyon", "press", "count");
  private static final Source AGENT = new Source("lyon", "board");
  private static final Span ALWAYS = new Span(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"));

  @TempDir Path folder;

  @Test
  void influxKeepsWhatWasAcknowledgedThroughKills() throws IOException {
    try (RealServer server = RealServer.influx(Files.createDirectory(folder.resolve("influx")))) {
      killAndCount(
          server,
          texts ->
              new InfluxEngine(Address.open(server.address(), "kills"), InstantSource.system()));
    }
  }

  @Test
  void victoriaKeepsWhatWasAcknowledgedThroughKills() throws IOException {
    try (RealServer server =
        RealServer.victoria(Files.createDirectory(folder.resolve("victoria")))) {
      killAndCount(
          server,
          texts ->
              new VictoriaEngine(
                  Address.open(server.address(), "kills"), texts, InstantSource.system()));
    }
  }

  private void killAndCount(RealServer server, Engine.Maker maker) throws IOException {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    long sequence = 0;
    long refused = 0;
    try (LedgerStore store = open(maker)) {
      for (int kill = 0; kill < KILLS; kill++) {
        Thread killer = killer(server, 200 + random.nextInt(1500));
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
            killer.isAlive() || System.nanoTime() < end; ) {
          if (isTaken(store, batch(sequence + 1))) {
            sequence++;
          } else {
            refused++;
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
          }
        }
      }
      settle(store);
      assertThat(store.highWater(AGENT, 1)).isEqualTo(sequence);
      System.out.printf("%d batches taken, %d times refused%n", sequence, refused);
    }
    try (LedgerStore store = open(maker)) {
      Column found = store.range(COUNT, ALWAYS);
      double[] values = IntStream.range(0, found.size()).mapToDouble(found::number).toArray();
      double[] wanted = LongStream.rangeClosed(1, sequence * SAMPLES).mapToDouble(n -> n).toArray();
      assertThat(values).as("seed %d", seed).containsExactly(wanted);
    }
  }

  private static Thread killer(RealServer server, int millis) {
    Thread killer =
        new Thread(
            () -> {
              LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
              server.kill();
              try {
                server.restart();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    killer.start();
    return killer;
  }

  /** Waits until nothing is held any more. */
  private static void settle(LedgerStore store) throws IOException {
    for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        store.heldBytes() > 0 && System.nanoTime() < end; ) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
      store.reach();
    }
    assertThat(store.heldBytes()).isZero();
  }

  private static boolean isTaken(LedgerStore store, IncomingBatch batch) {
    try {
      return store.write(List.of(batch)) == 1;
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("does not answer");
      return false;
    }
  }

  private static IncomingBatch batch(long sequence) {
    Column.Builder samples = Column.numbers();
    long first = (sequence - 1) * SAMPLES;
    for (int i = 0; i < SAMPLES; i++) {
      long nanos = Nanos.of(Batches.MONDAY) + (first + i) * 1_000_000;
      samples.add(nanos, first + i + 1, Quality.GOOD);
    }
    return Batches.of(AGENT, 1).sequence(sequence).with(COUNT, samples.build()).build();
  }

  private LedgerStore open(Engine.Maker maker) throws IOException {
    return LedgerStore.open(
        folder.resolve("ledger"),
        maker,
        LedgerStore.Settings.DEFAULT,
        InstantSource.system(),
        System::nanoTime);
  }
}
