package fr.vigie.outbox;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads records back. What turns out to be damaged is accounted for before it is passed over. */
final class Looks {
  private final Segments segments;
  private final Epochs epochs;
  private final Tail tail;
  private final Image reading;
  private final Accounting accounting;
  private long cursorSegment = -1;
  private int cursorIndex;

  /** Takes note of damage in the segment of this index. */
  interface Accounting {
    void account(int index, List<Damage> damages);
  }

  private interface Wanted {
    boolean test(long epoch, long sequence);
  }

  /**
   * @param reading holds one segment at a time
   */
  Looks(Segments segments, Epochs epochs, Tail tail, Image reading, Accounting accounting) {
    this.segments = segments;
    this.epochs = epochs;
    this.tail = tail;
    this.reading = reading;
    this.accounting = accounting;
  }

  /** The oldest records not released: at least one if there is any, then up to both limits. */
  List<Outbox.Record> pending(int maxRecords, long maxBytes) throws IOException {
    return collect(0, 0, maxRecords, maxBytes, (epoch, sequence) -> true);
  }

  /** As {@link #pending}, only those of one epoch above a sequence. */
  List<Outbox.Record> pendingOf(long epoch, long sequence, int maxRecords, long maxBytes)
      throws IOException {
    for (int i = 0; i < segments.size(); i++) {
      if (segments.get(i).hasBeyond(epoch, sequence)) {
        return collect(i, 0, maxRecords, maxBytes, (e, s) -> e == epoch && s > sequence);
      }
    }
    return List.of();
  }

  /**
   * As {@link #pending}, from what follows this record; from the oldest if its epoch is unknown.
   */
  List<Outbox.Record> pendingAfter(long epoch, long sequence, int maxRecords, long maxBytes)
      throws IOException {
    for (int i = segments.size() - 1; i >= 0; i--) {
      Segment segment = segments.get(i);
      if (segment.hasUpTo(epoch, sequence)) {
        Image image = image(i);
        if (cursorSegment == segment.number()
            && cursorIndex < image.count()
            && image.epoch(cursorIndex) == epoch
            && image.sequence(cursorIndex) == sequence) {
          return collect(i, cursorIndex + 1, maxRecords, maxBytes, (e, s) -> true);
        }
        int at = image.count() - 1;
        while (at >= 0 && (image.epoch(at) != epoch || image.sequence(at) > sequence)) {
          at--;
        }
        return collect(i, at + 1, maxRecords, maxBytes, (e, s) -> true);
      }
    }
    return collect(0, 0, maxRecords, maxBytes, (e, s) -> true);
  }

  private List<Outbox.Record> collect(
      int segment, int index, int maxRecords, long maxBytes, Wanted wanted) throws IOException {
    List<Outbox.Record> records = new ArrayList<>();
    long bytes = 0;
    for (int s = segment; s < segments.size() && records.size() < maxRecords; s++) {
      Segment from = segments.get(s);
      if (epochs.isReleased(from)) {
        continue;
      }
      Image image = image(s);
      for (int i = Math.max(from.done(), s == segment ? index : 0); i < image.count(); i++) {
        if (epochs.isReleased(image.epoch(i), image.sequence(i))) {
          from.done(i == from.done() ? i + 1 : from.done());
          continue;
        }
        if (!wanted.test(image.epoch(i), image.sequence(i))) {
          continue;
        }
        bytes += image.payloadLength(i);
        if (records.size() == maxRecords || !records.isEmpty() && bytes > maxBytes) {
          return records;
        }
        records.add(image.record(i));
        cursorSegment = from.number();
        cursorIndex = i;
      }
    }
    return records;
  }

  /** The records of a segment; what has been damaged since the last look is accounted for. */
  private Image image(int index) throws IOException {
    Segment segment = segments.get(index);
    if (segment == tail.segment()) {
      return tail.image();
    }
    if (reading.number() != segment.number()) {
      segment.load(reading);
      if (reading.count() != segment.records()) {
        List<Segment.Range> before = segment.adopt(reading);
        epochs.added(segment.ranges());
        epochs.removed(before);
        long until = segments.get(index + 1).header.base();
        accounting.account(index, Damage.in(reading, segment.header.base(), until));
      }
    }
    return reading;
  }

  /** The last record that can be read, released or not. */
  Optional<Outbox.Record> last() throws IOException {
    for (int i = segments.size() - 1; i >= 0; i--) {
      Image image = image(i);
      if (image.count() > 0) {
        return Optional.of(image.record(image.count() - 1));
      }
    }
    return Optional.empty();
  }
}
