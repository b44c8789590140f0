package fr.vigie.server.store.victoria;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.column.Column;
import fr.vigie.server.store.Batches;
import fr.vigie.server.store.Marked;
import fr.vigie.server.store.StoreContract;
import fr.vigie.server.store.ledger.LedgerStore;
import fr.vigie.server.store.lines.Address;
import fr.vigie.server.store.lines.RealServer;
import fr.vigie.signal.Quality;
import fr.vigie.time.Nanos;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract on a real database; now and then both it and the ledger are stopped in order and
 * started again. Only so does it show at once what it took, which else takes it some seconds; the
 * store waits for these, but the time of this test is not real.
 */
class VictoriaStoreIT extends StoreContract {
  @TempDir static Path data = Path.of("");
  private static RealServer server;
  private static int databases;

  @TempDir Path folder = Path.of("");
  private final AtomicLong time = new AtomicLong();
  private final int database = ++databases;

  @BeforeAll
  static void start() throws IOException {
    server = RealServer.victoria(data);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  protected Marked open() throws IOException {
    Address address = Address.open(server.address(), "trial" + database);
    return LedgerStore.open(
        folder,
        texts -> new VictoriaEngine(address, texts, InstantSource.system()),
        LedgerStore.Settings.DEFAULT,
        InstantSource.system(),
        time::get);
  }

  @Override
  protected void settle() throws IOException {
    ((LedgerStore) store).reach();
    store.close();
    server.restart();
    store = open();
    ((LedgerStore) store).reach();
    server.get("/internal/force_flush");
    time.addAndGet(Duration.ofSeconds(20).toNanos());
    ((LedgerStore) store).reach();
  }

  @Test
  void numbersOfEverySizeInOneSeriesComeBackToTheLastBit() throws IOException {
    long seed = seed();
    Random random = new Random(seed);
    Column.Builder numbers = Column.numbers();
    for (int i = 0; i < 20_000; i++) {
      double rough = random.nextGaussian() * Math.pow(10, random.nextInt(24) - 10);
      double number =
          switch (random.nextInt(4)) {
            case 0 -> Double.longBitsToDouble(random.nextLong() & ~(1L << 62));
            case 1 -> rough;
            case 2 -> Math.rint(rough * 1000) / 1000;
            default -> (float) rough;
          };
      numbers.add(Nanos.of(Batches.MONDAY) + i * 1_000_000L, number, Quality.GOOD);
    }
    Column wanted = numbers.build();
    write(Batches.batch().with(Batches.SPEED, wanted));
    settle();

    Column found = store.range(Batches.SPEED, ALWAYS);
    assertThat(found.size()).as("seed %d", seed).isEqualTo(wanted.size());
    for (int i = 0; i < wanted.size(); i++) {
      assertThat(Double.doubleToRawLongBits(found.number(i)))
          .as("seed %d: %s", seed, wanted.number(i))
          .isEqualTo(Double.doubleToRawLongBits(wanted.number(i)));
    }
  }
}
