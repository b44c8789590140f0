package fr.vigie.bench;

import fr.vigie.outbox.Outbox;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * What the outbox costs: records a second, bytes that reach the device, time to open. Arguments: a
 * folder, {@code throughput|slow|kept|open}, and for {@code slow} the seconds (0 does not wait) or
 * for {@code kept} the minutes, and the statistics file of the block device under the folder.
 */
public final class OutboxBench {
  private static final int PAYLOAD = 200;
  private static final long SECOND = 1_000_000_000L;

  private OutboxBench() {}

  public static void main(String[] args) throws IOException {
    Path folder = args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("outbox-bench");
    String what = args.length > 1 ? args[1] : "throughput";
    switch (what) {
      case "throughput" -> throughput(folder);
      case "slow" -> slow(folder, Integer.parseInt(args[2]), args[3]);
      case "kept" -> kept(folder, Integer.parseInt(args[2]), args[3]);
      case "open" -> open(folder);
      default -> throw new IllegalArgumentException("found " + what);
    }
  }

  /** On a busy machine the CPU figure says more than the clock. */
  private record Rate(double perSecond, double perCpuSecond) {
    static Rate since(long wall, long cpu, long count) {
      double took = System.nanoTime() - wall;
      return new Rate(count * 1e9 / took, count * 1e9 / (cpu() - cpu));
    }

    void print(String name) {
      System.out.printf("%-40s %,12.0f %,18.0f%n", name, perSecond, perCpuSecond);
    }
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void throughput(Path folder) throws IOException {
    System.out.printf(
        "%-40s %12s %18s%n", "200-byte records, 1 s syncs", "records/s", "records/CPU second");
    floor(folder.resolve("floor"), 6).print("floor: FileChannel append + force");
    outbox(folder.resolve("a"), 8, true).print("outbox, released as it goes");
    outbox(folder.resolve("b"), 8, false).print("outbox, never released, at its limit");
    read(folder.resolve("b")).print("drain in windows of 500, released");
  }

