package fr.vigie.server.store.sqlite;

import fr.vigie.server.store.IncomingBatch;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Which sequences of one epoch are stored, and how far in time they reach: every one up to {@link
 * #high()}, and ranges beyond it. Not safe for use by several threads.
 */
final class Mark {
  private static final int BYTES_OF_RANGE = 2 * Varint.LONGEST + 2 * Long.BYTES;

  private long high;
  private long newest;
  private final TreeMap<Long, Range> beyond;

  Mark() {
    this(0, Times.NONE.newest, new TreeMap<>());
  }

  private Mark(long high, long newest, TreeMap<Long, Range> beyond) {
    this.high = high;
    this.newest = newest;
    this.beyond = beyond;
  }

  /** The earliest and the latest time in nanoseconds since 1970; crossed when there is none. */
  record Times(long oldest, long newest) {
    static final Times NONE = new Times(Long.MAX_VALUE, Long.MIN_VALUE);

    /** Of a batch, as the ends of its columns tell. */
    static Times of(IncomingBatch batch) {
      Times times = NONE;
      for (IncomingBatch.Part part : batch.parts()) {
        int size = part.samples().size();
        if (size > 0) {
          long first = part.samples().nanos(0);
          long last = part.samples().nanos(size - 1);
          times = times.and(new Times(Math.min(first, last), Math.max(first, last)));
        }
      }
      return times;
    }

    Times and(Times other) {
      return new Times(Math.min(oldest, other.oldest), Math.max(newest, other.newest));
    }
  }

  private record Range(long last, Times times) {}

  /** Takes a range of sequences that are not stored, and the time between its neighbours. */
  interface GapSink {
    void take(long first, long last, Span when);
  }

  Mark copy() {
    return new Mark(high, newest, new TreeMap<>(beyond));
  }

  long high() {
    return high;
  }

  boolean holds(long sequence) {
    Map.Entry<Long, Range> range = beyond.floorEntry(sequence);
    return sequence <= high || (range != null && range.getValue().last >= sequence);
  }

  /**
   * @return whether the sequence was not held before
   */
  boolean add(long sequence, Times its) {
    if (holds(sequence)) {
      return false;
    }
    long first = sequence;
    long last = sequence;
    Times times = its;
    Map.Entry<Long, Range> below = beyond.lowerEntry(sequence);
    if (below != null && below.getValue().last == sequence - 1) {
      first = below.getKey();
      times = times.and(below.getValue().times);
    }
    Range above = sequence == Long.MAX_VALUE ? null : beyond.remove(sequence + 1);
    if (above != null) {
      last = above.last;
      times = times.and(above.times);
    }
    beyond.put(first, new Range(last, times));
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
    Map.Entry<Long, Range> next = beyond.firstEntry();
    while (next != null && next.getKey() - 1 <= high) {
      high = Math.max(high, next.getValue().last);
      newest = Math.max(newest, next.getValue().times.newest);
      beyond.pollFirstEntry();
      next = beyond.firstEntry();
    }
  }

  /** The sequences above {@link #high}, in order. */
  List<Long> beyond() {
    List<Long> sequences = new ArrayList<>();
    beyond.forEach(
        (first, range) -> LongStream.rangeClosed(first, range.last).forEach(sequences::add));
    return sequences;
  }

  /** What is missing between what is stored. */
  void gaps(GapSink sink) {
    long at = high;
    long reached = newest;
    for (Map.Entry<Long, Range> range : beyond.entrySet()) {
      Times times = range.getValue().times;
      sink.take(at + 1, range.getKey() - 1, between(reached, times.oldest));
      at = range.getValue().last;
      reached = Math.max(reached, times.newest);
    }
  }

  private static Span between(long before, long after) {
    long from = before == Times.NONE.newest ? after : before;
    long to = after == Times.NONE.oldest ? from : after;
    boolean known = from != Times.NONE.oldest;
    return known
        ? new Span(Nanos.instant(Math.min(from, to)), Nanos.instant(Math.max(from, to)))
        : new Span(Nanos.instant(0), Nanos.instant(0));
  }

  byte[] reach() {
    ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES + beyond.size() * BYTES_OF_RANGE);
    buffer.putLong(newest);
    long at = high;
    for (Map.Entry<Long, Range> range : beyond.entrySet()) {
      Varint.put(buffer, range.getKey() - at);
      Varint.put(buffer, range.getValue().last - range.getKey());
      buffer.putLong(range.getValue().times.oldest).putLong(range.getValue().times.newest);
      at = range.getValue().last;
    }
    byte[] bytes = new byte[buffer.position()];
    buffer.flip().get(bytes);
    return bytes;
  }

  static Mark of(long high, byte[] reach) {
    TreeMap<Long, Range> beyond = new TreeMap<>();
    ByteBuffer buffer = ByteBuffer.wrap(reach);
    long newest = buffer.hasRemaining() ? buffer.getLong() : Times.NONE.newest;
    long at = high;
    while (buffer.hasRemaining()) {
      long first = at + Varint.get(buffer);
      at = first + Varint.get(buffer);
      beyond.put(first, new Range(at, new Times(buffer.getLong(), buffer.getLong())));
    }
    return new Mark(high, newest, beyond);
  }
}
