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
  private static final int FAR = 256 << 10;

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
    for (int at = end(); at + HEAD <= size && isRecord(at); at = after(at)) {
      add(at);
    }
  }

  /** Adds the next whole record past what is not one, if there is any. */
  boolean skip() {
    for (int at = end() + 4; at + HEAD <= size; at += 4) {
      if (isRecord(at)) {
        add(at);
        return true;
      }
    }
    return false;
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
      if (brings(page, at, end, end + 4)) {
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
    for (int at = end - end % PAGE; at < size; at += PAGE) {
      int back = at - end <= FAR ? at - end : PAGE;
      if (brings(page, at, Math.max(end, at - back), at + PAGE)) {
        return true;
      }
    }
    return false;
  }

  private boolean brings(byte[] page, int at, int from, int until) {
    int end = end();
    byte[] saved = Arrays.copyOfRange(bytes, at, at + PAGE);
    lay(page, at, end);
    for (int place = from; place < until && place + HEAD <= size; place += 4) {
      if (isRecord(place)) {
        add(place);
        extend();
        laidFrom = Math.min(laidFrom, at);
        return true;
      }
    }
    System.arraycopy(saved, 0, bytes, at, PAGE);
    return false;
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
    int length = view.getInt(place);
    int ahead = view.getInt(place + 8) - (int) nextOrdinal();
    return length >= HEAD && length <= size - place && ahead >= 0 && ahead <= size / HEAD;
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
