package fr.vigie.example.powercut;

import fr.vigie.outbox.Outbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Appends records to an outbox, syncs every few of them, releases old ones, and tells after each
 * sync what is durable and before each release what may go.
 */
final class OutboxWriter {
  private static final Outbox.Settings SETTINGS = new Outbox.Settings(32 << 20, 256 << 10);
  private static final int KEPT = 400;
  private static final String SYNCED = "synced/";
  private static final String RELEASED = "released/";

  private OutboxWriter() {}

  public static void main(String[] arguments) throws IOException {
    Outbox outbox = Outbox.open(Path.of(arguments[0]), SETTINGS);
    long life = Long.parseLong(arguments[1]);
    Random random = new Random(life);
    for (long sequence = 1; ; sequence++) {
      outbox.append(life, sequence, payload(life, sequence));
      if (random.nextInt(5) == 0) {
        outbox.sync();
        System.out.println(SYNCED + life + " " + sequence);
      }
      if (sequence == KEPT && life > 1) {
        release(outbox, life - 1, Integer.MAX_VALUE);
      }
      if (sequence > KEPT && sequence % 50 == 0) {
        release(outbox, life, sequence - KEPT);
      }
    }
  }

  private static void release(Outbox outbox, long life, long sequence) throws IOException {
    System.out.println(RELEASED + life + " " + sequence);
    outbox.release(life, sequence);
  }

  static Counts check(Path folder, Map<String, Long> told) throws IOException {
    Map<Long, Set<Long>> there = new HashMap<>();
    long duplicated = 0;
    long foreign = 0;
    long life = 0;
    long sequence = 0;
    try (Outbox outbox = Outbox.open(folder, SETTINGS)) {
      for (Outbox.Record record : outbox.pending(Integer.MAX_VALUE, Long.MAX_VALUE)) {
        boolean inOrder =
            record.epoch() > life || record.epoch() == life && record.sequence() > sequence;
        life = record.epoch();
        sequence = record.sequence();
        if (!there.computeIfAbsent(life, key -> new HashSet<>()).add(sequence)) {
          duplicated++;
        } else if (!inOrder || !Arrays.equals(record.payload(), payload(life, sequence))) {
          foreign++;
        }
      }
    }
    long acknowledged = 0;
    long present = 0;
    for (Map.Entry<String, Long> last : told.entrySet()) {
      if (last.getKey().startsWith(SYNCED)) {
        String epoch = last.getKey().substring(SYNCED.length());
        Set<Long> found = there.getOrDefault(Long.parseLong(epoch), Set.of());
        long released = told.getOrDefault(RELEASED + epoch, 0L);
        for (long wanted = released + 1; wanted <= last.getValue(); wanted++) {
          acknowledged++;
          present += found.contains(wanted) ? 1 : 0;
        }
      }
    }
    return new Counts(0, acknowledged, present, acknowledged - present, duplicated, foreign);
  }

  private static byte[] payload(long life, long sequence) {
    Random random = new Random(life * 1_000_003 + sequence);
    byte[] payload = new byte[20 + random.nextInt(1500)];
    random.nextBytes(payload);
    return payload;
  }
}
