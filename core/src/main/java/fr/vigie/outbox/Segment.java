package fr.vigie.outbox;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One segment that holds records: where it is and which records it has, in the order of writing.
 */
final class Segment {
  /** Sequences of one epoch without a hole. */
  static final class Range {
    final long epoch;
    final long first;
    long last;

    Range(long epoch, long first) {
      this(epoch, first, first);
    }

    Range(long epoch, long first, long last) {
      this.epoch = epoch;
      this.first = first;
      this.last = last;
    }
  }

  final String name;
  final DiskFile file;
  final int size;
  final SegmentHeader header;
  private final List<Range> ranges = new ArrayList<>();
  private int records;
  private int done;
  private int end = Image.DATA;

  Segment(String name, DiskFile file, int size, SegmentHeader header) {
    this.name = name;
    this.file = file;
    this.size = size;
    this.header = header;
  }

  long number() {
    return header.number();
  }

  Instant opened() {
    return header.opened();
  }

  List<Range> ranges() {
    return ranges;
  }

  int records() {
    return records;
  }

  /** Bytes of its records. */
  long bytes() {
    return end - Image.DATA;
  }

  /** Index up to which every record is known to be released. */
  int done() {
    return done;
  }

  void done(int index) {
    done = index;
  }

  /** Whether the epoch has a record here at or below this sequence. */
  boolean hasUpTo(long epoch, long sequence) {
    return ranges.stream().anyMatch(range -> range.epoch == epoch && range.first <= sequence);
  }

  /** Whether the epoch has a record here above this sequence. */
  boolean hasBeyond(long epoch, long sequence) {
    return ranges.stream().anyMatch(range -> range.epoch == epoch && range.last > sequence);
  }

  /** Takes the records of the image for its own; returns the ranges that it had before. */
  List<Range> adopt(Image image) {
    List<Range> before = List.copyOf(ranges);
    ranges.clear();
    records = 0;
    done = 0;
    end = Image.DATA;
    for (int i = 0; i < image.count(); i++) {
      add(image.epoch(i), image.sequence(i), image.after(image.place(i)));
    }
    return before;
  }

  void add(long epoch, long sequence, int endOfRecord) {
    records++;
    end = endOfRecord;
    for (int i = ranges.size() - 1; i >= 0; i--) {
      Range range = ranges.get(i);
      if (range.epoch == epoch && range.last + 1 == sequence) {
        range.last = sequence;
        return;
      }
    }
    ranges.add(new Range(epoch, sequence));
  }

  /**
   * Writes down which records a full segment has, where the newest page used to take turns, so that
   * the next start need not read all of it. It may be missing: nothing rests on it.
   */
  void note() {
    SegmentNote note = new SegmentNote(header.number(), records, end, ranges);
    try {
      if (note.fits()) {
        file.write(note.page(), 0, Image.PAGE, Image.PAGE);
      }
    } catch (IOException refused) {
      // The records are in their place, and will be read instead.
    }
  }

  /**
   * Knows its records by the note, without having read them.
   *
   * @param page room for a page
   * @return whether there was a note
   */
  boolean recall(byte[] page) throws IOException {
    file.read(page, 0, Image.PAGE, Image.PAGE);
    Optional<SegmentNote> note = SegmentNote.read(page, header.number());
    note.ifPresent(
        known -> {
          ranges.clear();
          ranges.addAll(known.ranges());
          records = known.records();
          end = known.end();
          done = 0;
        });
    return note.isPresent();
  }

  /** Reads the file as it is; what cannot be read is zero. */
  void load(Image image) throws IOException {
    read(image);
    image.scan();
  }

  private void read(Image image) throws IOException {
    image.clear(header.number(), header.base(), size);
    try {
      file.read(image.bytes(), Image.DATA, size - Image.DATA, Image.DATA);
    } catch (IOException unreadable) {
      boolean any = false;
      for (int at = Image.DATA; at < size; at += Image.PAGE) {
        any |= readPage(image, at);
      }
      if (!any) {
        throw unreadable;
      }
    }
  }

  private boolean readPage(Image image, int at) {
    try {
      file.read(image.bytes(), at, Image.PAGE, at);
      return true;
    } catch (IOException unreadable) {
      return false;
    }
  }

  /**
   * As {@link #load}, with what the turn-taking pages hold beyond it.
   *
   * @return bytes at the end that are not a whole record
   */
  long loadNewest(Image image) throws IOException {
    read(image);
    byte[][] turns = {page(1), page(2)};
    do {
      image.extend();
      overlay(image, turns);
    } while (image.skip());
    while (image.overlayPastDamage(turns[0]) || image.overlayPastDamage(turns[1])) {
      overlay(image, turns);
    }
    return Math.max(image.torn(), Math.max(image.torn(turns[0]), image.torn(turns[1])));
  }

  private static void overlay(Image image, byte[][] turns) {
    boolean more = true;
    while (more) {
      more = image.overlay(turns[0]) | image.overlay(turns[1]);
    }
  }

  private byte[] page(int index) throws IOException {
    byte[] page = new byte[Image.PAGE];
    file.read(page, 0, Image.PAGE, (long) index * Image.PAGE);
    return page;
  }
}
