package fr.vigie.server.store.sqlite;

import fr.vigie.server.store.Marked;
import fr.vigie.server.store.StoreContract;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

/** The contract with tiny chunks, a head that is always too large, and restarts now and then. */
class SqliteStoreReopenedTest extends StoreContract {
  private static final SqliteStore.Settings TINY =
      new SqliteStore.Settings(3000, Duration.ofHours(1), 7);

  @TempDir Path folder = Path.of("");

  @Override
  protected Marked open() throws IOException {
    return SqliteStore.open(folder, TINY, InstantSource.system());
  }

  @Override
  protected void settle() throws IOException {
    store.close();
    store = open();
  }
}
