package fr.vigie.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import fr.vigie.outbox.MemoryDisk.Kind;
import fr.vigie.outbox.Outbox.Settings;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that is full, read-only or broken for a while. */
class DiskErrorTest {
  private static final Settings TINY = new Settings(16 * 20 << 10, 20 << 10);
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-24T08:00:00Z"));

  @Test
  void aFullDiskRefusesTheAppendAndNothingElse() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    Outbox outbox = Outbox.open(disk, TINY, CLOCK);
    disk.failWhen(step -> step.kind() == Kind.CREATE, 0);
    int accepted = appendUntilRefused(outbox);
    outbox.sync();
    assertThat(outbox.pending(9999, Long.MAX_VALUE)).hasSize(accepted);
    assertThatIOException()
        .isThrownBy(() -> outbox.append(1, accepted + 1, OutboxTest.payload(1, 1)))
        .withMessageContaining("No space left");
    disk.recover();
    OutboxTest.fill(outbox, 1, accepted + 1, accepted + 100);
    outbox.close();
    assertThat(OutboxTest.sequences(reopened(disk).pending(9999, Long.MAX_VALUE)))
        .isEqualTo(OutboxTest.numbers(1, accepted + 100));
  }

  private static int appendUntilRefused(Outbox outbox) {
    int accepted = 0;
    try {
      while (accepted < 10_000) {
        outbox.append(1, accepted + 1, OutboxTest.payload(1, accepted + 1));
        accepted++;
      }
    } catch (IOException full) {
      return accepted;
    }
    return accepted;
  }

  @Test
  void afterAFailedForceAllThatWasNotDurableIsWrittenAgain() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    Outbox outbox = Outbox.open(disk, TINY, CLOCK);
    OutboxTest.fill(outbox, 1, 1, 30);
    outbox.sync();
    Map<String, byte[]> durable = new TreeMap<>(disk.files());
    OutboxTest.fill(outbox, 1, 31, 60);
    disk.failWhen(step -> step.kind() == Kind.FORCE, 0);
    assertThatIOException().isThrownBy(outbox::sync);
    disk.recover();
    disk.steps().clear();
    outbox.sync();
    disk.steps().forEach(step -> MemoryDisk.apply(durable, step, step.bytes().length));
    assertThat(OutboxTest.sequences(reopened(new MemoryDisk(durable)).pending(999, 1 << 30)))
        .isEqualTo(OutboxTest.numbers(1, 60));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void failuresAtRandomLoseNothingAcceptedAndInventNothing(long seed) throws IOException {
    Random random = new Random(seed);
    MemoryDisk disk = new MemoryDisk();
    Outbox outbox = Outbox.open(disk, TINY, CLOCK);
    int accepted = 0;
    int released = 0;
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
      if (random.nextInt(20) == 0) {
        disk.failWhen(step -> random.nextInt(3) == 0, random.nextInt(4096));
      }
      try {
        byte[] payload = payload(accepted + 1, random.nextInt(20) == 0 ? i : -i);
        outbox.append(1, accepted + 1, payload);
        accepted++;
        if (random.nextInt(10) == 0) {
          outbox.sync();
        }
      } catch (IOException expected) {
        refused++;
      }
      if (random.nextInt(5) == 0) {
        disk.recover();
      }
      if (accepted - released > 60) {
        released = accepted - 30;
        outbox.release(1, released);
      }
      if (i % 50 == 49) {
        disk.recover();
        outbox.sync();
        Outbox copy = reopened(new MemoryDisk(disk.files()));
        assertThat(copy.recovery().damaged()).as("seed " + seed + " at " + i).isZero();
        isWhole(copy, released, accepted, "seed " + seed + " at " + i);
        isWhole(outbox, released, accepted, "seed " + seed + " at " + i);
      }
    }
    assertThat(refused).isGreaterThan(50);
  }

  private static byte[] payload(int sequence, int salt) {
    byte[] payload = new byte[salt > 0 ? 5000 + salt % 2000 : 100 + -salt % 100];
    new Random(sequence * 31L + payload.length).nextBytes(payload);
    return payload;
  }

  private static void isWhole(Outbox outbox, int released, int accepted, String where)
      throws IOException {
    long expected = -1;
    for (Outbox.Record record : outbox.pending(Integer.MAX_VALUE, Long.MAX_VALUE)) {
      byte[] payload = new byte[record.payload().length];
      new Random(record.sequence() * 31L + payload.length).nextBytes(payload);
      assertThat(record.payload()).as(where).isEqualTo(payload);
      if (expected < 0) {
        assertThat(record.sequence()).as(where).isLessThanOrEqualTo(released + 1L);
      } else {
        assertThat(record.sequence()).as(where).isEqualTo(expected);
      }
      expected = record.sequence() + 1;
    }
    assertThat(expected).as(where).isEqualTo(accepted + 1L);
  }

  private static Outbox reopened(MemoryDisk disk) throws IOException {
    return Outbox.open(disk, TINY, CLOCK);
  }
}
