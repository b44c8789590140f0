package fr.vigie.bench;

import fr.vigie.column.Column;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.sqlite.SqliteStore;
import fr.vigie.time.Span;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** The embedded store: rows a second, bytes a sample, time to reopen and to answer. */
public final class StoreBench {
  private static final int SAMPLES_OF_A_BATCH = 1020;
  private static final int AGENTS = 10;

  private final Path folder;
  private final long samples;

  private StoreBench(Path folder, long samples) {
    this.folder = folder;
    this.samples = samples;
  }

  /**
   * @param args millions of samples (default 6); millions of samples of the large store (default
   *     20, 61 for questions over 28 hours, 0 to leave it out); a folder of machine logs (default
   *     {@code ../shared/data/nist-sms-testbed/raw/Mazak03-2016-05}, left out when absent)
   */
  public static void main(String[] args) throws Exception {
    long millions = args.length > 0 ? Long.parseLong(args[0]) : 6;
    long large = args.length > 1 ? Long.parseLong(args[1]) : 20;
    Path logs =
        Path.of(args.length > 2 ? args[2] : "../shared/data/nist-sms-testbed/raw/Mazak03-2016-05");
    Path folder = Files.createTempDirectory("store-bench");
    try {
      StoreBench bench = new StoreBench(folder, millions * 1_000_000);
      bench.floor();
      bench.oneWriter();
      bench.tenAgents();
      bench.plainTable();
      if (Files.isDirectory(logs)) {
        bench.machineLog(logs);
      }
      if (large > 0) {
        StoreScaleBench scale = new StoreScaleBench(folder);
        scale.run(large * 1_000_000);
        scale.year();
      }
    } finally {
      delete(folder);
    }
  }

