package fr.vigie.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.outbox.MemoryDisk.Kind;
import fr.vigie.outbox.MemoryDisk.Step;
import fr.vigie.outbox.Outbox.Settings;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cuts the power between any two bytes of a recorded history and opens what is left. */
class PowerCutTest {
  private static final Settings TINY = new Settings(16 * 20 << 10, 20 << 10);
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-24T08:00:00Z"));

  /** What the outside knew before a step of the disk: how many were appended, synced, released. */
  private record Known(int appended, int synced, int released) {}

  private record History(List<Outbox.Record> records, List<Step> steps, List<Known> known) {}

  @Test
  void everyCutLeavesAPrefixWithAllThatWasSynced() throws IOException {
    History history = record(4, 110, 40);
    Map<String, byte[]> files = new TreeMap<>();
    int cuts = 0;
    for (int i = 0; i < history.steps.size(); i++) {
      Step step = history.steps.get(i);
      Known known = history.known.get(i);
      if (step.kind() == Kind.WRITE) {
        byte[] before = files.get(step.name());
        for (int length = 0; length < step.bytes().length; length++) {
          if (before[(int) step.position() + length] != step.bytes()[length]) {
            check(history, torn(files, step, length), known, "step " + i + " cut at " + length);
            cuts++;
          }
        }
        for (Map<String, byte[]> torn : tornPages(files, step)) {
          check(history, torn, known, "step " + i + " with a torn page");
          cuts++;
        }
      }
      MemoryDisk.apply(files, step, step.bytes().length);
    }
    assertThat(cuts).isGreaterThan(10_000);
  }

  @Test
  void aTornRecordIsCutAndSaid() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    Outbox outbox = Outbox.open(disk, TINY, CLOCK);
    OutboxTest.fill(outbox, 1, 1, 9);
    Step last = disk.steps().get(disk.steps().size() - 1);
    byte[] bytes = disk.files().get(last.name()).clone();
    int end = (int) last.position() + last.bytes().length;
    Arrays.fill(bytes, end - 20, end, (byte) 0);
    disk.files().put(last.name(), bytes);
    Outbox reopened = Outbox.open(disk, TINY, CLOCK);
    assertThat(reopened.records()).isEqualTo(8);
    assertThat(reopened.recovery().cutBytes()).isEqualTo(last.bytes().length - 20);
    assertThat(reopened.recovery().message()).contains("cut");
    OutboxTest.fill(reopened, 1, 9, 30);
    reopened.close();
    assertThat(Outbox.open(disk, TINY, CLOCK).recovery().cutBytes()).isZero();
    assertThat(Outbox.open(disk, TINY, CLOCK).records()).isEqualTo(30);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void pagesThatReachTheMediumInAnyOrderLoseNothingSynced(long seed) throws IOException {
    Random random = new Random(seed);
    History history = record(seed, 400, 300);
    Map<String, byte[]> durable = new TreeMap<>();
    Map<String, byte[]> cache = new TreeMap<>();
    for (int i = 0; i < history.steps.size(); i++) {
      Step step = history.steps.get(i);
      MemoryDisk.apply(cache, step, step.bytes().length);
      switch (step.kind()) {
        case CREATE, DELETE -> MemoryDisk.apply(durable, step, step.bytes().length);
        case FORCE -> durable.put(step.name(), cache.get(step.name()));
        case WRITE -> {
          Map<String, byte[]> left = new TreeMap<>();
          durable.forEach((name, old) -> left.put(name, mixed(old, cache.get(name), random)));
          checkSynced(history, left, history.known.get(i), "seed " + seed + " step " + i);
        }
      }
    }
  }

  @Test
  void cutsDuringRepeatedRecoveriesLoseNothingSynced() throws IOException {
    Random random = new Random(99);
    Map<String, byte[]> files = new TreeMap<>();
    int synced = 0;
    int appended = 0;
    Settings ample = new Settings(1 << 20, 20 << 10);
    for (int life = 0; life < 400; life++) {
      MemoryDisk disk = new MemoryDisk(files);
      Outbox outbox = Outbox.open(disk, ample, CLOCK);
      List<Outbox.Record> pending = outbox.pending(Integer.MAX_VALUE, Long.MAX_VALUE);
      int last = pending.isEmpty() ? 0 : (int) pending.get(pending.size() - 1).sequence();
      assertThat(last).as("life " + life).isBetween(synced, appended);
      assertThat(outbox.takeDropped()).isEmpty();
      outbox.release(1, last - 20);
      appended = last;
      synced = last;
      List<Integer> syncedAfter = new ArrayList<>();
      for (int n = random.nextInt(12); n > 0; n--) {
        appended++;
        outbox.append(1, appended, OutboxTest.payload(1, appended));
        fillUp(syncedAfter, disk, synced);
        if (random.nextInt(4) == 0) {
          outbox.sync();
          synced = appended;
        }
        if (appended % 50 == 0) {
          outbox.release(1, appended - 20);
        }
      }
      fillUp(syncedAfter, disk, synced);
      int cut = random.nextInt(disk.steps().size() + 1);
      Map<String, byte[]> after = new TreeMap<>(files);
      disk.steps().subList(0, cut).forEach(s -> MemoryDisk.apply(after, s, s.bytes().length));
      synced = cut == 0 ? last : syncedAfter.get(cut - 1);
      files = after;
    }
    assertThat(synced).isGreaterThan(100);
  }

  private static void fillUp(List<Integer> syncedAfter, MemoryDisk disk, int synced) {
    while (syncedAfter.size() < disk.steps().size()) {
      syncedAfter.add(synced);
    }
  }

