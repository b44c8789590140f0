package fr.vigie.server.store.sqlite;

import fr.vigie.server.store.Marked;
import fr.vigie.server.store.StoreContract;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

/** The contract, with seals now and then. */
class SqliteStoreTest extends StoreContract {
  @TempDir Path folder = Path.of("");

  @Override
  protected Marked open() throws IOException {
    return SqliteStore.open(folder, SqliteStore.Settings.DEFAULT, InstantSource.system());
  }

  @Override
  protected void settle() throws IOException {
    ((SqliteStore) store).seal();
  }
}
