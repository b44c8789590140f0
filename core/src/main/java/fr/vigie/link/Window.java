package fr.vigie.link;

import java.util.concurrent.TimeUnit;

/**
 * How much may be under way. It grows while acknowledgements come about as soon as the quickest
 * did, and is halved when they lag: on a slow link, or before a slow store, what waits then waits
 * here and not in a queue that fresh readings would have to stand in too. Not safe for use by
 * several threads.
 */
final class Window {
  static final int MOST_BATCHES = 512;
  private static final long MOST_BYTES = 2L << 20;
  private static final int LEAST_BYTES = 1 << 10;
  private static final long FIRST_BYTES = 16 << 10;
  private static final long PROMPT = TimeUnit.SECONDS.toNanos(1);
  private static final long LAGGING = TimeUnit.SECONDS.toNanos(2);

  private long bytes = FIRST_BYTES;
  private long quickest = Long.MAX_VALUE;
  private long latest;
  private long shrunkAt;
  private boolean wanting;

  /** What a batch counts for: a small one costs the server as much as one of a kilobyte. */
  static int cost(byte[] wire) {
    return Math.max(LEAST_BYTES, wire.length);
  }

  /** Forgets what another connection was like. */
  void reset(long now) {
    bytes = FIRST_BYTES;
    quickest = Long.MAX_VALUE;
    latest = 0;
    shrunkAt = now;
    wanting = false;
  }

  /** Whether one more may join what is under way; a single one always may. */
  boolean admits(int batches, long bytesUnderWay, int more) {
    boolean admitted = batches == 0 || batches < MOST_BATCHES && bytesUnderWay + more <= bytes;
    wanting |= !admitted;
    return admitted;
  }

  /**
   * @param sentAt when the newest of what is now acknowledged was sent, on the monotonic clock
   * @param size of all that is now acknowledged, in bytes
   */
  void acknowledged(long sentAt, long now, long size) {
    latest = now - sentAt;
    quickest = Math.min(quickest, latest);
    long queued = latest - quickest;
    if (queued <= PROMPT && wanting) {
      bytes = Math.min(MOST_BYTES, bytes + size);
      wanting = false;
    } else if (queued > LAGGING && sentAt - shrunkAt >= 0) {
      shrink(now);
    }
  }

  void shrink(long now) {
    bytes = Math.max(1, bytes / 2);
    shrunkAt = now;
  }

  /** How long the last acknowledgement took, in nanoseconds. */
  long latest() {
    return latest;
  }
}
