package fr.vigie.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import fr.vigie.outbox.Outbox.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
  static final Settings SMALL = new Settings(5 * 32 << 10, 32 << 10);
  private static final long ALL = Long.MAX_VALUE;

  @TempDir Path folder;

  @Test
  void recordsComeBackInOrderAfterReopening() throws IOException {
    try (Outbox outbox = Outbox.open(folder, Settings.defaults())) {
      fill(outbox, 7, 1, 500);
      outbox.sync();
    }
    try (Outbox outbox = Outbox.open(folder, Settings.defaults())) {
      assertThat(outbox.records()).isEqualTo(500);
      assertThat(outbox.recovery().pending()).isEqualTo(500);
      assertThat(outbox.recovery().notes()).isEmpty();
      assertThat(sequences(outbox.pending(1000, ALL))).isEqualTo(numbers(1, 500));
      assertThat(outbox.pending(1, ALL).get(0).payload()).isEqualTo(payload(7, 1));
    }
  }

  @Test
  void pendingStopsAtEitherLimitButGivesAtLeastOne() throws IOException {
    try (Outbox outbox = Outbox.open(folder, SMALL)) {
      fill(outbox, 7, 1, 10);
      int length = payload(7, 1).length;
      assertThat(outbox.pending(3, ALL)).hasSize(3);
      assertThat(outbox.pending(100, 2L * length)).hasSize(2);
      assertThat(outbox.pending(100, 0)).hasSize(1);
      assertThat(outbox.pending(0, ALL)).isEmpty();
    }
  }

  @Test
  void aWindowMovesOnAcrossSegmentsWhileTheOldestIsStillPending() throws IOException {
    try (Outbox outbox = Outbox.open(folder, SMALL)) {
      fill(outbox, 7, 1, 1000);
      List<Long> seen = new ArrayList<>();
      List<Outbox.Record> window = outbox.pending(17, ALL);
      while (!window.isEmpty()) {
        seen.addAll(sequences(window));
        Outbox.Record last = window.get(window.size() - 1);
        window = outbox.pendingAfter(last.epoch(), last.sequence(), 17, ALL);
      }
      assertThat(seen).isEqualTo(numbers(1, 1000));
      assertThat(sequences(outbox.pendingAfter(7, 400, 2, ALL))).containsExactly(401L, 402L);
    }
  }

  @Test
  void afterARecordThatIsGoneTheOldestComesNext() throws IOException {
    try (Outbox outbox = Outbox.open(folder, SMALL)) {
      fill(outbox, 7, 1, 20);
      outbox.release(7, 10);
      assertThat(sequences(outbox.pendingAfter(7, 4, 2, ALL))).containsExactly(11L, 12L);
      assertThat(sequences(outbox.pendingAfter(3, 4, 2, ALL))).containsExactly(11L, 12L);
    }
  }

  @Test
  void releaseIsCumulativeWithinItsEpochOnly() throws IOException {
    try (Outbox outbox = Outbox.open(folder, SMALL)) {
      fill(outbox, 7, 1, 100);
      fill(outbox, 8, 1, 100);
      outbox.release(8, 50);
      outbox.release(9, 5);
      assertThat(outbox.records()).isEqualTo(150);
      outbox.release(7, 98);
      assertThat(outbox.records()).isEqualTo(52);
      assertThat(sequences(outbox.pending(3, ALL))).containsExactly(99L, 100L, 51L);
      outbox.release(7, 20);
      assertThat(outbox.records()).isEqualTo(52);
    }
    try (Outbox outbox = Outbox.open(folder, SMALL)) {
      assertThat(outbox.records()).isEqualTo(52);
      assertThat(sequences(outbox.pending(3, ALL))).containsExactly(99L, 100L, 51L);
    }
  }

  @Test
  void sequencesFollowOneAnotherWhileTheEpochIsPending() throws IOException {
    try (Outbox outbox = Outbox.open(folder, SMALL)) {
      fill(outbox, 7, 5, 6);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> outbox.append(7, 8, new byte[1]))
          .withMessageContaining("8")
          .withMessageContaining("pending");
      assertThatIllegalArgumentException().isThrownBy(() -> outbox.append(7, 6, new byte[1]));
      assertThatIllegalArgumentException().isThrownBy(() -> outbox.append(7, -1, new byte[1]));
      outbox.release(7, 6);
      outbox.append(7, 100, new byte[1]);
      assertThat(sequences(outbox.pending(9, ALL))).containsExactly(100L);
      assertThat(outbox.takeDropped()).isEmpty();
    }
    try (Outbox outbox = Outbox.open(folder, SMALL)) {
      assertThat(outbox.recovery().damaged()).isZero();
      assertThat(sequences(outbox.pending(9, ALL))).containsExactly(100L);
    }
  }

  @Test
  void theLargestPayloadFitsAndALargerOneIsRefused() throws IOException {
    try (Outbox outbox = Outbox.open(folder, SMALL)) {
      outbox.append(1, 1, new byte[0]);
      outbox.append(1, 2, new byte[SMALL.mostPayload()]);
      outbox.append(1, 3, new byte[1]);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> outbox.append(1, 4, new byte[SMALL.mostPayload() + 1]))
          .withMessageContaining(String.valueOf(SMALL.mostPayload()));
    }
    try (Outbox outbox = Outbox.open(folder, SMALL)) {
      assertThat(outbox.pending(9, ALL))
          .extracting(record -> record.payload().length)
          .containsExactly(0, SMALL.mostPayload(), 1);
    }
  }

  @Test
  void segmentsAreUsedAgainOnceReleased() throws IOException {
    try (Outbox outbox = Outbox.open(folder, SMALL)) {
      for (int i = 0; i < 100; i++) {
        fill(outbox, 7, i * 100 + 1, i * 100 + 100);
        outbox.sync();
        outbox.release(7, i * 100 + 100);
      }
      assertThat(outbox.records()).isZero();
      assertThat(outbox.bytes()).isZero();
      assertThat(outbox.takeDropped()).isEmpty();
      assertThat(segmentFiles()).hasSizeLessThanOrEqualTo(3);
    }
  }

  @Test
  void theLastRecordIsKnownAfterEverythingIsReleasedAndRecycled() throws IOException {
    try (Outbox outbox = Outbox.open(folder, SMALL)) {
      assertThat(outbox.last()).isEmpty();
      fill(outbox, 7, 1, 2000);
      outbox.release(7, 2000);
      assertThat(outbox.last()).hasValueSatisfying(last -> isRecord(last, 7, 2000));
    }
    try (Outbox outbox = Outbox.open(folder, SMALL)) {
      assertThat(outbox.records()).isZero();
      assertThat(outbox.last()).hasValueSatisfying(last -> isRecord(last, 7, 2000));
    }
  }

  @Test
  void theOldestSegmentIsDroppedAtTheLimitAndItsLossDeclaredUntilConfirmed() throws IOException {
    List<Dropped> declared;
    try (Outbox outbox = Outbox.open(folder, SMALL)) {
      fill(outbox, 7, 1, 3000);
      declared = outbox.takeDropped();
      long first = outbox.pending(1, ALL).get(0).sequence();
      assertThat(declared).hasSize(1);
      assertThat(declared.get(0).first()).isEqualTo(1);
      assertThat(declared.get(0).last()).isEqualTo(first - 1);
      assertThat(declared.get(0).records()).isEqualTo(first - 1);
      assertThat(declared.get(0).reason()).isEqualTo(Dropped.Reason.FULL);
      assertThat(outbox.records()).isEqualTo(3000 - first + 1);
      fill(outbox, 7, 3001, 4000);
      assertThat(outbox.takeDropped()).hasSize(2);
    }
    try (Outbox outbox = Outbox.open(folder, SMALL)) {
      List<Dropped> again = outbox.takeDropped();
      assertThat(again).hasSize(2).startsWith(declared.get(0));
      assertThat(again.get(1).first()).isEqualTo(declared.get(0).last() + 1);
      outbox.confirmDropped(declared);
      assertThat(outbox.takeDropped()).containsExactly(again.get(1));
    }
    try (Outbox outbox = Outbox.open(folder, SMALL)) {
      outbox.confirmDropped(outbox.takeDropped());
      assertThat(outbox.takeDropped()).isEmpty();
    }
    try (Outbox outbox = Outbox.open(folder, SMALL)) {
      assertThat(outbox.takeDropped()).isEmpty();
    }
    assertThat(segmentFiles()).hasSize(5);
  }

  @Test
  void whatWasReleasedIsNoLossWhenItsSegmentIsDropped() throws IOException {
    try (Outbox outbox = Outbox.open(folder, SMALL)) {
      fill(outbox, 7, 1, 300);
      outbox.release(7, 100);
      fill(outbox, 7, 301, 3000);
      assertThat(outbox.takeDropped().get(0).first()).isEqualTo(101);
    }
  }

  @Test
  void aSmallerLimitIsKeptFromTheNextSegmentOn() throws IOException {
    try (Outbox outbox = Outbox.open(folder, SMALL)) {
      fill(outbox, 7, 1, 800);
    }
    Settings less = new Settings(2 * 32 << 10, 32 << 10);
    try (Outbox outbox = Outbox.open(folder, less)) {
      fill(outbox, 7, 801, 1500);
      assertThat(outbox.takeDropped().get(0).first()).isEqualTo(1);
      assertThat(segmentFiles()).hasSize(2);
    }
  }

  @Test
  void anotherSizeOfSegmentTakesOverWithoutLoss() throws IOException {
    try (Outbox outbox = Outbox.open(folder, SMALL)) {
      fill(outbox, 7, 1, 800);
    }
    Settings other = new Settings(1 << 20, 64 << 10);
    try (Outbox outbox = Outbox.open(folder, other)) {
      fill(outbox, 7, 801, 3000);
      assertThat(sequences(outbox.pending(4000, ALL))).isEqualTo(numbers(1, 3000));
      outbox.release(7, 3000);
      fill(outbox, 7, 3001, 6000);
      assertThat(sequences(outbox.pending(4000, ALL))).isEqualTo(numbers(3001, 6000));
    }
  }

  @Test
  void manyRestartsWithFewRecordsLoseNothing() throws IOException {
    for (int epoch = 1; epoch <= 200; epoch++) {
      try (Outbox outbox = Outbox.open(folder, new Settings(1 << 20, 64 << 10))) {
        assertThat(outbox.records()).isEqualTo(epoch - 1);
        outbox.append(epoch, 1, payload(epoch, 1));
      }
    }
    try (Outbox outbox = Outbox.open(folder, new Settings(1 << 20, 64 << 10))) {
      assertThat(outbox.takeDropped()).isEmpty();
      assertThat(outbox.pending(1000, ALL))
          .extracting(Outbox.Record::epoch)
          .isEqualTo(numbers(1, 200));
    }
  }

  @Test
  void aSecondOpenInTheSameProcessIsRefused() throws IOException {
    try (Outbox outbox = Outbox.open(folder, SMALL)) {
      fill(outbox, 1, 1, 1);
      assertThatIOException()
          .isThrownBy(() -> Outbox.open(folder, SMALL))
          .withMessageContaining("already open");
    }
    Outbox.open(folder, SMALL).close();
  }

  @Test
  void aFolderOfANewerProgramIsRefusedAndNothingTouched() throws IOException {
    try (Outbox outbox = Outbox.open(folder, SMALL)) {
      fill(outbox, 7, 1, 10);
    }
    Path segment = folder.resolve("0001.segment");
    byte[] bytes = Files.readAllBytes(segment);
    for (int at = 0; at < Image.PAGE; at += Image.PAGE / 2) {
      bytes[at + 11] = 2;
      bytes[at + 15]++;
    }
    Files.write(segment, bytes);
    Files.delete(folder.resolve("lock"));
    assertThatIOException()
        .isThrownBy(() -> Outbox.open(folder, SMALL))
        .withMessageContaining("format 2")
        .withMessageContaining("newer program");
    assertThat(Files.readAllBytes(segment)).isEqualTo(bytes);
    assertThat(folder.resolve("lock")).doesNotExist();
  }

  @Test
  void filesOfOthersAreReportedAndLeftAlone() throws IOException {
    Files.writeString(folder.resolve("holiday.jpg"), "not ours");
    Files.writeString(folder.resolve("0009.segment.tmp"), "half a segment");
    Files.writeString(folder.resolve("0007.segment"), "somebody wrote here");
    try (Outbox outbox = Outbox.open(folder, SMALL)) {
      assertThat(outbox.recovery().foreign()).containsExactly("holiday.jpg");
      assertThat(outbox.recovery().message()).contains("holiday.jpg");
      fill(outbox, 7, 1, 2000);
    }
    assertThat(folder.resolve("holiday.jpg")).hasContent("not ours");
    assertThat(folder.resolve("0009.segment.tmp")).doesNotExist();
  }

  @Test
  void aClosedOutboxSaysSo() throws IOException {
    Outbox outbox = Outbox.open(folder, SMALL);
    outbox.close();
    outbox.close();
    assertThatIOException()
        .isThrownBy(() -> outbox.append(1, 1, new byte[1]))
        .withMessageContaining("closed");
  }

  private List<String> segmentFiles() throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".segment"))
          .toList();
    }
  }

  static void isRecord(Outbox.Record record, long epoch, long sequence) {
    assertThat(record.epoch()).isEqualTo(epoch);
    assertThat(record.sequence()).isEqualTo(sequence);
    assertThat(record.payload()).isEqualTo(payload(epoch, sequence));
  }

  static void fill(Outbox outbox, long epoch, long first, long last) throws IOException {
    for (long sequence = first; sequence <= last; sequence++) {
      outbox.append(epoch, sequence, payload(epoch, sequence));
    }
  }

  /** Between 40 and 90 bytes that tell which record they belong to. */
  static byte[] payload(long epoch, long sequence) {
    String text = "epoch " + epoch + " sequence " + sequence + " ";
    int times = 2 + (int) Math.floorMod(sequence * 7 + epoch, 3L);
    return text.repeat(times).getBytes(StandardCharsets.UTF_8);
  }

  static List<Long> sequences(List<Outbox.Record> records) {
    return records.stream().map(Outbox.Record::sequence).toList();
  }

  static List<Long> numbers(long first, long last) {
    List<Long> all = new ArrayList<>();
    for (long i = first; i <= last; i++) {
      all.add(i);
    }
    return all;
  }
}
