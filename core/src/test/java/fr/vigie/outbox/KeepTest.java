package fr.vigie.outbox;

import static fr.vigie.outbox.OutboxTest.fill;
import static fr.vigie.outbox.OutboxTest.numbers;
import static fr.vigie.outbox.OutboxTest.payload;
import static fr.vigie.outbox.OutboxTest.sequences;
import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.outbox.Outbox.Hole;
import fr.vigie.outbox.Outbox.Record;
import fr.vigie.outbox.Outbox.Settings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is released stays for a while, gives way first, and can be taken back. */
class KeepTest {
  private static final long ALL = Long.MAX_VALUE;
  private static final int SEGMENT = 32 << 10;
  private static final Settings KEEPING = new Settings(5 * SEGMENT, SEGMENT, Duration.ofDays(7));

  private final MemoryDisk disk = new MemoryDisk();
  private Instant now = Instant.parse("2026-11-24T06:00:00Z");
  private final InstantSource clock = () -> now;

  private Outbox open() throws IOException {
    return Outbox.open(disk, KEEPING, clock);
  }

  private static List<Record> records(long epoch, long first, long last) {
    List<Record> records = new ArrayList<>();
    for (long sequence = first; sequence <= last; sequence++) {
      records.add(new Record(epoch, sequence, payload(epoch, sequence)));
    }
    return records;
  }

  @Test
  void whatIsReleasedCanBeTakenBackAlsoAfterAReopening() throws IOException {
    try (Outbox outbox = open()) {
      fill(outbox, 7, 1, 800);
      outbox.release(7, 800);
      assertThat(outbox.records()).isZero();
    }
    try (Outbox outbox = open()) {
      assertThat(outbox.records()).isZero();
      assertThat(outbox.epochs()).containsExactly(7L);
      assertThat(outbox.withdraw(7, 300)).isEmpty();
      assertThat(outbox.records()).isEqualTo(500);
      assertThat(outbox.records(7)).isEqualTo(500);
      assertThat(sequences(outbox.pending(1000, ALL))).isEqualTo(numbers(301, 800));
      outbox.release(7, 500);
    }
    try (Outbox outbox = open()) {
      assertThat(sequences(outbox.pending(1000, ALL))).isEqualTo(numbers(501, 800));
    }
  }

  @Test
  void whatWasNeverPendingIsKeptWithoutAForce() throws IOException {
    try (Outbox outbox = open()) {
      assertThat(outbox.keep(records(7, 1, 100))).isEqualTo(100);
      assertThat(outbox.records()).isZero();
      assertThat(outbox.last().orElseThrow().sequence()).isEqualTo(100);
      assertThat(outbox.withdraw(7, 0)).isEmpty();
      assertThat(sequences(outbox.pending(1000, ALL))).isEqualTo(numbers(1, 100));
    }
  }

  @Test
  void whatIsReleasedGivesWayBeforeOlderOnesThatArePending() throws IOException {
    try (Outbox outbox = open()) {
      fill(outbox, 7, 1, 300);
      fill(outbox, 8, 1, 600);
      outbox.release(8, 600);
      fill(outbox, 9, 1, 500);

      assertThat(outbox.takeDropped()).isEmpty();
      assertThat(outbox.records(7)).isEqualTo(300);
      assertThat(outbox.records(9)).isEqualTo(500);
    }
    try (Outbox outbox = open()) {
      assertThat(outbox.recovery().damaged()).as("what gave way is no damage").isZero();
      assertThat(outbox.takeDropped()).isEmpty();
      assertThat(outbox.records(7)).isEqualTo(300);
      assertThat(sequences(outbox.pendingOf(9, 0, 1000, ALL))).isEqualTo(numbers(1, 500));
      assertThat(sequences(outbox.pendingOf(9, 480, 1000, ALL))).isEqualTo(numbers(481, 500));
    }
  }

