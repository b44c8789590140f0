package fr.vigie.server.ingest;

import fr.vigie.server.ingest.Progress.Epoch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * What the latest batches of each epoch were like, so that one that comes again under the same
 * identity but with other content is noticed. For one thread.
 */
final class Fingerprints {
  private static final int MOST_EPOCHS = 1_000;
  private static final int MOST_BATCHES = 256;

  private final Map<Epoch, Latest> epochs =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Epoch, Latest> eldest) {
          return size() > MOST_EPOCHS;
        }
      };

  private static final class Latest {
    private final long[] sequences = new long[MOST_BATCHES];
    private final int[] sums = new int[MOST_BATCHES];
  }

  /** Whether a batch of this identity came lately and was another one; if not, it is noted. */
  boolean differs(Epoch epoch, long sequence, byte[] payload) {
    CRC32C crc = new CRC32C();
    crc.update(payload);
    int sum = (int) crc.getValue();
    Latest latest = epochs.computeIfAbsent(epoch, first -> new Latest());
    int place = (int) Math.floorMod(sequence, (long) MOST_BATCHES);
    if (latest.sequences[place] == sequence) {
      return latest.sums[place] != sum;
    }
    latest.sequences[place] = sequence;
    latest.sums[place] = sum;
    return false;
  }
}
