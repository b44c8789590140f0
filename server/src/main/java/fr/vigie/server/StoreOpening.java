package fr.vigie.server;

import fr.vigie.server.settings.StoreChoice;
import fr.vigie.server.store.Marked;
import fr.vigie.server.store.influx.InfluxEngine;
import fr.vigie.server.store.ledger.Engine;
import fr.vigie.server.store.ledger.LedgerStore;
import fr.vigie.server.store.lines.Address;
import fr.vigie.server.store.sqlite.SqliteStore;
import fr.vigie.server.store.victoria.VictoriaEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** Opens the store of a choice, in its place in the data folder. */
final class StoreOpening {
  private static final long LARGEST_HEAD = 48L << 20;

  private StoreOpening() {}

  /** Where a store lies, or what a database of its own cannot hold. */
  static Path folder(StoreChoice choice, Path data) {
    return data.resolve(
        choice instanceof StoreChoice.Database database ? "store-" + database.product() : "store");
  }

  /**
   * A database of its own is not asked for anything yet.
   *
   * @throws IOException when what lies in the data folder cannot be opened
   */
  static Marked open(StoreChoice choice, Path data, InstantSource clock) throws IOException {
    if (choice instanceof StoreChoice.Database database) {
      return open(database, data, clock);
    }
    long head = Math.min(LARGEST_HEAD, Runtime.getRuntime().maxMemory() / 12);
    SqliteStore.Settings usual = SqliteStore.Settings.DEFAULT;
    return SqliteStore.open(
        folder(choice, data),
        new SqliteStore.Settings(head, usual.headAge(), usual.chunkSamples()),
        clock);
  }

  private static Marked open(StoreChoice.Database choice, Path data, InstantSource clock)
      throws IOException {
    Address address =
        new Address(
            choice.url(), choice.database(), choice.user(), () -> firstLine(choice.passwordFile()));
    Engine.Maker maker =
        switch (choice.product()) {
          case INFLUX -> texts -> new InfluxEngine(address, clock);
          case VICTORIA -> texts -> new VictoriaEngine(address, texts, clock);
        };
    return LedgerStore.open(
        folder(choice, data),
        maker,
        new LedgerStore.Settings(
            LedgerStore.Settings.DEFAULT.lanes(),
            Math.min(
                LedgerStore.Settings.DEFAULT.heldBytes(), Runtime.getRuntime().maxMemory() / 6)),
        clock,
        System::nanoTime);
  }

  static String firstLine(Optional<Path> file) throws IOException {
    if (file.isEmpty()) {
      return "";
    }
    try (var lines = Files.lines(file.get())) {
      return lines.findFirst().orElse("");
    }
  }
}
