package fr.vigie.server.store.sqlite;

import java.nio.ByteBuffer;

/** Unsigned numbers in as many bytes as they need, seven bits each, the lowest first. */
final class Varint {
  static final int LONGEST = 10;

  private Varint() {}

  static void put(ByteBuffer buffer, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      buffer.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    buffer.put((byte) rest);
  }

  /**
   * @throws IllegalArgumentException when it is longer than a {@code long}
   */
  static long get(ByteBuffer buffer) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = buffer.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number that never ends");
  }
}