  private void floor() throws IOException {
    int syncs = 300;
    try (FileChannel file =
        FileChannel.open(
            folder.resolve("floor"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      long start = System.nanoTime();
      for (int i = 0; i < syncs; i++) {
        file.write(ByteBuffer.allocate(4096));
        file.force(false);
      }
      row("floor: 4 KiB appended and synced", syncs / seconds(start), "/s");
    }
  }

  private void oneWriter() throws IOException {
    Path path = folder.resolve("one");
    MixedSeries agent = new MixedSeries(0);
    List<List<IncomingBatch>> calls = new ArrayList<>();
    int perCall = 100;
    long made = 0;
    while (made < samples) {
      List<IncomingBatch> call = new ArrayList<>();
      for (int i = 0; i < perCall; i++) {
        call.add(agent.next(SAMPLES_OF_A_BATCH));
      }
      calls.add(call);
      made += (long) perCall * SAMPLES_OF_A_BATCH;
    }
    Instant end = agent.now();
    try (SqliteStore store = open(path)) {
      long start = System.nanoTime();
      double cpu = cpuSeconds();
      for (List<IncomingBatch> call : calls) {
        store.write(call);
      }
      row("one writer, of processor time alone", made / (cpuSeconds() - cpu) / 1e6, "M rows/s");
      row(
          "one writer, 100 batches a call, seals included",
          made / seconds(start) / 1e6,
          "M rows/s");
    }
    calls.clear();
    long start = System.nanoTime();
    try (SqliteStore store = open(path)) {
      row("reopen, unsealed rest in the log", seconds(start) * 1000, "ms");
      start = System.nanoTime();
      store.seal();
      row("seal of that rest", seconds(start) * 1000, "ms");
      answers(store, agent, end);
    }
    row("mixed series, sealed chunks", sealedBytes(path) / (double) made, "bytes/sample");
    row("mixed series, everything on disk", bytes(path) / (double) made, "bytes/sample");
    start = System.nanoTime();
    open(path).close();
    row("reopen, all sealed", seconds(start) * 1000, "ms");
  }

  private void answers(SqliteStore store, MixedSeries agent, Instant end) throws IOException {
    Span all = new Span(Instant.EPOCH, end);
    Span hour = new Span(end.minusSeconds(3600), end);
    Series temperature = agent.series(2);
    int size = store.range(temperature, all).size();
    row("range over all", size / micros(() -> store.range(temperature, all)), "M rows/s");
    row(
        "windows of a minute over an hour",
        micros(() -> store.windows(temperature, hour, Duration.ofMinutes(1))),
        "us");
    row(
        "one window over all",
        micros(() -> store.windows(temperature, all, Duration.ofDays(40_000))),
        "us");
    row("count over all", micros(() -> store.count(temperature, all)), "us");
    row("as of a moment", micros(() -> store.asOf(agent.series(0), end.minusSeconds(1000))), "us");
  }

  private void tenAgents() throws Exception {
    int calls = (int) (samples / 2 / AGENTS / SAMPLES_OF_A_BATCH);
    List<List<IncomingBatch>> batches = new ArrayList<>();
    for (int agent = 0; agent < AGENTS; agent++) {
      MixedSeries series = new MixedSeries(agent);
      List<IncomingBatch> of = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        of.add(series.next(SAMPLES_OF_A_BATCH));
      }
      batches.add(of);
    }
    ExecutorService threads = Executors.newFixedThreadPool(AGENTS);
    try (SqliteStore store = open(folder.resolve("ten"))) {
      long start = System.nanoTime();
      List<Future<?>> work = new ArrayList<>();
      for (List<IncomingBatch> of : batches) {
        work.add(threads.submit(() -> writeSingly(store, of)));
      }
      for (Future<?> part : work) {
        part.get();
      }
      double rate = AGENTS * (double) calls * SAMPLES_OF_A_BATCH / seconds(start);
      row("10 agents, one batch of 1,020 a commit each", rate / 1e6, "M rows/s");
    } finally {
      threads.shutdown();
    }
  }

  private static Void writeSingly(SqliteStore store, List<IncomingBatch> batches)
      throws IOException {
    for (IncomingBatch batch : batches) {
      store.write(List.of(batch));
    }
    return null;
  }

  private void plainTable() throws SQLException, IOException {
    Path plain = Files.createDirectory(folder.resolve("plain"));
    Path file = plain.resolve("plain.db");
    MixedSeries agent = new MixedSeries(0);
    long made = 0;
    double spent = 0;
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode=WAL");
      statement.execute("PRAGMA synchronous=FULL");
      statement.execute(
          "CREATE TABLE sample(series INTEGER, time INTEGER, value, PRIMARY KEY(series, time))"
              + " WITHOUT ROWID");
      connection.setAutoCommit(false);
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO sample VALUES(?, ?, ?)")) {
        while (made < samples / 6) {
          List<IncomingBatch> call = new ArrayList<>();
          for (int i = 0; i < 100; i++) {
            call.add(agent.next(SAMPLES_OF_A_BATCH));
          }
          long start = System.nanoTime();
          for (IncomingBatch batch : call) {
            made += insert(insert, batch);
          }
          connection.commit();
          spent += seconds(start);
        }
      }
    }
    row("peer: plain SQLite table, 100 batches a commit", made / spent / 1e6, "M rows/s");
    row("peer: plain SQLite table", bytes(plain) / (double) made, "bytes/sample");
  }

  private static int insert(PreparedStatement insert, IncomingBatch batch) throws SQLException {
    int rows = 0;
    for (int part = 0; part < batch.parts().size(); part++) {
      Column column = batch.parts().get(part).samples();
      for (int i = 0; i < column.size(); i++) {
        insert.setInt(1, part);
        insert.setLong(2, column.nanos(i));
        if (column.isText()) {
          insert.setString(3, column.text(i));
        } else {
          insert.setDouble(3, column.number(i));
        }
        insert.addBatch();
        rows++;
      }
    }
    insert.executeBatch();
    return rows;
  }

  private void machineLog(Path logs) throws IOException {
    MachineLog log = MachineLog.read(logs);
    Path path = folder.resolve("machine");
    try (SqliteStore store = open(path)) {
      store.write(log.batches());
      store.seal();
    }
    double hertz = (double) log.signals() * log.seconds();
    row("machine log: signals", log.signals(), "");
    row("machine log: samples on change", log.samples() / 1e6, "M");
    row("machine log: days", log.seconds() / 86_400.0, "d");
    row("machine log, one seal", bytes(path) / (double) log.samples(), "bytes/sample");
    row("machine log, one seal, sealed chunks", sealedBytes(path) / hertz, "bytes/1 Hz sample");
    Path daily = folder.resolve("machine-often");
    try (SqliteStore store = open(daily)) {
      Instant sealed = Instant.MIN;
      for (IncomingBatch batch : log.batches()) {
        store.write(List.of(batch));
        Instant now = batch.parts().get(0).samples().time(0);
        if (now.isAfter(sealed.plus(SqliteStore.Settings.DEFAULT.headAge()))) {
          store.seal();
          sealed = now;
        }
      }
      store.seal();
    }
    row("machine log, a seal every 6 h", sealedBytes(daily) / hertz, "bytes/1 Hz sample");
    try (SqliteStore store = open(daily)) {
      while (store.tidy()) {
        continue;
      }
    }
    row("machine log, the same compacted", sealedBytes(daily) / hertz, "bytes/1 Hz sample");
  }

  private static SqliteStore open(Path path) throws IOException {
    return SqliteStore.open(path, SqliteStore.Settings.DEFAULT, InstantSource.system());
  }

  private static double micros(Callable<?> answer) {
    double best = Double.MAX_VALUE;
    try {
      for (int i = 0; i < 30; i++) {
        long start = System.nanoTime();
        answer.call();
        best = Math.min(best, seconds(start) * 1e6);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return best;
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static double cpuSeconds() {
    return ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .map(time -> time.toNanos() / 1e9)
        .orElse(Double.NaN);
  }

  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      long sum = 0;
      for (Path file : files.toList()) {
        sum += Files.size(file);
      }
      return sum;
    }
  }

  private static long sealedBytes(Path folder) throws IOException {
    return bytes(folder) - Files.size(folder.resolve("head.db"));
  }

  private static void row(String what, double figure, String unit) {
    System.out.printf(Locale.ROOT, "%-48s %12.3f  %s%n", what, figure, unit);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
