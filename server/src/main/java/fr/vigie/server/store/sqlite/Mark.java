package fr.vigie.server.store.sqlite;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Which sequences of one epoch are stored: every one up to {@link #high()}, and ranges beyond it.
 * Not safe for use by several threads.
 */
final class Mark {
  private long high;
  private final TreeMap<Long, Long> beyond;

  Mark() {
    this(0, new TreeMap<>());
  }

  private Mark(long high, TreeMap<Long, Long> beyond) {
    this.high = high;
    this.beyond = beyond;
  }

  Mark copy() {
    return new Mark(high, new TreeMap<>(beyond));
  }

  long high() {
    return high;
  }

  boolean holds(long sequence) {
    Map.Entry<Long, Long> range = beyond.floorEntry(sequence);
    return sequence <= high || (range != null && range.getValue() >= sequence);
  }

  /**
   * @return whether the sequence was not held before
   */
  boolean add(long sequence) {
    if (holds(sequence)) {
      return false;
    }
    long first = sequence;
    long last = sequence;
    Map.Entry<Long, Long> below = beyond.lowerEntry(sequence);
    if (below != null && below.getValue() == sequence - 1) {
      first = below.getKey();
    }
    Long above = sequence == Long.MAX_VALUE ? null : beyond.remove(sequence + 1);
    if (above != null) {
      last = above;
    }
    beyond.put(first, last);
    absorb();
    return true;
  }

  /**
   * @return whether the floor raised the high-water
   */
  boolean raise(long floor) {
    if (floor <= high) {
      return false;
    }
    high = floor;
    absorb();
    return true;
  }

  private void absorb() {
    Map.Entry<Long, Long> next = beyond.firstEntry();
    while (next != null && next.getKey() - 1 <= high) {
      high = Math.max(high, next.getValue());
      beyond.pollFirstEntry();
      next = beyond.firstEntry();
    }
  }

  /** The sequences above {@link #high}, in order. */
  List<Long> beyond() {
    List<Long> sequences = new ArrayList<>();
    beyond.forEach((first, last) -> LongStream.rangeClosed(first, last).forEach(sequences::add));
    return sequences;
  }

  byte[] ranges() {
    ByteBuffer buffer = ByteBuffer.allocate(beyond.size() * 2 * Varint.LONGEST);
    long at = high;
    for (Map.Entry<Long, Long> range : beyond.entrySet()) {
      Varint.put(buffer, range.getKey() - at);
      Varint.put(buffer, range.getValue() - range.getKey());
      at = range.getValue();
    }
    byte[] bytes = new byte[buffer.position()];
    buffer.flip().get(bytes);
    return bytes;
  }

  static Mark of(long high, byte[] ranges) {
    TreeMap<Long, Long> beyond = new TreeMap<>();
    ByteBuffer buffer = ByteBuffer.wrap(ranges);
    long at = high;
    while (buffer.hasRemaining()) {
      long first = at + Varint.get(buffer);
      at = first + Varint.get(buffer);
      beyond.put(first, at);
    }
    return new Mark(high, beyond);
  }
}