  @Test
  void aCutAtAnyStepWhileRoomIsMadeCostsNothingPendingAndIsNoDamage() throws IOException {
    Outbox outbox = open();
    fill(outbox, 7, 1, 300);
    outbox.sync();
    int from = disk.steps().size();
    fill(outbox, 8, 1, 600);
    outbox.release(8, 600);
    fill(outbox, 9, 1, 500);
    outbox.sync();
    Map<String, byte[]> files = new TreeMap<>();
    int opened = 0;
    for (int i = 0; i < disk.steps().size(); i++) {
      MemoryDisk.Step step = disk.steps().get(i);
      MemoryDisk.apply(files, step, step.bytes().length);
      if (i >= from && (step.kind() != MemoryDisk.Kind.WRITE || i % 7 == 0)) {
        Outbox left = Outbox.open(new MemoryDisk(copy(files)), KEEPING, clock);
        assertThat(left.records(7)).as("step %d", i).isEqualTo(300);
        assertThat(left.recovery().damaged()).as("step %d", i).isZero();
        assertThat(left.takeDropped()).as("step %d", i).isEmpty();
        opened++;
      }
    }
    assertThat(opened).isGreaterThan(100);
  }

  private static Map<String, byte[]> copy(Map<String, byte[]> files) {
    Map<String, byte[]> copy = new TreeMap<>();
    files.forEach((name, bytes) -> copy.put(name, bytes.clone()));
    return copy;
  }

  @Test
  void whatNoLongerIsKeptIsAHole() throws IOException {
    try (Outbox outbox = open()) {
      for (int i = 0; i < 50; i++) {
        outbox.keep(records(7, i * 100 + 1, i * 100 + 100));
      }
      List<Hole> holes = outbox.withdraw(7, 1000);

      assertThat(holes).hasSize(1);
      assertThat(holes.get(0).first()).isEqualTo(1001);
      assertThat(sequences(outbox.pending(5000, ALL)))
          .isEqualTo(numbers(holes.get(0).last() + 1, 5000));
    }
  }

  @Test
  void whatIsKeptCostsNoPendingRecordItsPlace() throws IOException {
    try (Outbox outbox = open()) {
      fill(outbox, 7, 1, 1_000);
      int kept = outbox.keep(records(8, 1, 2_000));

      assertThat(kept).isBetween(1, 1_999);
      assertThat(outbox.takeDropped()).isEmpty();
      assertThat(outbox.records()).isEqualTo(1_000);
    }
  }

  @Test
  void whatIsKeptForLongEnoughIsLetGo() throws IOException {
    try (Outbox outbox = open()) {
      outbox.keep(records(7, 1, 1_000));
      now = now.plus(Duration.ofDays(8));
      for (int i = 0; i < 40; i++) {
        outbox.keep(records(8, i * 10 + 1, i * 10 + 10));
      }
      assertThat(outbox.withdraw(7, 0)).isNotEmpty();
      assertThat(outbox.records(7)).isLessThan(400);
    }
  }

  @Test
  void aStartDoesNotReadWhatIsOnlyKept() throws IOException {
    try (Outbox outbox = open()) {
      fill(outbox, 7, 1, 900);
      outbox.release(7, 900);
    }
    disk.files().get("0002.segment")[Image.DATA + 700] ^= 1;
    try (Outbox outbox = open()) {
      assertThat(outbox.recovery().damaged()).isZero();
      outbox.withdraw(7, 0);
      List<Long> found = sequences(outbox.pending(2_000, ALL));
      assertThat(found).hasSize(899);
      assertThat(outbox.takeDropped()).extracting(Dropped::records).containsExactly(1L);
    }
  }

  @Test
  void aDamagedNoteOnlyMeansThatTheSegmentIsRead() throws IOException {
    try (Outbox outbox = open()) {
      fill(outbox, 7, 1, 900);
      outbox.release(7, 900);
    }
    for (int at = 0; at < Image.PAGE; at += 5) {
      disk.files().get("0001.segment")[Image.PAGE + at] ^= 64;
      try (Outbox outbox = open()) {
        assertThat(outbox.records()).isZero();
        outbox.withdraw(7, 0);
        assertThat(outbox.records()).isEqualTo(900);
        outbox.release(7, 900);
      }
      disk.files().get("0001.segment")[Image.PAGE + at] ^= 64;
    }
  }
}
