package fr.vigie.example.proxy;

import java.time.Duration;

/**
 * What happens to the bytes of one direction.
 *
 * @param delay how much later they arrive
 * @param bytesPerSecond how many arrive in a second at most
 * @param cutAfter bytes of one connection after which it is reset
 * @param garbled share of bytes of which a bit flips, 0 to 1
 * @param blackHole whether nothing arrives at all, while the connection stays; what was under way
 *     arrives when this ends, as TCP would send it again
 */
public record Torment(
    Duration delay, long bytesPerSecond, long cutAfter, double garbled, boolean blackHole) {
  public static final Torment NONE =
      new Torment(Duration.ZERO, Long.MAX_VALUE, Long.MAX_VALUE, 0, false);

  /**
   * @throws IllegalArgumentException when a value makes no sense
   */
  public Torment {
    if (delay.isNegative()
        || bytesPerSecond < 1
        || cutAfter < 0
        || !(garbled >= 0 && garbled <= 1)) {
      throw new IllegalArgumentException(
          "a torment of delay "
              + delay
              + ", "
              + bytesPerSecond
              + " B/s, a cut after "
              + cutAfter
              + " B and a share of "
              + garbled
              + " garbled");
    }
  }

  public static Torment delayed(Duration delay) {
    return new Torment(delay, Long.MAX_VALUE, Long.MAX_VALUE, 0, false);
  }

  public Torment atMost(long rate) {
    return new Torment(delay, rate, cutAfter, garbled, blackHole);
  }

  public static Torment cutAfter(long bytes) {
    return new Torment(Duration.ZERO, Long.MAX_VALUE, bytes, 0, false);
  }

  public static Torment garble(double share) {
    return new Torment(Duration.ZERO, Long.MAX_VALUE, Long.MAX_VALUE, share, false);
  }

  public static Torment swallow() {
    return new Torment(Duration.ZERO, Long.MAX_VALUE, Long.MAX_VALUE, 0, true);
  }
}
