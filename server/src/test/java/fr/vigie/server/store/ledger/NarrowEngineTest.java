package fr.vigie.server.store.ledger;

import static fr.vigie.server.store.Batches.MONDAY;

import fr.vigie.server.store.Marked;
import fr.vigie.server.store.StoreContract;
import fr.vigie.server.store.sqlite.Bounds;
import fr.vigie.signal.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract with a database that knows only milliseconds, keeps a hundred days, loses what it
 * was last told when the ledger is opened again, and is given two lanes.
 */
class NarrowEngineTest extends StoreContract {
  @TempDir Path folder = Path.of("");

  private final AtomicLong time = new AtomicLong();
  private final MemoryEngine engine =
      new MemoryEngine(
          1_000_000,
          Duration.ofSeconds(15),
          new Bounds(Bounds.nanos(MONDAY), Bounds.nanos(MONDAY.plus(Duration.ofDays(100)))));
  private Map<List<Object>, NavigableMap<Long, Sample>> disk = engine.disk();

  @Override
  protected Marked open() throws IOException {
    return LedgerStore.open(
        folder,
        texts -> engine,
        new LedgerStore.Settings(2, 16 << 20),
        InstantSource.fixed(Instant.EPOCH),
        time::get);
  }

  @Override
  protected void settle() throws IOException {
    time.addAndGet(Duration.ofSeconds(8).toNanos());
    ((LedgerStore) store).reach();
    store.close();
    engine.crash(disk);
    store = open();
    ((LedgerStore) store).reach();
    disk = engine.disk();
  }
}