  private static History record(long seed, int count, int most) throws IOException {
    Random random = new Random(seed);
    MemoryDisk disk = new MemoryDisk();
    List<Outbox.Record> records = new ArrayList<>();
    List<Known> known = new ArrayList<>();
    Outbox outbox = Outbox.open(disk, TINY, CLOCK);
    int synced = 0;
    int released = 0;
    for (int i = 0; i < count; i++) {
      byte[] payload = new byte[random.nextInt(10) == 0 ? 3000 + random.nextInt(3000) : 1 + most];
      random.nextBytes(payload);
      long epoch = i < count / 2 ? 5 : 9;
      Outbox.Record record = new Outbox.Record(epoch, i + 1, payload);
      records.add(record);
      outbox.append(record.epoch(), record.sequence(), payload);
      note(known, disk, new Known(i + 1, synced, released));
      if (random.nextInt(6) == 0) {
        outbox.sync();
        note(known, disk, new Known(i + 1, synced, released));
        synced = i + 1;
      }
      if (i % 10 == 9) {
        released = i - 5;
        outbox.release(5, Math.min(released, count / 2));
        if (released > count / 2) {
          outbox.release(9, released);
        }
      }
    }
    outbox.close();
    note(known, disk, new Known(count, synced, released));
    assertThat(outbox.takeDropped()).isEmpty();
    return new History(records, List.copyOf(disk.steps()), known);
  }

  private static void note(List<Known> known, MemoryDisk disk, Known now) {
    while (known.size() < disk.steps().size()) {
      known.add(now);
    }
  }

  private static Map<String, byte[]> torn(Map<String, byte[]> files, Step step, int length) {
    Map<String, byte[]> left = new TreeMap<>(files);
    MemoryDisk.apply(left, step, length);
    return left;
  }

  /** The last page written is zero, half old and half new, half zero, or also where it is not. */
  private static List<Map<String, byte[]>> tornPages(Map<String, byte[]> files, Step step) {
    int end = (int) step.position() + step.bytes().length;
    int page = (end - 1) / Image.PAGE * Image.PAGE;
    byte[] old = files.get(step.name());
    Map<String, byte[]> whole = torn(files, step, step.bytes().length);
    byte[] now = whole.get(step.name());
    List<Map<String, byte[]>> all = new ArrayList<>();
    if (!step.name().equals(Marks.NAME)) {
      all.add(with(whole, step, copy(now, new byte[Image.PAGE], 0, page, Image.PAGE)));
      all.add(with(whole, step, copy(now, new byte[Image.PAGE], 0, page + 2048, 2048)));
    }
    all.add(with(whole, step, copy(now, old, page, page, 2048)));
    all.add(with(whole, step, copy(now, old, page + 512, page + 512, 512)));
    if (page + 2 * Image.PAGE <= now.length && page >= Image.DATA) {
      all.add(with(whole, step, copy(now, now, page, page + Image.PAGE, Image.PAGE)));
    }
    return all;
  }

  private static Map<String, byte[]> with(Map<String, byte[]> files, Step step, byte[] bytes) {
    Map<String, byte[]> left = new HashMap<>(files);
    left.put(step.name(), bytes);
    return left;
  }

  private static byte[] copy(byte[] base, byte[] from, int at, int to, int length) {
    byte[] bytes = base.clone();
    System.arraycopy(from, at, bytes, to, length);
    return bytes;
  }

  private static byte[] mixed(byte[] old, byte[] now, Random random) {
    byte[] mixed = old.clone();
    for (int at = 0; at < old.length; at += Image.PAGE) {
      if (random.nextBoolean()) {
        System.arraycopy(now, at, mixed, at, Image.PAGE);
      }
    }
    return mixed;
  }

  private static void check(History history, Map<String, byte[]> files, Known known, String where)
      throws IOException {
    Outbox outbox = Outbox.open(new MemoryDisk(files), TINY, CLOCK);
    List<Outbox.Record> pending = outbox.pending(Integer.MAX_VALUE, Long.MAX_VALUE);
    int first = pending.isEmpty() ? -1 : (int) pending.get(0).sequence() - 1;
    if (pending.isEmpty() ? known.synced > known.released : first > known.released) {
      throw new AssertionError(where + ": synced records are missing, " + known + ", " + first);
    }
    int end = first + pending.size();
    if (!pending.isEmpty() && (end < known.synced || end > known.appended)) {
      throw new AssertionError(where + ": not a prefix: ends at " + end + ", " + known);
    }
    for (int i = 0; i < pending.size(); i++) {
      same(history.records.get(first + i), pending.get(i), where);
    }
    if (outbox.recovery().damaged() > 0 || !outbox.takeDropped().isEmpty()) {
      throw new AssertionError(where + ": " + outbox.recovery() + outbox.takeDropped());
    }
  }

  private static void checkSynced(
      History history, Map<String, byte[]> files, Known known, String where) throws IOException {
    Outbox outbox = Outbox.open(new MemoryDisk(files), TINY, CLOCK);
    boolean[] there = new boolean[history.records.size()];
    for (Outbox.Record record : outbox.pending(Integer.MAX_VALUE, Long.MAX_VALUE)) {
      int index = (int) record.sequence() - 1;
      same(history.records.get(index), record, where);
      there[index] = true;
    }
    for (int i = known.released; i < known.synced; i++) {
      if (!there[i]) {
        throw new AssertionError(where + ": record " + i + " was synced and is gone, " + known);
      }
    }
  }

  private static void same(Outbox.Record expected, Outbox.Record found, String where) {
    if (expected.epoch() != found.epoch()
        || expected.sequence() != found.sequence()
        || !Arrays.equals(expected.payload(), found.payload())) {
      throw new AssertionError(where + ": never written: " + found);
    }
  }
}
