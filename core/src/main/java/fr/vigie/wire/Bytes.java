package fr.vigie.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;

/** The envelope's fields: counts are LEB128, signed ones zigzag first, fixed ones big-endian. */
final class Bytes {
  private Bytes() {}

  static final class Writer {
    private byte[] buffer = new byte[256];
    private int size;

    void put(int value) {
      room(1);
      buffer[size++] = (byte) value;
    }

    void fixed(long value, int bytes) {
      for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
        put((int) (value >>> shift));
      }
    }

    void count(long value) {
      long rest = value;
      while ((rest & ~0x7fL) != 0) {
        put((int) rest | 0x80);
        rest >>>= 7;
      }
      put((int) rest);
    }

    void signed(long value) {
      count(value << 1 ^ value >> 63);
    }

    void instant(Instant instant) {
      signed(instant.getEpochSecond());
      count(instant.getNano());
    }

    void text(String text) {
      byte[] utf8 = Json.wellFormed(text).getBytes(StandardCharsets.UTF_8);
      count(utf8.length);
      bytes(utf8);
    }

    void bytes(byte[] bytes) {
      room(bytes.length);
      System.arraycopy(bytes, 0, buffer, size, bytes.length);
      size += bytes.length;
    }

    byte[] array() {
      return buffer;
    }

    int size() {
      return size;
    }

    byte[] toByteArray() {
      return Arrays.copyOf(buffer, size);
    }

    private void room(int bytes) {
      if (buffer.length - size < bytes) {
        buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, Math.addExact(size, bytes)));
      }
    }
  }

  static final class Reader {
    private final byte[] bytes;
    private int at;
    private final int end;

    Reader(byte[] bytes, int at, int end) {
      this.bytes = bytes;
      this.at = at;
      this.end = end;
    }

    long fixed(int count) throws WireException {
      long value = 0;
      for (int i = 0; i < count; i++) {
        value = value << 8 | next();
      }
      return value;
    }

    /** A count of at most {@code most}. */
    long count(String what, long most) throws WireException {
      long value = leb();
      if (value < 0 || value > most) {
        throw new WireException(
            "batch: "
                + what
                + ": found "
                + Long.toUnsignedString(value)
                + ", wanted at most "
                + most);
      }
      return value;
    }

    long signed() throws WireException {
      long value = leb();
      return value >>> 1 ^ -(value & 1);
    }

    Instant instant() throws WireException {
      long second = signed();
      long nano = count("nanosecond", 999_999_999);
      try {
        return Instant.ofEpochSecond(second, nano);
      } catch (DateTimeException e) {
        throw new WireException("batch: found the second " + second + ", beyond every calendar");
      }
    }

    String text() throws WireException {
      int length = (int) count("length of a text", end - at);
      if (length > end - at) {
        throw new WireException("batch: ends too early");
      }
      ByteBuffer utf8 = ByteBuffer.wrap(bytes, at, length);
      at += length;
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
      } catch (CharacterCodingException e) {
        throw new WireException("batch: found a text that is not UTF-8");
      }
    }

    byte[] rest() {
      return Arrays.copyOfRange(bytes, at, end);
    }

    private long leb() throws WireException {
      long value = 0;
      for (int shift = 0; shift < 64; shift += 7) {
        long part = next();
        value |= (part & 0x7f) << shift;
        if (part < 0x80) {
          if (shift == 63 && part > 1) {
            break;
          }
          return value;
        }
      }
      throw new WireException("batch: found a count beyond 64 bits");
    }

    private long next() throws WireException {
      if (at == end) {
        throw new WireException("batch: ends too early");
      }
      return bytes[at++] & 0xffL;
    }
  }
}
