package fr.vigie.agent.register;

/**
 * The order in which a device sends the bytes of a number, {@code a} being the highest. A number of
 * one register has only two, one of four goes on in the same manner.
 */
public enum WordOrder {
  /** By the book: high register first, high byte first. */
  ABCD,
  /** Low register first, high byte first. */
  CDAB,
  /** High register first, low byte first. */
  BADC,
  /** Low register first, low byte first. */
  DCBA;

  /** The number's bits. */
  long bits(byte[] data, int from, int bytes) {
    long bits = 0;
    for (int i = 0; i < bytes; i++) {
      int place =
          switch (this) {
            case ABCD -> i;
            case CDAB -> bytes - 2 - (i & ~1) + (i & 1);
            case BADC -> i ^ 1;
            case DCBA -> bytes - 1 - i;
          };
      bits = bits << 8 | data[from + place] & 0xff;
    }
    return bits;
  }
}
