package fr.vigie.bench;

import fr.vigie.column.Column;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.Retention;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.sqlite.SqliteStore;
import fr.vigie.signal.Quality;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The embedded store with much in it: 60 series of 10 Hz, 50 of them numbers. */
final class StoreScaleBench {
  private static final int SAMPLES_OF_A_BATCH = 1020;
  private static final int BATCHES_OF_A_CALL = 100;
  private static final int ROWS_A_SECOND = 5_000;
  private static final Duration WIDTH = Duration.ofMinutes(3);
  private static final Duration UNEVEN = Duration.ofMillis(180_500);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final Instant LATER = Instant.parse("2027-06-01T00:00:00Z");

  private final Path folder;
  private final MixedSeries agent = new MixedSeries(0);
  private long made;

  StoreScaleBench(Path folder) {
    this.folder = folder;
  }

  void run(long samples) throws Exception {
    Path path = folder.resolve("scale");
    Instant start = agent.now();
    try (SqliteStore store = open(path, start)) {
      fill(store, samples);
      store.seal();
    }
    row("months, sealed", bytes(path) / (double) made, "bytes/sample");
    long begin = System.nanoTime();
    try (SqliteStore store = open(path, LATER)) {
      row("reopen, all sealed", seconds(begin) * 1000, "ms");
      begin = System.nanoTime();
      int steps = 1;
      double longest = 0;
      for (long step = begin; store.tidy(); steps++) {
        longest = Math.max(longest, seconds(step));
        step = System.nanoTime();
      }
      row("compaction", made / seconds(begin) / 1e6, "M rows/s");
      row("compaction, longest of " + steps + " steps", longest * 1000, "ms");
    }
    row("months, compacted", bytes(path) / (double) made, "bytes/sample");
    try (SqliteStore store = open(path, start)) {
      Instant from = whole(start);
      Span span = new Span(from, earlier(from.plus(Duration.ofHours(28)), whole(agent.now())));
      answers(store, span);
    }
    begin = System.nanoTime();
    try (SqliteStore store = open(path, LATER)) {
      row("reopen, with an unsealed rest", seconds(begin) * 1000, "ms");
      store.seal();
      begin = System.nanoTime();
      store.drop(new Retention(this::gaugesOnly, Instant.MIN));
      row("dropping a month's gauges, windows kept", seconds(begin) * 1000, "ms");
      row("months, gauges dropped", bytes(path) / (double) made, "bytes/sample");
      begin = System.nanoTime();
      store.drop(new Retention(series -> LATER, LATER));
      row("dropping the rest of the month", seconds(begin) * 1000, "ms");
    }
  }

  void year() throws IOException {
    Path path = folder.resolve("year");
    Instant start = Instant.parse("2025-01-01T00:00:00Z");
    Instant end = start.plus(Duration.ofDays(365));
    Series series = agent.series(2);
    try (SqliteStore store = open(path, end.plus(Duration.ofDays(40)))) {
      double value = 20;
      Random random = new Random(1);
      long time = Nanos.of(start);
      for (long sequence = 1; time < Nanos.of(end); sequence++) {
        Column.Builder column = Column.sized(false, 86_400);
        for (int i = 0; i < 86_400 && time < Nanos.of(end); i++) {
          value = Math.rint(value * 10 + random.nextGaussian() * 0.6) / 10;
          column.add(time, value, Quality.GOOD);
          time += 10_000_000_000L;
        }
        store.write(
            List.of(
                new IncomingBatch(
                    new IncomingBatch.Source("lyon", "year"),
                    1,
                    sequence,
                    0,
                    List.of(new IncomingBatch.Part(series, column.build())),
                    List.of())));
      }
      store.seal();
      while (store.tidy()) {
        continue;
      }
      Span year = new Span(start, end);
      times("a year of minutes", 60, () -> windows(store, series, year, Duration.ofMinutes(1)));
      times("a year of hours", 60, () -> windows(store, series, year, Duration.ofHours(1)));
      times("floor: the year from samples", 5, () -> windows(store, series, year, UNEVEN));
    }
  }

