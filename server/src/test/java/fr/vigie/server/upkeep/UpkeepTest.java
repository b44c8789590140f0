package fr.vigie.server.upkeep;

import static fr.vigie.server.store.Batches.AGENT;
import static fr.vigie.server.store.Batches.SPEED;
import static fr.vigie.server.store.Batches.STATE;
import static fr.vigie.server.store.Batches.at;
import static fr.vigie.server.store.Batches.batch;
import static fr.vigie.server.store.Batches.number;
import static fr.vigie.server.store.Batches.text;
import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.server.settings.VigieSettings;
import fr.vigie.server.settings.VigieSettings.Keep;
import fr.vigie.server.settings.VigieSettings.Mqtt;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.sqlite.SqliteStore;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Signal;
import fr.vigie.time.Span;
import fr.vigie.wire.Birth;
import fr.vigie.wire.BirthCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the settings make of old samples. */
class UpkeepTest {
  private static final Span ALWAYS = new Span(at(-1e6), at(1e9));
  private static final Series UNKNOWN = new Series("lyon", "press", "unknown");

  @TempDir Path folder = Path.of("");
  private Instant now = Instant.parse("2026-12-15T00:00:00Z");

  @Test
  void gaugesGoWhenTheirTimeIsOverAndAllElseStays() throws IOException {
    try (SqliteStore store = store()) {
      Upkeep upkeep =
          upkeep(store, new Keep("2 months", "forever", "forever", "forever", "forever"));
      settle(upkeep);
      assertThat(store.count(SPEED, ALWAYS)).isEqualTo(2);

      now = Instant.parse("2027-02-01T00:00:00Z");
      settle(upkeep);

      assertThat(store.count(SPEED, ALWAYS)).isOne();
      assertThat(store.droppedBefore(SPEED)).isEqualTo("2026-12-01T00:00:00Z");
      assertThat(store.windows(SPEED, hours(), Duration.ofHours(1))).hasSize(2);
      assertThat(store.count(STATE, ALWAYS)).isEqualTo(1);
      assertThat(store.count(UNKNOWN, ALWAYS)).isEqualTo(1);
    }
  }

  @Test
  void nothingIsDroppedUnlessTheSettingsSaySo() throws IOException {
    now = Instant.parse("2126-01-01T00:00:00Z");
    try (SqliteStore store = store()) {
      settle(upkeep(store, new Keep("forever", "forever", "forever", "forever", "1 year")));
      assertThat(store.count(SPEED, ALWAYS)).isEqualTo(2);
      assertThat(store.windows(SPEED, hours(), Duration.ofHours(1))).hasSize(2);
    }
  }

  private Upkeep upkeep(SqliteStore store, Keep keep) {
    return new Upkeep(
        store,
        new VigieSettings(
            "lyon",
            folder.toString(),
            "sqlite",
            "",
            "vigie",
            "",
            "",
            "embedded",
            "",
            "",
            "",
            java.time.Duration.ofMinutes(2),
            new Mqtt("", 0),
            keep),
        () -> now);
  }

  private static void settle(Upkeep upkeep) throws IOException {
    for (int steps = 0; upkeep.step(); steps++) {
      assertThat(steps).isLessThan(100);
    }
  }

  private SqliteStore store() throws IOException {
    Birth birth =
        new Birth(
            AGENT.agent(),
            "test",
            now,
            List.of(
                new Signal("press", "speed", Kind.GAUGE, "1/min"),
                new Signal("press", "state", Kind.STATE, "")));
    Path births = folder.resolve("births").resolve(AGENT.site()).resolve(AGENT.agent());
    Files.createDirectories(births);
    Files.write(births.resolve("00000001.json"), BirthCodec.encode(birth));
    SqliteStore store =
        SqliteStore.open(folder.resolve("store"), SqliteStore.Settings.DEFAULT, () -> now);
    store.write(
        List.of(
            batch()
                .numbers(SPEED, number(0, 1), number(10 * 86_400, 2))
                .texts(STATE, text(0, "ACTIVE"))
                .numbers(UNKNOWN, number(0, 3))
                .build()));
    store.seal();
    return store;
  }

  private static Span hours() {
    return new Span(at(0), at(30 * 86_400));
  }
}
