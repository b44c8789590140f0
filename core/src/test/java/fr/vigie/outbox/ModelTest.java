package fr.vigie.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.outbox.Outbox.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A million records through the outbox and through a plain list, compared all the way. */
class ModelTest {
  private static final Settings SETTINGS = new Settings(4 << 20, 256 << 10);
  private static final int RECORDS = 1_000_000;

  @TempDir Path folder;

  private record Id(long epoch, long sequence) {}

  @Test
  void aMillionRecordsAgreeWithAListThroughReopeningsReleasesAndDrops() throws IOException {
    long seed = 424242;
    Random random = new Random(seed);
    Deque<Id> model = new ArrayDeque<>();
    Outbox outbox = Outbox.open(folder, SETTINGS);
    long epoch = 1;
    long sequence = 0;
    long dropped = 0;
    for (int i = 0; i < RECORDS; i++) {
      sequence++;
      outbox.append(epoch, sequence, payload(epoch, sequence));
      model.add(new Id(epoch, sequence));
      if (random.nextInt(2_000) == 0) {
        List<Dropped> gone = outbox.takeDropped();
        dropped += forget(model, gone, seed);
        outbox.confirmDropped(gone);
        if (random.nextBoolean()) {
          outbox.sync();
        }
        release(outbox, model, random);
        compare(outbox, model, random, "seed " + seed + " record " + i);
      }
      if (random.nextInt(20_000) == 0) {
        outbox.close();
        outbox = Outbox.open(folder, SETTINGS);
        assertThat(outbox.recovery().damaged()).isZero();
        assertThat(outbox.recovery().cutBytes()).isZero();
        Id last = new Id(epoch, sequence);
        assertThat(outbox.last().map(r -> new Id(r.epoch(), r.sequence()))).hasValue(last);
        epoch++;
        sequence = random.nextInt(3);
      }
    }
    dropped += forget(model, outbox.takeDropped(), seed);
    compare(outbox, model, random, "seed " + seed);
    assertThat(dropped).isGreaterThan(10_000);
    outbox.close();
  }

  private static long forget(Deque<Id> model, List<Dropped> gone, long seed) {
    long count = 0;
    for (Dropped dropped : gone) {
      for (long s = dropped.first(); s <= dropped.last(); s++) {
        assertThat(model.poll()).as("seed " + seed).isEqualTo(new Id(dropped.epoch(), s));
        count++;
      }
    }
    assertThat(count).isEqualTo(gone.stream().mapToLong(Dropped::records).sum());
    return count;
  }

  private static void release(Outbox outbox, Deque<Id> model, Random random) throws IOException {
    if (model.isEmpty() || random.nextInt(3) == 0) {
      return;
    }
    int ahead = random.nextInt(Math.min(model.size(), 12_000));
    Iterator<Id> all = model.iterator();
    Id until = all.next();
    for (int i = 0; i < ahead; i++) {
      until = all.next();
    }
    outbox.release(until.epoch, until.sequence);
    long epoch = until.epoch;
    long sequence = until.sequence;
    model.removeIf(id -> id.epoch == epoch && id.sequence <= sequence);
  }

  private static void compare(Outbox outbox, Deque<Id> model, Random random, String where)
      throws IOException {
    assertThat(outbox.records()).as(where).isEqualTo(model.size());
    int most = 1 + random.nextInt(300);
    List<Outbox.Record> found = new ArrayList<>(outbox.pending(most, Long.MAX_VALUE));
    if (!found.isEmpty()) {
      Outbox.Record last = found.get(found.size() - 1);
      found.addAll(outbox.pendingAfter(last.epoch(), last.sequence(), most, Long.MAX_VALUE));
    }
    assertThat(found).as(where).hasSize(Math.min(model.size(), 2 * most));
    Iterator<Id> expected = model.iterator();
    for (Outbox.Record record : found) {
      assertThat(new Id(record.epoch(), record.sequence())).as(where).isEqualTo(expected.next());
      byte[] payload = payload(record.epoch(), record.sequence());
      assertThat(Arrays.equals(record.payload(), payload)).as(where).isTrue();
    }
  }

  private static byte[] payload(long epoch, long sequence) {
    byte[] payload = new byte[(int) Math.floorMod(sequence * 31 + epoch, 97L)];
    Arrays.fill(payload, (byte) (sequence ^ epoch));
    return payload;
  }
}
