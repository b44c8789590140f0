package fr.vigie.column;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bits, the most significant first, into a growing array. Not safe for use by several threads. */
final class BitWriter {
  /** A Rice quotient from here on is written as this many ones and then the plain number. */
  static final int ESCAPE = 20;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes;
  private int size;
  private long pending;
  private int free = 64;

  /**
   * @param expected bytes, a guess
   */
  BitWriter(int expected) {
    bytes = new byte[Math.max(64, expected)];
  }

  /** The lowest {@code count} bits of a value, 0 to 64 of them. */
  void bits(long value, int count) {
    if (count == 0) {
      return;
    }
    long low = value & -1L >>> 64 - count;
    if (count < free) {
      free -= count;
      pending |= low << free;
      return;
    }
    int rest = count - free;
    pending |= low >>> rest;
    if (bytes.length - size < 8) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    LONG.set(bytes, size, pending);
    size += 8;
    free = 64 - rest;
    pending = rest == 0 ? 0 : low << free;
  }

  void bit(boolean set) {
    bits(set ? 1 : 0, 1);
  }

  /** An unsigned number of any size in Elias delta code: small ones are short, 0 is one bit. */
  void number(long value) {
    int length = 64 - Long.numberOfLeadingZeros(value);
    int order = 31 - Integer.numberOfLeadingZeros(length + 1);
    bits((1L << order) - 1 << 1, order + 1);
    bits(length + 1L, order);
    bits(value, Math.max(0, length - 1));
  }

  void signed(long value) {
    number(zigzag(value));
  }

  /** An unsigned number in Rice code: its high part in ones and a zero, its {@code k} low bits. */
  void rice(long value, int k) {
    long quotient = value >>> k;
    if (quotient < 0 || quotient >= ESCAPE) {
      bits(-1, ESCAPE);
      number(value);
    } else if (k <= 40) {
      int ones = (int) quotient;
      bits((1L << ones) - 1 << k + 1 | value & (1L << k) - 1, ones + 1 + k);
    } else {
      bits((1L << quotient) - 1 << 1, (int) quotient + 1);
      bits(value, k);
    }
  }

  /** How many bits {@link #rice} takes. */
  static int riceLength(long value, int k) {
    long quotient = value >>> k;
    return quotient < 0 || quotient >= ESCAPE
        ? ESCAPE + numberLength(value)
        : (int) quotient + 1 + k;
  }

  /** How many bits {@link #number} takes. */
  static int numberLength(long value) {
    int length = 64 - Long.numberOfLeadingZeros(value);
    return 2 * (31 - Integer.numberOfLeadingZeros(length + 1)) + 1 + Math.max(0, length - 1);
  }

  static long zigzag(long value) {
    return value << 1 ^ value >> 63;
  }

  /** What was written, padded with zeros to whole bytes, after and before so many other bytes. */
  byte[] toByteArray(int before, int after) {
    int tail = (64 - free + 7) / 8;
    byte[] whole = new byte[before + size + tail + after];
    System.arraycopy(bytes, 0, whole, before, size);
    for (int i = 0; i < tail; i++) {
      whole[before + size + i] = (byte) (pending >>> 56 - 8 * i);
    }
    return whole;
  }
}
