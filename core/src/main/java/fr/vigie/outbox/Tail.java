package fr.vigie.outbox;

import java.io.IOException;
import java.util.Arrays;

/**
 * Writes the newest segment so that no page with durable records is ever overwritten: a page goes
 * to its place once it is full; until then it lives in one of two pages that take turns at every
 * sync. An error of the disk leaves the memory image as the truth, and all that was not durable is
 * written again before anything else: after a failed force the system may call lost pages clean.
 */
final class Tail {
  private final Image image;
  private Segment segment;
  private int end;
  private int synced;
  private int turn;
  private int turnHolds = -1;
  private int touched;
  private boolean headerDurable;
  private boolean suspect;
  private boolean settled;
  private boolean full;

  /** Continues a segment that {@link Segment#loadNewest} has read, from its next page on. */
  Tail(Image image, Segment segment) {
    this.image = image;
    this.segment = segment;
    int last = image.end();
    this.end = (last + Image.PAGE - 1) / Image.PAGE * Image.PAGE;
    this.synced = Math.min(end, image.laidFrom());
    this.touched = end;
    this.headerDurable = true;
    this.suspect = synced < end;
    Arrays.fill(image.bytes(), Math.min(last, segment.size), segment.size, (byte) 0);
  }

  /** Begins a segment; its file holds nothing that is still needed. */
  static Tail begin(Image image, Segment segment) throws IOException {
    image.clear(segment.header.number(), segment.header.base(), segment.size);
    Tail tail = new Tail(image, segment);
    tail.start(segment);
    return tail;
  }

  Image image() {
    return image;
  }

  Segment segment() {
    return segment;
  }

  boolean isDurable() {
    return full || settled && synced == end && !suspect;
  }

  boolean fits(int payload) {
    return !full && Image.room(payload) <= image.size() - end;
  }

  /** Nothing more goes into this segment. */
  void leave() {
    full = true;
  }

  /** Begins a segment; its file holds nothing that is still needed. */
  void start(Segment next) throws IOException {
    byte[] header = next.header.page();
    next.file.write(header, 0, header.length, 0);
    segment = next;
    image.clear(next.header.number(), next.header.base(), next.size);
    end = Image.DATA;
    synced = Image.DATA;
    touched = Image.DATA;
    turnHolds = -1;
    headerDurable = false;
    suspect = false;
    settled = true;
    full = false;
  }

  void append(long ordinal, long epoch, long sequence, byte[] payload) throws IOException {
    rewriteIfSuspect();
    if (!settled) {
      force();
    }
    image.put(end, ordinal, epoch, sequence, payload);
    int after = image.end();
    touched = Math.max(touched, after);
    try {
      write(end, after);
    } catch (IOException failed) {
      image.takeBack();
      suspect = true;
      throw failed;
    }
    end = after;
  }

  private void write(int from, int to) throws IOException {
    int page = to - to % Image.PAGE;
    int first = from - from % Image.PAGE;
    if (first < page) {
      turnHolds = -1;
      segment.file.write(image.bytes(), first, page - first, first);
    }
    if (to > page) {
      boolean begun = turnHolds == page;
      turnHolds = -1;
      int start = begun ? from : page;
      int length = begun ? to - from : Image.PAGE;
      segment.file.write(image.bytes(), start, length, turnAt() + start - page);
      turnHolds = page;
    }
  }

  private int turnAt() {
    return (1 + turn) * Image.PAGE;
  }

  void sync() throws IOException {
    if (isDurable()) {
      return;
    }
    rewriteIfSuspect();
    force();
    turn ^= 1;
    turnHolds = -1;
  }

  /** Ends the segment: everything of it is durable and in its place. */
  void seal() throws IOException {
    if (full) {
      return;
    }
    rewriteIfSuspect();
    int page = end - end % Image.PAGE;
    if (end > page) {
      try {
        segment.file.write(image.bytes(), page, Image.PAGE, page);
      } catch (IOException failed) {
        suspect = true;
        throw failed;
      }
    }
    force();
    full = true;
  }

  private void force() throws IOException {
    try {
      segment.file.force();
    } catch (IOException failed) {
      suspect = true;
      throw failed;
    }
    synced = end;
    touched = end;
    headerDurable = true;
    settled = true;
  }

  private void rewriteIfSuspect() throws IOException {
    if (!suspect) {
      return;
    }
    if (!headerDurable) {
      byte[] header = segment.header.page();
      segment.file.write(header, 0, header.length, 0);
    }
    turnHolds = -1;
    int first = synced - synced % Image.PAGE;
    int page = end - end % Image.PAGE;
    int last = Math.max(page, touched - touched % Image.PAGE);
    if (first < last) {
      segment.file.write(image.bytes(), first, last - first, first);
    }
    if (end > page || touched > end) {
      segment.file.write(image.bytes(), page, Image.PAGE, turnAt());
      turnHolds = page;
    }
    suspect = false;
  }
}
