package fr.vigie.server.store.influx;

import static fr.vigie.server.store.Batches.SPEED;
import static fr.vigie.server.store.Batches.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.server.store.ledger.LedgerStore;
import fr.vigie.server.store.lines.Address;
import fr.vigie.server.store.lines.RealServer;
import fr.vigie.signal.Sample;
import fr.vigie.time.Span;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that asks for names, and keeps only a month. */
class InfluxAccessIT {
  private static final Span ALWAYS = new Span(Instant.MIN, Instant.MAX);

  @TempDir Path folder;

  @Test
  void aUserWithoutOtherRightsWritesThereAndWhatIsTooOldIsKeptBeside() throws IOException {
    try (RealServer server =
        RealServer.influx(Files.createDirectory(folder.resolve("influx")), true)) {
      tell(server, "CREATE USER root WITH PASSWORD 'root' WITH ALL PRIVILEGES");
      tell(server, "CREATE DATABASE brief WITH DURATION 30d");
      tell(server, "CREATE USER vigie WITH PASSWORD 'right'");
      tell(server, "GRANT ALL ON brief TO vigie");
      String[] password = {"wrong"};
      Address address = new Address(server.address(), "brief", "vigie", () -> password[0]);
      Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      Sample old = Sample.good(now.minus(400, ChronoUnit.DAYS), 1);
      Sample fresh = Sample.good(now, 2);
      try (LedgerStore store = open(address)) {
        assertThatThrownBy(store::reach).hasMessageContaining("vigie.store-password-file");
        password[0] = "right";
        assertThat(store.write(List.of(batch().numbers(SPEED, old, fresh).build()))).isOne();
        assertThat(store.range(SPEED, ALWAYS)).containsExactly(old, fresh);
      }
      try (LedgerStore store = open(address)) {
        store.reach();
        assertThat(store.range(SPEED, ALWAYS)).containsExactly(old, fresh);
        assertThat(store.asOf(SPEED, now.minusMillis(1))).contains(old);
      }
    }
  }

  private LedgerStore open(Address address) throws IOException {
    return LedgerStore.open(
        folder.resolve("ledger"),
        texts -> new InfluxEngine(address, InstantSource.system()),
        LedgerStore.Settings.DEFAULT,
        InstantSource.system(),
        System::nanoTime);
  }

  private static void tell(RealServer server, String command) throws IOException {
    server.get("/query?u=root&p=root&q=" + URLEncoder.encode(command, StandardCharsets.UTF_8));
  }
}
