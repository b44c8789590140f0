package fr.vigie.column;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads what {@link BitWriter} wrote; reading beyond the end throws. */
final class BitReader {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** One field may be read beyond the end before that is noticed. */
  private static final int PADDING = 32;

  private final byte[] bytes;
  private final int limit;
  private int at;

  BitReader(byte[] source, int from, int to) {
    bytes = new byte[to - from + PADDING];
    System.arraycopy(source, from, bytes, 0, to - from);
    limit = (to - from) * 8;
  }

  int remaining() {
    return limit - at;
  }

  long bits(int count) throws ColumnException {
    if (count > 56) {
      return bits(count - 32) << 32 | bits(32);
    }
    long value = count == 0 ? 0 : window(at) >>> 64 - count;
    advance(count);
    return value;
  }

  boolean bit() throws ColumnException {
    return bits(1) == 1;
  }

  long number() throws ColumnException {
    int order = Long.numberOfLeadingZeros(~window(at));
    if (order > 6) {
      throw new ColumnException("found a number that no writer writes");
    }
    advance(order + 1);
    int length = (1 << order | (int) bits(order)) - 1;
    if (length > 64) {
      throw new ColumnException("found a number of " + length + " bits");
    }
    return length == 0 ? 0 : 1L << length - 1 | bits(length - 1);
  }

  /** A number of at most {@code most}, before anything is allocated for it. */
  int count(String what, long most) throws ColumnException {
    long count = number();
    if (count < 0 || count > most) {
      throw new ColumnException(
          "found " + Long.toUnsignedString(count) + " " + what + ", wanted at most " + most);
    }
    return (int) count;
  }

  long signed() throws ColumnException {
    return unzigzag(number());
  }

  /** {@code to - from} numbers in Rice code. */
  void rice(long[] values, int from, int to, int k) throws ColumnException {
    if (k + BitWriter.ESCAPE + 1 > 57) {
      for (int i = from; i < to; i++) {
        values[i] = rice(k);
      }
      return;
    }
    int position = at;
    long mask = (1L << k) - 1;
    for (int i = from; i < to; i++) {
      long window = window(position);
      int ones = Long.numberOfLeadingZeros(~window);
      if (ones < BitWriter.ESCAPE) {
        int length = ones + 1 + k;
        values[i] = (long) ones << k | window >>> 64 - length & mask;
        position += length;
      } else {
        at = position + BitWriter.ESCAPE;
        values[i] = number();
        position = at;
      }
      if (position > limit) {
        throw tooShort();
      }
    }
    at = position;
  }

  private long rice(int k) throws ColumnException {
    int ones = Math.min(BitWriter.ESCAPE, Long.numberOfLeadingZeros(~window(at)));
    if (ones == BitWriter.ESCAPE) {
      advance(ones);
      return number();
    }
    advance(ones + 1);
    return (long) ones << k | bits(k);
  }

  static long unzigzag(long value) {
    return value >>> 1 ^ -(value & 1);
  }

  /**
   * @throws ColumnException unless only the zeros are left that fill the last byte
   */
  void end() throws ColumnException {
    int left = remaining();
    if (left > 7 || bits(left) != 0) {
      throw new ColumnException("found more after the end of the columns");
    }
  }

  private long window(int position) {
    return (long) LONG.get(bytes, position >>> 3) << (position & 7);
  }

  private void advance(int count) throws ColumnException {
    at += count;
    if (at > limit) {
      throw tooShort();
    }
  }

  private static ColumnException tooShort() {
    return new ColumnException("ends too early");
  }
}
