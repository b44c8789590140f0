package fr.vigie.server.store.ledger;

import fr.vigie.server.store.Marked;
import fr.vigie.server.store.StoreContract;
import fr.vigie.server.store.sqlite.Bounds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.io.TempDir;

/** The contract with a database that knows nanoseconds, and time that passes now and then. */
class LedgerStoreTest extends StoreContract {
  @TempDir Path folder = Path.of("");

  private final AtomicLong time = new AtomicLong();
  private final MemoryEngine engine =
      new MemoryEngine(1, Duration.ZERO, new Bounds(Long.MIN_VALUE, Long.MAX_VALUE));

  @Override
  protected Marked open() throws IOException {
    return LedgerStore.open(
        folder,
        texts -> engine,
        LedgerStore.Settings.DEFAULT,
        InstantSource.fixed(Instant.EPOCH),
        time::get);
  }

  @Override
  protected void settle() throws IOException {
    time.addAndGet(Duration.ofSeconds(20).toNanos());
    ((LedgerStore) store).reach();
  }
}
