package fr.vigie.server.store.sqlite;

import fr.vigie.server.store.Marked;
import fr.vigie.server.store.StoreContract;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

/** The contract with tiny chunks that are merged now and then, long after their months. */
class SqliteStoreCompactedTest extends StoreContract {
  private static final SqliteStore.Settings TINY =
      new SqliteStore.Settings(3000, Duration.ofHours(1), 7);

  @TempDir Path folder = Path.of("");

  @Override
  protected Marked open() throws IOException {
    return SqliteStore.open(folder, TINY, ALWAYS::end);
  }

  @Override
  protected void settle() throws IOException {
    Folders.tidy((SqliteStore) store);
  }
}
