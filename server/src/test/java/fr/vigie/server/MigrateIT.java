package fr.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.vigie.column.Column;
import fr.vigie.server.store.Batches;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.lines.RealServer;
import fr.vigie.server.store.sqlite.SqliteStore;
import fr.vigie.signal.Quality;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command in processes of its own, with real databases, killed in the midst of its work. */
class MigrateIT {
  private static final int SERIES = 12;
  private static final Span ALWAYS = new Span(Instant.MIN, Instant.MAX);

  @TempDir Path folder;

  @Test
  void samplesGoFromSqliteToInfluxToVictoriaAndBack() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    fill(data.resolve("store"));
    try (RealServer influx = RealServer.influx(Files.createDirectory(folder.resolve("influx")));
        RealServer victoria =
            RealServer.victoria(Files.createDirectory(folder.resolve("victoria")))) {
      String toInflux = "influx=" + influx.address() + "/vigie";
      String toVictoria = "victoria=" + victoria.address() + "/vigie";
      try (ServerProcess command = migrate(data, "sqlite", toInflux)) {
        Path plan = data.resolve("migration-sqlite-influx.plan");
        await()
            .atMost(Duration.ofSeconds(60))
            .pollInterval(Duration.ofMillis(5))
            .until(() -> Files.exists(plan) || !command.isRunning());
        command.kill();
        command.exitCode();
        assertThat(plan).as("what was killed was not done").exists();
      }
      complete(data, "sqlite", toInflux);
      complete(data, toInflux, toVictoria);
      Files.move(data.resolve("store"), folder.resolve("first"));
      complete(data, toVictoria, "sqlite");
    }
    try (SqliteStore first = open(folder.resolve("first"));
        SqliteStore last = open(data.resolve("store"))) {
      assertThat(last.series()).isEqualTo(first.series()).hasSize(SERIES);
      for (Series series : first.series()) {
        assertThat(last.range(series, ALWAYS)).isEqualTo(first.range(series, ALWAYS));
      }
      assertThat(last.highWater(Batches.AGENT, 7)).isEqualTo(SERIES);
    }
  }

  private void complete(Path data, String from, String to) throws Exception {
    try (ServerProcess command = migrate(data, from, to)) {
      int code = command.exitCode();
      assertThat(command.output()).contains("all the same").doesNotContain("\tat ");
      assertThat(code).isZero();
    }
  }

  private ServerProcess migrate(Path data, String from, String to) throws IOException {
    return new ServerProcess(
        folder.resolve("log"), "migrate", "--data", data.toString(), "--from", from, "--to", to);
  }

  private static void fill(Path store) throws IOException {
    Random random = new Random(1);
    try (SqliteStore filled = open(store)) {
      for (int number = 1; number <= SERIES; number++) {
        Series series = new Series("lyon", "press", "s-" + number);
        boolean text = number % 3 == 0;
        Column.Builder samples = text ? Column.texts() : Column.numbers();
        long nanos = Nanos.of(Batches.MONDAY);
        for (int i = 0; i < 10_000; i++) {
          nanos += random.nextInt(100) * 7_777_777L;
          if (text) {
            samples.add(nanos, "S" + random.nextInt(5), Quality.GOOD);
          } else {
            samples.add(nanos, random.nextGaussian(), Quality.values()[random.nextInt(4)]);
          }
        }
        IncomingBatch batch =
            Batches.batch().sequence(number).with(series, samples.build()).build();
        filled.write(List.of(batch));
      }
    }
  }

  private static SqliteStore open(Path path) throws IOException {
    return SqliteStore.open(path, SqliteStore.Settings.DEFAULT, InstantSource.system());
  }
}
