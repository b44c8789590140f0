package fr.vigie.server.store.sqlite;

import fr.vigie.column.Column;
import fr.vigie.signal.Quality;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What is known of a chunk without decoding it, with a checksum of its own.
 *
 * @param id series in the upper 32 bits, place in the order of arrival in the lower
 * @param seal the log row up to which the head was sealed when the chunk was made
 * @param first earliest time in the chunk
 * @param last latest time in the chunk
 * @param count all samples, those without a value too
 * @param summary figures of its numbers; empty for texts and for chunks so small that decoding
 *     costs as little
 */
record Chunk(
    long id, long seal, long first, long last, int count, boolean text, Optional<Summary> summary) {
  private static final byte VERSION = 1;
  private static final int TEXT = 1;
  private static final int SUMMARY = 2;
  private static final int SUMMARY_FROM = 64;

  /** Figures over the numbers of a chunk; times in nanoseconds since 1970. */
  record Summary(
      int count,
      double sum,
      double min,
      double max,
      long firstTime,
      double first,
      long lastTime,
      double last) {

    static Optional<Summary> of(Column column) {
      Stretch stretch = new Stretch();
      for (int i = 0; i < column.size(); i++) {
        if (column.quality(i) != Quality.MISSING) {
          stretch.add(column.nanos(i), column.number(i));
        }
      }
      return stretch.summary();
    }
  }

  static long id(int series, long place) {
    return ((long) series << 32) | place;
  }

  /** An id for people: series and place. */
  static String name(long id) {
    return (id >> 32) + "/" + (id & 0xffffffffL);
  }

  /** The chunk that a non-empty column in order of time makes. */
  static Chunk of(long id, long seal, Column column) {
    boolean summed = !column.isText() && column.size() >= SUMMARY_FROM;
    return new Chunk(
        id,
        seal,
        column.nanos(0),
        column.nanos(column.size() - 1),
        column.size(),
        column.isText(),
        summed ? Summary.of(column) : Optional.empty());
  }

  byte[] toBytes() {
    ByteBuffer out = ByteBuffer.allocate(2 + 7 * Varint.LONGEST + 5 * Double.BYTES + 4);
    out.put(VERSION).put((byte) ((text ? TEXT : 0) | (summary.isPresent() ? SUMMARY : 0)));
    Varint.put(out, seal);
    out.putLong(first);
    Varint.put(out, last - first);
    Varint.put(out, count);
    summary.ifPresent(
        figures -> {
          Varint.put(out, figures.count);
          out.putDouble(figures.sum).putDouble(figures.min).putDouble(figures.max);
          Varint.put(out, figures.firstTime - first);
          out.putDouble(figures.first);
          Varint.put(out, last - figures.lastTime);
          out.putDouble(figures.last);
        });
    out.putInt(checksum(id, out.array(), out.position()));
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }

  /** Empty when the bytes are damaged or belong to another chunk. */
  static Optional<Chunk> of(long id, byte[] bytes) {
    int end = bytes.length - Integer.BYTES;
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (end < 2 || bytes[0] != VERSION || in.getInt(end) != checksum(id, bytes, end)) {
      return Optional.empty();
    }
    try {
      int flags = in.get(1);
      in.position(2);
      long seal = Varint.get(in);
      long first = in.getLong();
      long last = first + Varint.get(in);
      int count = (int) Varint.get(in);
      return Optional.of(
          new Chunk(
              id,
              seal,
              first,
              last,
              count,
              (flags & TEXT) != 0,
              (flags & SUMMARY) != 0 ? Optional.of(summary(in, first, last)) : Optional.empty()));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether these are the samples that the chunk was made of. */
  boolean describes(Column column) {
    return column.size() == count
        && column.isText() == text
        && column.nanos(0) == first
        && column.nanos(column.size() - 1) == last;
  }

  private static Summary summary(ByteBuffer in, long first, long last) {
    int count = (int) Varint.get(in);
    double sum = in.getDouble();
    double min = in.getDouble();
    double max = in.getDouble();
    long firstTime = first + Varint.get(in);
    double firstNumber = in.getDouble();
    long lastTime = last - Varint.get(in);
    return new Summary(count, sum, min, max, firstTime, firstNumber, lastTime, in.getDouble());
  }

  private static int checksum(long id, byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(Long.BYTES).putLong(id).flip());
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
