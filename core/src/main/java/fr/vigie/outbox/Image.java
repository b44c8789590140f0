package fr.vigie.outbox;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntSupplier;
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
  private static final int FAR = 256 << 10;
  private static final byte[] NOTHING = new byte[PAGE];

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

  /** Finds every whole record, past whatever is not one. */
  void scan() {
    extend();
    while (skip()) {
      extend();
    }
  }

  /** Adds the whole records that follow at once. */
  void extend() {
    for (int at = end(); isRecord(at); at = after(at)) {
      add(at);
    }
  }

  /** Adds the next whole record past what is not one, if there is any. */
  boolean skip() {
    int at = find(end() + 4, size);
    if (at >= 0) {
      add(at);
    }
    return at >= 0;
  }

  /** The first place of a whole record from one place up to another; -1 when there is none. */
  private int find(int from, int until) {
    for (int at = written(from, until); at < until; at = written(at + 4, until)) {
      if (isRecord(at)) {
        return at;
      }
    }
    return -1;
  }

  /** The first place from here on whose word is not zero; most of a new segment is. */
  private int written(int from, int until) {
    for (int at = from; at < until; at += PAGE) {
      int length = Math.min(PAGE, until - at);
      int zeros = Arrays.mismatch(bytes, at, at + length, NOTHING, 0, length);
      if (zeros >= 0) {
        return at + (zeros & ~3);
      }
    }
    return until;
  }

  /**
   * Puts a turn-taking page where it continues the records and adds those that it brings.
   *
   * @return whether it brought any
   */
  boolean overlay(byte[] page) {
    int end = end();
    int until = Math.min(size, end + PAGE);
    for (int at = end - end % PAGE; at < until; at += PAGE) {
      if (brings(page, at, () -> isRecord(end) ? end : -1)) {
        return true;
      }
      boolean begun = end + HEAD <= at + PAGE && isPlausible(end);
      until = begun ? Math.max(until, end + view.getInt(end)) : until;
    }
    return false;
  }

  /** As {@link #overlay}, also where the records before those of the page are damaged. */
  boolean overlayPastDamage(byte[] page) {
    int end = end();
    int[] heads = heads(page);
    int written = written(end, size);
    for (int at = end - end % PAGE; at < size; at += PAGE) {
      int here = at;
      int from = Math.max(end, at - end <= FAR ? end : at - PAGE);
      int before = Math.max(from, written);
      boolean mayBegin = heads.length > 0 || before < here;
      if (mayBegin && brings(page, at, () -> find(from, before, here, heads))) {
        return true;
      }
    }
    return false;
  }

  /** Places in a page where a record may begin, wherever the page is put. */
  private int[] heads(byte[] page) {
    ByteBuffer in = ByteBuffer.wrap(page);
    int[] heads = new int[PAGE / 4];
    int found = 0;
    for (int at = 0; at < PAGE; at += 4) {
      boolean whole = at + 12 <= PAGE;
      int ordinal = whole ? in.getInt(at + 8) : (int) nextOrdinal();
      if (isPlausible(in.getInt(at), ordinal)) {
        heads[found++] = at;
      }
    }
    return Arrays.copyOf(heads, found);
  }

  /**
   * @param written before it all words from {@code from} to {@code at} are zero
   */
  private int find(int from, int written, int at, int[] heads) {
    int before = find(written, at);
    if (before >= 0) {
      return before;
    }
    for (int head : heads) {
      int place = at + head;
      if (place >= from && isRecord(place)) {
        return place;
      }
    }
    return -1;
  }

  /**
   * @param first tells where the first record is that a page, once laid, makes whole
   */
  private boolean brings(byte[] page, int at, IntSupplier first) {
    byte[] saved = Arrays.copyOfRange(bytes, at, at + PAGE);
    lay(page, at, end());
    int place = first.getAsInt();
    if (place < 0) {
      System.arraycopy(saved, 0, bytes, at, PAGE);
      return false;
    }
    add(place);
    extend();
    laidFrom = Math.min(laidFrom, at);
    return true;
  }

  private void lay(byte[] page, int at, int end) {
    int from = Math.max(at, end);
    System.arraycopy(page, from - at, bytes, from, at + PAGE - from);
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

  private boolean isRecord(int place) {
    return isPlausible(place) && view.getInt(place + 4) == check(place, view.getInt(place));
  }

  private boolean isPlausible(int place) {
    if (place + HEAD > size) {
      return false;
    }
    int length = view.getInt(place);
    return length <= size - place && isPlausible(length, view.getInt(place + 8));
  }

  private boolean isPlausible(int length, int ordinal) {
    int ahead = ordinal - (int) nextOrdinal();
    return length >= HEAD && length <= size && ahead >= 0 && ahead <= size / HEAD;
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
