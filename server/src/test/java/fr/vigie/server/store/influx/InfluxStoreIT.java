package fr.vigie.server.store.influx;

import fr.vigie.server.store.Marked;
import fr.vigie.server.store.StoreContract;
import fr.vigie.server.store.ledger.LedgerStore;
import fr.vigie.server.store.lines.Address;
import fr.vigie.server.store.lines.RealServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a real database; time passes and the ledger is opened again now and then. */
class InfluxStoreIT extends StoreContract {
  @TempDir static Path data = Path.of("");
  private static RealServer server;
  private static int databases;

  @TempDir Path folder = Path.of("");
  private final AtomicLong time = new AtomicLong();
  private final int database = ++databases;

  @BeforeAll
  static void start() throws IOException {
    server = RealServer.influx(data);
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
        texts -> new InfluxEngine(address, InstantSource.system()),
        LedgerStore.Settings.DEFAULT,
        InstantSource.system(),
        time::get);
  }

  @Override
  protected void settle() throws IOException {
    time.addAndGet(Duration.ofSeconds(20).toNanos());
    ((LedgerStore) store).reach();
    store.close();
    store = open();
  }
}
