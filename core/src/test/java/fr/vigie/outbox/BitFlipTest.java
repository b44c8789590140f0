package fr.vigie.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.outbox.Outbox.Settings;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Damages a closed outbox and looks at what comes back, and at what is said of the rest. */
class BitFlipTest {
  private static final Settings TINY = new Settings(8 * 20 << 10, 20 << 10);
  private static final List<byte[]> PAYLOADS =
      OutboxTest.numbers(0, 250).stream().map(i -> OutboxTest.payload(3, i)).toList();
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-24T08:00:00Z"));

  @Test
  void oneBitAnywhereCostsAtMostItsRecordWhichIsCounted() throws IOException {
    MemoryDisk disk = filled(250);
    int lost = 0;
    for (Map.Entry<String, byte[]> file : disk.files().entrySet()) {
      int step = file.getKey().equals(Marks.NAME) ? 101 : 3;
      for (int at = 0; at < file.getValue().length; at += step) {
        byte[] bytes = file.getValue().clone();
        bytes[at] ^= (byte) (1 << (at + at / 8) % 8);
        lost += check(disk, file.getKey(), bytes, 1, "bit of byte " + at);
      }
    }
    assertThat(lost).isGreaterThan(3_000);
  }

  @Test
  void aDamagedRecordIsDeclaredOnceAndForgottenOnceConfirmed() throws IOException {
    MemoryDisk disk = filled(250);
    byte[] bytes = disk.files().get("0002.segment").clone();
    bytes[Image.DATA + 1000] ^= 4;
    disk.files().put("0002.segment", bytes);
    Outbox outbox = Outbox.open(disk, TINY, CLOCK);
    List<Dropped> dropped = outbox.takeDropped();
    assertThat(dropped).hasSize(1);
    assertThat(outbox.recovery().damaged()).isEqualTo(1);
    assertThat(outbox.recovery().message()).contains("0002.segment", "damaged-2.copy");
    assertThat(disk.files().get("damaged-2.copy")).isEqualTo(bytes);
    outbox.close();

    Outbox again = Outbox.open(disk, TINY, CLOCK);
    assertThat(again.recovery().damaged()).isZero();
    assertThat(again.takeDropped()).isEqualTo(dropped);
    again.confirmDropped(dropped);
    Outbox confirmed = Outbox.open(disk, TINY, CLOCK);
    assertThat(confirmed.takeDropped()).isEmpty();
    assertThat(confirmed.records()).isEqualTo(249);
    confirmed.release(3, 1000);
    confirmed.release(4, 1000);
    assertThat(confirmed.records()).isZero();
  }

  @Test
  void damageThatAppearsWhileRunningIsFoundWhenItIsRead() throws IOException {
    MemoryDisk disk = filled(250);
    Outbox outbox = Outbox.open(disk, TINY, CLOCK);
    disk.files().get("0001.segment")[Image.DATA + 300] ^= 1;
    int before = outbox.pending(1000, Long.MAX_VALUE).size();
    assertThat(before).isEqualTo(249);
    assertThat(outbox.takeDropped()).extracting(Dropped::records).containsExactly(1L);
    assertThat(outbox.records()).isEqualTo(249);
  }

  @Test
  void aZeroedPageCostsWhatStoodOnItAndNothingElse() throws IOException {
    MemoryDisk disk = filled(250);
    for (Map.Entry<String, byte[]> file : disk.files().entrySet()) {
      for (int at = 0; at < file.getValue().length; at += Image.PAGE) {
        byte[] bytes = file.getValue().clone();
        System.arraycopy(new byte[Image.PAGE], 0, bytes, at, Image.PAGE);
        check(disk, file.getKey(), bytes, 60, "page " + at / Image.PAGE);
      }
    }
  }

  @Test
  void aTruncatedOrMissingSegmentIsDeclared() throws IOException {
    MemoryDisk disk = filled(250);
    List<String> segments = disk.names().stream().filter(n -> n.endsWith(".segment")).toList();
    assertThat(segments).hasSize(3);
    for (String name : segments) {
      byte[] bytes = disk.files().get(name);
      for (int length : new int[] {0, 100, 5000, 13_000, 16 << 10, 20_000}) {
        byte[] less = new byte[length];
        System.arraycopy(bytes, 0, less, 0, length);
        check(disk, name, less, 200, "cut to " + length);
      }
      Map<String, byte[]> files = new TreeMap<>(disk.files());
      files.remove(name);
      account(new MemoryDisk(files), 200, name + " removed");
    }
  }

  @Test
  void randomGarbageIsNeverTakenForRecords() throws IOException {
    long seed = 20261124;
    Random random = new Random(seed);
    MemoryDisk disk = filled(250);
    for (int i = 0; i < 3000; i++) {
      Map<String, byte[]> files = new TreeMap<>(disk.files());
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        String name = "000" + (1 + random.nextInt(3)) + ".segment";
        byte[] bytes = files.get(name).clone();
        byte[] garbage = new byte[1 + random.nextInt(3000)];
        random.nextBytes(garbage);
        int at = Image.DATA + random.nextInt(bytes.length - Image.DATA - garbage.length);
        System.arraycopy(garbage, 0, bytes, at, garbage.length);
        files.put(name, bytes);
      }
      account(new MemoryDisk(files), 250, "seed " + seed + " case " + i);
    }
  }

  private static MemoryDisk filled(int count) throws IOException {
    MemoryDisk disk = new MemoryDisk();
    Outbox outbox = Outbox.open(disk, TINY, CLOCK);
    for (int i = 1; i <= count; i++) {
      outbox.append(i <= count / 2 ? 3 : 4, i, PAYLOADS.get(i));
      if (i % 40 == 0) {
        outbox.sync();
      }
    }
    outbox.close();
    return disk;
  }

  private static int check(MemoryDisk disk, String name, byte[] bytes, int most, String where)
      throws IOException {
    Map<String, byte[]> files = new TreeMap<>(disk.files());
    files.put(name, bytes);
    return account(new MemoryDisk(files), most, name + " " + where);
  }

  /** What is not there is declared, exactly; returns how many. */
  private static int account(MemoryDisk disk, int most, String where) throws IOException {
    Outbox outbox = Outbox.open(disk, TINY, CLOCK);
    boolean[] found = new boolean[251];
    for (Outbox.Record record : outbox.pending(Integer.MAX_VALUE, Long.MAX_VALUE)) {
      int sequence = (int) record.sequence();
      if (found[sequence] || !Arrays.equals(record.payload(), PAYLOADS.get(sequence))) {
        throw new AssertionError(where + ": never written: " + record);
      }
      found[sequence] = true;
    }
    List<Long> missing = OutboxTest.numbers(1, 250);
    missing.removeIf(sequence -> found[sequence.intValue()]);
    long declared = outbox.takeDropped().stream().mapToLong(Dropped::records).sum();
    assertThat(missing).as(where).hasSizeLessThanOrEqualTo(most);
    assertThat(declared).as(where).isEqualTo(missing.size());
    assertThat(outbox.recovery().damaged()).as(where).isEqualTo(declared);
    assertThat(outbox.records()).as(where).isEqualTo(250 - missing.size());
    if (missing.size() == 1) {
      assertThat(outbox.takeDropped().get(0).first()).as(where).isEqualTo(missing.get(0));
    }
    return missing.size();
  }
}
