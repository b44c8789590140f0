package fr.vigie.server.store.sqlite;

import static fr.vigie.server.store.Batches.MONDAY;
import static fr.vigie.server.store.Batches.SPEED;
import static fr.vigie.server.store.Batches.at;
import static fr.vigie.server.store.Batches.batch;
import static fr.vigie.server.store.Batches.missing;
import static fr.vigie.server.store.Batches.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fr.vigie.column.Column;
import fr.vigie.column.ColumnException;
import fr.vigie.server.store.MemoryStore;
import fr.vigie.server.store.Store;
import fr.vigie.server.store.Store.Window;
import fr.vigie.signal.Quality;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows that are kept ready say what the samples say. */
class RollupsTest {
  private static final Instant NOVEMBER = Instant.parse("2026-11-01T00:00:00Z");
  private static final long LENGTH = Duration.ofDays(70).toSeconds();
  private static final List<Duration> WIDTHS =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(7),
          Duration.ofMinutes(15),
          Duration.ofMinutes(45),
          Duration.ofHours(1),
          Duration.ofHours(8),
          Duration.ofDays(1),
          Duration.ofDays(90));

  @TempDir Path folder = Path.of("");

  @Test
  void lateShuffledAndSimultaneousSamplesGiveTheWindowsOfThePlainTwin() throws IOException {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    for (int round = 0; round < 3; round++) {
      Random random = new Random(seed + round);
      boolean over = random.nextBoolean();
      Path disk = folder.resolve("round-" + round);
      MemoryStore twin = new MemoryStore();
      SqliteStore store = open(disk, over);
      try {
        for (int sequence = 1; sequence <= 60; sequence++) {
          Column samples = samples(random);
          store.write(List.of(batch().sequence(sequence).with(SPEED, samples).build()));
          twin.write(List.of(batch().sequence(sequence).with(SPEED, samples).build()));
          switch (random.nextInt(8)) {
            case 0, 1 -> store.seal();
            case 2 -> Folders.tidy(store);
            case 3 -> {
              store.close();
              store = open(disk, over);
            }
            default -> assertSame(store, twin, random, seed);
          }
        }
        for (int question = 0; question < 20; question++) {
          assertSame(store, twin, random, seed);
        }
      } finally {
        store.close();
      }
    }
  }

  @Test
  void aLateSampleChangesItsWindowsAndNoOther() throws IOException {
    try (SqliteStore store = open(folder, true)) {
      for (int minute = 0; minute < 300; minute++) {
        write(store, minute + 1, number(minute * 60 + 10, minute));
      }
      Folders.tidy(store);
      List<Window> before = List.copyOf(windows(store, Duration.ofMinutes(1)));

      write(store, 301, number(100 * 60 + 5, -1));
      store.seal();

      List<Window> after = windows(store, Duration.ofMinutes(1));
      assertThat(after.get(100))
          .isEqualTo(new Window(before.get(100).span(), 2, 99, -1, 100, -1, 100));
      assertThat(after.subList(0, 100)).isEqualTo(before.subList(0, 100));
      assertThat(after.subList(101, 300)).isEqualTo(before.subList(101, 300));
      Folders.tidy(store);
      assertThat(windows(store, Duration.ofMinutes(1))).isEqualTo(after);
    }
  }

  @Test
  void hugeNumbersWhoseSumIsInfiniteAreRolledUp() throws IOException {
    try (SqliteStore store = open(folder, true)) {
      write(
          store,
          1,
          number(0, Double.MAX_VALUE),
          number(1, Double.MAX_VALUE),
          number(2, -0.0),
          missing(3));
      store.seal();

      assertThat(windows(store, Duration.ofMinutes(1)))
          .singleElement()
          .isEqualTo(
              new Window(
                  new Span(MONDAY, at(60)),
                  3,
                  Double.POSITIVE_INFINITY,
                  -0.0,
                  Double.MAX_VALUE,
                  Double.MAX_VALUE,
                  -0.0));
    }
  }

  @Test
  void whatIsEncodedComesBack() throws ColumnException {
    Random random = new Random(7);
    Stretches windows = new Stretches();
    for (long place : new long[] {-153_722_868L, -1, 0, 5, 153_722_866L}) {
      for (int i = random.nextInt(3); i >= 0; i--) {
        long time = place * Level.MINUTE.width() + random.nextInt(1_000_000_000) * 59L;
        windows.add(place, time, random.nextGaussian());
      }
    }

    Rollup back = Rollup.decode(Rollup.encode(windows, 0, 5, Level.MINUTE), Level.MINUTE);

    for (int i = 0; i < 5; i++) {
      assertThat(back.place(i)).isEqualTo(windows.place(i));
      assertThat(back.count(i)).isEqualTo(windows.count(i));
      assertThat(back.sum(i)).isEqualTo(windows.sum(i));
      assertThat(back.min(i)).isEqualTo(windows.min(i));
      assertThat(back.max(i)).isEqualTo(windows.max(i));
      assertThat(back.firstTime(i)).isEqualTo(windows.firstTime(i));
      assertThat(back.first(i)).isEqualTo(windows.first(i));
      assertThat(back.lastTime(i)).isEqualTo(windows.lastTime(i));
      assertThat(back.last(i)).isEqualTo(windows.last(i));
    }
  }

  @Test
  void aDamagedRollUpGivesWayToItsSamplesAndIsMadeAnew() throws IOException, SQLException {
    List<Window> right;
    try (SqliteStore store = open(folder, true)) {
      for (int minute = 0; minute < 300; minute++) {
        write(store, minute + 1, number(minute * 60 + 10, minute));
      }
      Folders.tidy(store);
      right = List.copyOf(windows(store, Duration.ofMinutes(15)));
    }
    for (String part : List.of("head", "data")) {
      change("UPDATE rollup SET " + part + " = substr(" + part + ", 1, 9) || x'ffff'");
      try (SqliteStore store = open(folder, true)) {
        assertThat(windows(store, Duration.ofMinutes(15))).isEqualTo(right);
        assertThat(store.damaged()).isPositive();
        Folders.tidy(store);
      }
      try (SqliteStore store = open(folder, true)) {
        assertThat(windows(store, Duration.ofMinutes(15))).isEqualTo(right);
        assertThat(store.damaged()).isZero();
      }
    }
  }

  @Test
  void monthsOfAnEarlierVersionAreRolledUpByTheirCompaction() throws IOException, SQLException {
    List<Window> right;
    try (SqliteStore store = open(folder, true)) {
      for (int minute = 0; minute < 300; minute++) {
        write(store, minute + 1, number(minute * 60 + 10, minute));
      }
      store.seal();
      right = List.copyOf(windows(store, Duration.ofMinutes(1)));
    }
    change(
        "DROP TABLE rollup",
        "DROP TABLE unrolled",
        "DROP TABLE dropped",
        "DROP TABLE compacted",
        "PRAGMA user_version=2");
    try (SqliteStore store = open(folder, true)) {
      write(store, 301, number(20_000, 7));
      store.seal();
      assertThat(windows(store, Duration.ofMinutes(1))).startsWith(right.toArray(Window[]::new));
      List<Window> all = List.copyOf(windows(store, Duration.ofMinutes(1)));
      Folders.tidy(store);
      assertThat(windows(store, Duration.ofMinutes(1))).hasSize(301).isEqualTo(all);
    }
    assertThat(count("rollup")).isPositive();
    assertThat(count("unrolled")).isZero();
  }

  private static List<Window> windows(Store store, Duration width) throws IOException {
    return store.windows(SPEED, new Span(MONDAY, MONDAY.plus(Duration.ofDays(1))), width);
  }

  private static void write(Store store, long sequence, fr.vigie.signal.Sample... samples)
      throws IOException {
    store.write(List.of(batch().sequence(sequence).numbers(SPEED, samples).build()));
  }

  private static SqliteStore open(Path disk, boolean over) throws IOException {
    Instant now = over ? NOVEMBER.plus(Duration.ofDays(400)) : NOVEMBER;
    return SqliteStore.open(
        disk, new SqliteStore.Settings(1 << 20, Duration.ofHours(6), 50), () -> now);
  }

  private static Column samples(Random random) {
    Column.Builder samples = Column.numbers();
    long step = (long) Math.pow(10, 6 + random.nextInt(6));
    long time = Nanos.of(NOVEMBER) + random.nextInt((int) LENGTH) * 1_000_000_000L;
    for (int n = 1 + random.nextInt(150); n > 0; n--) {
      time += random.nextInt(4) * step - (random.nextInt(9) == 0 ? 3 * step : 0);
      if (random.nextInt(12) == 0) {
        samples.addMissing(time);
      } else {
        samples.add(time, Math.rint(random.nextGaussian() * 1000) / 100, Quality.GOOD);
      }
    }
    return samples.build();
  }

  private static void assertSame(Store store, Store twin, Random random, long seed)
      throws IOException {
    Duration width = WIDTHS.get(random.nextInt(WIDTHS.size()));
    long wide = width.compareTo(Duration.ofDays(1)) > 0 ? 3600 : width.toSeconds();
    long first = Math.floorDiv(NOVEMBER.getEpochSecond(), wide) * wide;
    Instant start = Instant.ofEpochSecond(first + random.nextInt((int) (LENGTH / wide)) * wide);
    long seconds =
        width.equals(Duration.ofMinutes(1)) ? random.nextInt(50_000) : random.nextInt((int) LENGTH);
    Span span = new Span(start, start.plusSeconds(seconds));
    List<Window> found = store.windows(SPEED, span, width);
    List<Window> wanted = twin.windows(SPEED, span, width);
    String which = "seed " + seed + ", " + width + " over " + span;
    assertThat(found).as(which).hasSameSizeAs(wanted);
    for (int i = 0; i < found.size(); i++) {
      Window should = wanted.get(i);
      assertThat(found.get(i).sum()).as(which).isCloseTo(should.sum(), within(1e-9));
      assertThat(without(found.get(i))).as(which).isEqualTo(without(should));
    }
  }

  private static Window without(Window it) {
    return new Window(it.span(), it.count(), 0, it.min(), it.max(), it.first(), it.last());
  }

  private void change(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private long count(String table) throws SQLException {
    try (Connection connection = connect()) {
      return Sql.number(connection, "SELECT count(*) FROM " + table);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("2026-11.db"));
  }
}
