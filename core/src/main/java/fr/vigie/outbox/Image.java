package fr.vigie.outbox;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The bytes of one segment in memory and where its records stand.
 *
 * <p>Page 0 is the header, pages 1 and 2 take turns to hold the newest page while it is not full,
 * the rest are records one after the other, each at a multiple of 4: {@code [length][crc32c][low
 * half of the ordinal][epoch][sequence][payload]}, big-endian, the length being that of the whole.
 * The check covers all but itself, and the segment's number and the place too, so that what an
 * earlier life of the file left is never taken for a record.
 */
final class Image {
  static final int PAGE = 4096;
  static final int DATA = 3 * PAGE;
  static final int HEAD = 28;
  static final int MOST = 64 << 20;

  private final byte[] bytes;
  private final ByteBuffer view;
  private final CRC32C crc = new CRC32C();
  private final byte[] binding = new byte[16];
  private final ByteBuffer bindingView = ByteBuffer.wrap(binding);
  private long number;
  private long base;
  private int size;
  private int[] places = new int[256];
  private int count;
  private int laidFrom = Integer.MAX_VALUE;

  Image(int capacity) {
    this.bytes = new byte[capacity];
    this.view = ByteBuffer.wrap(bytes);
  }

  /** Makes this the image of a segment without records. */
  void clear(long number, long base, int size) {
    this.number = number;
    this.base = base;
    this.size = size;
    this.count = 0;
    this.laidFrom = Integer.MAX_VALUE;
    Arrays.fill(bytes, (byte) 0);
  }

  byte[] bytes() {
    return bytes;
  }

  int capacity() {
    return bytes.length;
  }

  int size() {
    return size;
  }

  long number() {
    return number;
  }

  long base() {
    return base;
  }

  int count() {
    return count;
  }

  /** Place after the last record. */
  int end() {
    return count == 0 ? DATA : after(places[count - 1]);
  }

  int place(int index) {
    return places[index];
  }

  /** Place where a record after this one starts. */
  int after(int place) {
    return place + aligned(view.getInt(place));
  }

  long ordinal(int index) {
    return base + (view.getInt(places[index] + 8) - (int) base);
  }

  /** Ordinal of what would follow the last record. */
  long nextOrdinal() {
    return count == 0 ? base : ordinal(count - 1) + 1;
  }

  long epoch(int index) {
    return epochAt(places[index]);
  }

  long sequence(int index) {
    return sequenceAt(places[index]);
  }

  long epochAt(int place) {
    return place + HEAD <= size ? view.getLong(place + 12) : 0;
  }

  long sequenceAt(int place) {
    return place + HEAD <= size ? view.getLong(place + 20) : 0;
  }

  int payloadLength(int index) {
    return view.getInt(places[index]) - HEAD;
  }

  Outbox.Record record(int index) {
    int place = places[index];
    byte[] payload = Arrays.copyOfRange(bytes, place + HEAD, place + view.getInt(place));
    return new Outbox.Record(epoch(index), sequence(index), payload);
  }

  static int room(int payload) {
    return aligned(HEAD + payload);
  }

  private static int aligned(int length) {
    return length + 3 & ~3;
  }

  void put(int place, long ordinal, long epoch, long sequence, byte[] payload) {
    view.putInt(place, HEAD + payload.length).putInt(place + 8, (int) ordinal);
    view.putLong(place + 12, epoch).putLong(place + 20, sequence);
    System.arraycopy(payload, 0, bytes, place + HEAD, payload.length);
    view.putInt(place + 4, check(place, HEAD + payload.length));
    add(place);
  }

  /** Takes back the last record. */
  void takeBack() {
    count--;
    int place = places[count];
    Arrays.fill(bytes, place, after(place), (byte) 0);
  }

  /** Finds every whole record from this place on, past whatever is not one. */
  void scan(int from) {
    for (int at = from; at + HEAD <= size; ) {
      if (isRecord(at)) {
        add(at);
        at = after(at);
      } else {
        at += 4;
      }
    }
  }

  /**
   * Puts a turn-taking page where it continues the records best and adds those that it brings.
   *
   * @param past whether it may also bring records that do not follow at once, because one between
   *     is damaged
   * @return whether it brought any
   */
  boolean overlay(byte[] page, boolean past) {
    int end = end();
    int best = -1;
    int most = 0;
    for (int at = end - end % PAGE; at < size; at += PAGE) {
      byte[] saved = Arrays.copyOfRange(bytes, at, at + PAGE);
      lay(page, at, end);
      int gain = gain(past ? Math.max(at, end) : end, past ? at + PAGE : end + 4);
      System.arraycopy(saved, 0, bytes, at, PAGE);
      if (gain > most) {
        most = gain;
        best = at;
      }
    }
    if (best >= 0) {
      lay(page, best, end);
      scan(end);
      laidFrom = Math.min(laidFrom, best);
    }
    return best >= 0;
  }

  private void lay(byte[] page, int at, int end) {
    int from = Math.max(at, end);
    System.arraycopy(page, from - at, bytes, from, at + PAGE - from);
  }

  private int gain(int from, int until) {
    int before = count;
    for (int at = from; at < until && count == before && at + HEAD <= size; at += 4) {
      for (int next = at; next + HEAD <= size && isRecord(next); next = after(next)) {
        add(next);
      }
    }
    int gain = count - before;
    count = before;
    return gain;
  }

  /** Place of the first page that {@link #overlay} filled. */
  int laidFrom() {
    return laidFrom;
  }

  /** How many bytes after the last record look like the beginning of one more. */
  int torn() {
    int end = end();
    return end + HEAD > size ? 0 : torn(bytes, end);
  }

  /** The same, where the newest page is this turn-taking one. */
  int torn(byte[] page) {
    int at = end() % PAGE;
    return at + HEAD > PAGE ? 0 : torn(page, at);
  }

  private int torn(byte[] in, int at) {
    ByteBuffer head = ByteBuffer.wrap(in, at, HEAD);
    int length = head.getInt();
    if (length < HEAD || length > size - end() || head.getInt(at + 8) != (int) nextOrdinal()) {
      return 0;
    }
    int last = Math.min(in.length, at + length);
    while (in[last - 1] == 0) {
      last--;
    }
    return last - at;
  }

  boolean isRecord(int place) {
    int length = view.getInt(place);
    if (length < HEAD || length > size - place) {
      return false;
    }
    int ahead = view.getInt(place + 8) - (int) nextOrdinal();
    return ahead >= 0 && ahead <= size / HEAD && view.getInt(place + 4) == check(place, length);
  }

  private int check(int place, int length) {
    bindingView.putLong(0, number).putInt(8, place).putInt(12, length);
    crc.reset();
    crc.update(binding, 0, binding.length);
    crc.update(bytes, place + 8, length - 8);
    return (int) crc.getValue();
  }

  private void add(int place) {
    if (count == places.length) {
      places = Arrays.copyOf(places, count * 2);
    }
    places[count++] = place;
  }
}