  private static Rate floor(Path folder, int seconds) throws IOException {
    delete(folder);
    Files.createDirectories(folder);
    try (FileChannel channel =
        FileChannel.open(
            folder.resolve("log"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer record = ByteBuffer.allocateDirect(PAYLOAD + 28);
      long start = System.nanoTime();
      long cpu = cpu();
      long synced = start;
      long count = 0;
      long position = 0;
      while (System.nanoTime() - start < seconds * SECOND) {
        for (int i = 0; i < 100; i++) {
          channel.write(record.rewind(), position % (64 << 20));
          position += record.capacity();
          count++;
        }
        if (System.nanoTime() - synced > SECOND) {
          channel.force(false);
          synced = System.nanoTime();
        }
      }
      channel.force(false);
      return Rate.since(start, cpu, count);
    }
  }

  private static Rate outbox(Path folder, int seconds, boolean release) throws IOException {
    delete(folder);
    byte[] payload = new byte[PAYLOAD];
    try (Outbox outbox = Outbox.open(folder, new Outbox.Settings(64 << 20, 2 << 20))) {
      long count = 0;
      long start = 0;
      long cpu = 0;
      long measured = 0;
      long synced = System.nanoTime();
      long begin = synced;
      while (start == 0 || System.nanoTime() - start < seconds * SECOND) {
        for (int i = 0; i < 100; i++) {
          outbox.append(1, ++count, payload);
        }
        if (System.nanoTime() - synced > SECOND) {
          outbox.sync();
          if (release) {
            outbox.release(1, count - 10_000);
          }
          synced = System.nanoTime();
          if (start == 0 && synced - begin > 2 * SECOND) {
            start = System.nanoTime();
            cpu = cpu();
            measured = count;
          }
        }
      }
      outbox.sync();
      return Rate.since(start, cpu, count - measured);
    }
  }

  private static Rate read(Path folder) throws IOException {
    try (Outbox outbox = Outbox.open(folder, new Outbox.Settings(64 << 20, 2 << 20))) {
      long start = System.nanoTime();
      long cpu = cpu();
      long count = 0;
      List<Outbox.Record> window = outbox.pending(500, 1 << 20);
      while (!window.isEmpty()) {
        count += window.size();
        Outbox.Record last = window.get(window.size() - 1);
        outbox.release(last.epoch(), last.sequence());
        window = outbox.pending(500, 1 << 20);
      }
      return Rate.since(start, cpu, count);
    }
  }

  private static void slow(Path folder, int seconds, String device) throws IOException {
    boolean wait = seconds > 0;
    int groups = wait ? seconds : 5_000;
    byte[] payload = new byte[PAYLOAD];
    delete(folder.resolve("slow"));
    try (Outbox outbox =
        Outbox.open(folder.resolve("slow"), new Outbox.Settings(8 << 20, 2 << 20))) {
      long count = warmUp(outbox, payload);
      long before = written(device);
      long start = System.nanoTime();
      for (int group = 0; group < groups; group++) {
        for (int i = 0; i < 20; i++) {
          outbox.append(1, ++count, payload);
        }
        outbox.sync();
        outbox.release(1, count - 20);
        long due = start + (group + 1) * SECOND;
        while (wait && System.nanoTime() < due) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
      }
      long bytes = written(device) - before;
      System.out.printf(
          "20 records of 200 bytes a sync, %d syncs%s: %.0f bytes/record to the device (%s)%n",
          groups,
          wait ? ", one a second" : ", without waiting",
          (double) bytes / (groups * 20L),
          device);
    }
  }

  /**
   * One batch a second that is acknowledged at once: kept a minute's worth at a time without a
   * force, and as it would be with one write a second. After each minute the system writes all that
   * it holds back, which on a board it may do later.
   */
  private static void kept(Path folder, int minutes, String device) throws IOException {
    byte[] payload = new byte[PAYLOAD];
    for (boolean bulk : new boolean[] {true, false}) {
      Path place = folder.resolve(bulk ? "bulk" : "single");
      delete(place);
      Outbox.Settings settings = new Outbox.Settings(8 << 20, 2 << 20, Duration.ofDays(7));
      try (Outbox outbox = Outbox.open(place, settings)) {
        long count = warmUp(outbox, payload);
        flush(place);
        long before = written(device);
        for (int minute = 0; minute < minutes; minute++) {
          List<Outbox.Record> records = new ArrayList<>();
          for (int i = 0; i < 60; i++) {
            records.add(new Outbox.Record(1, ++count, payload));
            if (!bulk) {
              outbox.keep(records);
              outbox.sync();
              records.clear();
            }
          }
          outbox.keep(records);
          flush(place);
        }
        System.out.printf(
            "%s: %.0f bytes/record to the device, %d minutes of one 200-byte batch a second%n",
            bulk ? "kept in bulk" : "synced one by one",
            (double) (written(device) - before) / (minutes * 60L),
            minutes);
      }
    }
  }

  private static void flush(Path folder) throws IOException {
    try {
      int code = new ProcessBuilder("sync", "-f", folder.toString()).start().waitFor();
      if (code != 0) {
        throw new IOException("sync -f ended with " + code);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Until every segment has been made once, so that only recycling is measured. */
  private static long warmUp(Outbox outbox, byte[] payload) throws IOException {
    long count = 0;
    while (count < 60_000) {
      outbox.append(1, ++count, payload);
    }
    outbox.sync();
    outbox.release(1, count);
    return count;
  }

  private static long written(String device) throws IOException {
    String[] fields = Files.readString(Path.of(device)).trim().split("\\s+");
    return Long.parseLong(fields[6]) * 512;
  }

  private static void open(Path folder) throws IOException {
    Outbox.Settings settings = new Outbox.Settings(2L << 30, 2 << 20);
    byte[] payload = new byte[20];
    for (int records : new int[] {1_000_000, 10_000_000}) {
      delete(folder.resolve("open"));
      try (Outbox outbox = Outbox.open(folder.resolve("open"), settings)) {
        for (int i = 1; i <= records; i++) {
          outbox.append(1, i, payload);
        }
      }
      for (int run = 0; run < 3; run++) {
        long start = System.nanoTime();
        long cpu = cpu();
        try (Outbox outbox = Outbox.open(folder.resolve("open"), settings)) {
          cpu = cpu() - cpu;
          long took = System.nanoTime() - start;
          System.gc();
          Runtime runtime = Runtime.getRuntime();
          System.out.printf(
              "open with %,d records of 20 bytes (%d MB): %d ms, %d ms of CPU, %.1f MB of heap%n",
              outbox.records(),
              outbox.bytes() >> 20,
              took / 1_000_000,
              cpu / 1_000_000,
              (runtime.totalMemory() - runtime.freeMemory()) / 1e6);
        }
      }
    }
    delete(folder.resolve("open"));
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