  private void fill(SqliteStore store, long samples) throws IOException {
    double spent = 0;
    while (made < samples) {
      List<IncomingBatch> call = new ArrayList<>();
      for (int i = 0; i < BATCHES_OF_A_CALL; i++) {
        call.add(agent.next(SAMPLES_OF_A_BATCH));
      }
      long start = System.nanoTime();
      store.write(call);
      spent += seconds(start);
      made += (long) BATCHES_OF_A_CALL * SAMPLES_OF_A_BATCH;
    }
    row("samples", made / 1e6, "M");
    row("one writer, 100 batches a call, seals included", made / spent / 1e6, "M rows/s");
  }

  private void answers(SqliteStore store, Span span) throws Exception {
    long buckets = span.length().dividedBy(WIDTH);
    row("span of the questions", span.length().toMinutes() / 60.0, "h");
    String what = "50 series x " + buckets + " windows";
    times(what + ", quiet", 40, () -> all(store, span, WIDTH));
    AtomicBoolean ended = new AtomicBoolean();
    AtomicLong rows = new AtomicLong();
    Thread writer = new Thread(() -> trickle(store, ended, rows));
    long start = System.nanoTime();
    writer.start();
    times(what + ", while rows arrive", 100, () -> all(store, span, WIDTH));
    double rate = rows.get() / seconds(start);
    ended.set(true);
    writer.join();
    row("rows that arrived meanwhile", rate, "rows/s");
    times("floor: the same from samples", 3, () -> all(store, span, UNEVEN));
  }

  private int all(SqliteStore store, Span span, Duration width) throws IOException {
    int windows = 0;
    for (int i = 0; i < 60; i++) {
      if (i % MixedSeries.SERIES_OF_A_MACHINE != 0) {
        windows += store.windows(agent.series(i), span, width).size();
      }
    }
    return windows;
  }

  private void trickle(SqliteStore store, AtomicBoolean ended, AtomicLong rows) {
    long start = System.nanoTime();
    try {
      while (!ended.get()) {
        if (rows.get() < seconds(start) * ROWS_A_SECOND) {
          store.write(List.of(agent.next(SAMPLES_OF_A_BATCH)));
          rows.addAndGet(SAMPLES_OF_A_BATCH);
        } else {
          LockSupport.parkNanos(1_000_000);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Instant gaugesOnly(Series series) {
    boolean kept = series.signal().equals("s-0") || series.signal().equals("s-1");
    return kept ? Instant.MIN : LATER;
  }

  private static int windows(SqliteStore store, Series series, Span span, Duration width)
      throws IOException {
    return store.windows(series, span, width).size();
  }

  private interface Question {
    int ask() throws IOException;
  }

  private static void times(String what, int rounds, Question question) throws IOException {
    for (int i = 0; i < rounds / 4; i++) {
      question.ask();
    }
    double[] millis = new double[rounds];
    double[] busy = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      long start = System.nanoTime();
      long worked = THREADS.getCurrentThreadCpuTime();
      question.ask();
      busy[i] = (THREADS.getCurrentThreadCpuTime() - worked) / 1e6;
      millis[i] = seconds(start) * 1000;
    }
    Arrays.sort(millis);
    Arrays.sort(busy);
    row(what + ", processor time", busy[rounds / 2], "ms");
    row(what + ", median", millis[rounds / 2], "ms");
    if (rounds >= 20) {
      row(what + ", p95", millis[rounds * 95 / 100], "ms");
    }
  }

  private static Instant whole(Instant instant) {
    return Instant.ofEpochSecond(Math.floorDiv(instant.getEpochSecond(), 180L) * 180);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static SqliteStore open(Path path, Instant now) throws IOException {
    return SqliteStore.open(path, SqliteStore.Settings.DEFAULT, () -> now);
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      long sum = 0;
      for (Path file : files.filter(it -> it.getFileName().toString().startsWith("20")).toList()) {
        sum += Files.size(file);
      }
      return sum;
    }
  }

  private static void row(String what, double figure, String unit) {
    System.out.printf(Locale.ROOT, "%-56s %12.3f  %s%n", what, figure, unit);
  }
}
