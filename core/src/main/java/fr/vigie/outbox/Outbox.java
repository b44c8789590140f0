package fr.vigie.outbox;

import fr.vigie.time.Span;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Durable queue of batches on disk. Any thread may call; one lock serves all.
 *
 * <p>A log of fixed, recycled segments. Nothing durable is ever overwritten before its release or
 * loss is durable itself. The format and what holds after a power cut: docs/explanation/outbox.md.
 */
public final class Outbox implements Closeable {
  private static final int SYNCS_PER_MARK = 16;

  /**
   * @param maxBytes that the segments may take on disk, at least two of them
   * @param segmentBytes of one segment, a multiple of 4096 from 16 KiB to 64 MiB
   * @param keep how long what is released stays, as far as the room goes; it gives way first
   */
  public record Settings(long maxBytes, int segmentBytes, Duration keep) {
    /** Lets go of what is released as soon as it can. */
    public Settings(long maxBytes, int segmentBytes) {
      this(maxBytes, segmentBytes, Duration.ZERO);
    }

    /**
     * @throws IllegalArgumentException when out of these bounds
     */
    public Settings {
      if (segmentBytes < 16 << 10 || segmentBytes > Image.MOST || segmentBytes % Image.PAGE != 0) {
        throw new IllegalArgumentException(
            "a segment takes a multiple of 4096 from 16 KiB to 64 MiB, found " + segmentBytes);
      }
      if (maxBytes < 2L * segmentBytes) {
        throw new IllegalArgumentException(
            "an outbox takes at least two segments of " + segmentBytes + ", found " + maxBytes);
      }
      if (keep.isNegative()) {
        throw new IllegalArgumentException("nothing is kept for " + keep);
      }
    }

    /** 256 MiB in segments of 2 MiB. */
    public static Settings defaults() {
      return new Settings(256L << 20, 2 << 20);
    }

    /** The largest payload that a record may have. */
    public int mostPayload() {
      return segmentBytes - Image.DATA - Image.HEAD;
    }
  }

  /**
   * @param epoch and
   * @param sequence identify it
   * @param payload the caller's bytes; the caller owns the array
   */
  public record Record(long epoch, long sequence, byte[] payload) {}

  /**
   * Sequences of which nothing is kept.
   *
   * @param until when the first record after them was appended, at the latest
   */
  public record Hole(long first, long last, Instant until) {}

  private final Disk disk;
  private final Settings settings;
  private final InstantSource clock;
  private final Folder folder;
  private final Marks marks;
  private final Segments segments;
  private final Epochs epochs = new Epochs();
  private final Losses losses = new Losses();
  private final Tail tail;
  private final Image reading;
  private final Looks looks;
  private final Recovery recovery;
  private long nextNumber;
  private long nextOrdinal;
  private long durable;
  private long damaged;
  private int syncs;
  private boolean closed;

  /** As {@link #open(Path, Settings, InstantSource)} with the system's clock. */
  public static Outbox open(Path folder, Settings settings) throws IOException {
    return open(folder, settings, InstantSource.system());
  }

  /**
   * Opens or creates the outbox of a folder and takes its lock.
   *
   * @param clock stamps segments, for {@link Dropped#when()} only
   * @throws IOException when another process holds it, a newer program wrote it, or the disk fails
   */
  public static Outbox open(Path folder, Settings settings, InstantSource clock)
      throws IOException {
    return open(new NioDisk(folder), settings, clock);
  }

  static Outbox open(Disk disk, Settings settings, InstantSource clock) throws IOException {
    Folder folder = new Folder(disk);
    folder.refuseNewer();
    disk.lock();
    try {
      return new Outbox(disk, folder, settings, clock);
    } catch (IOException | RuntimeException failed) {
      disk.close();
      throw failed;
    }
  }

  private Outbox(Disk disk, Folder folder, Settings settings, InstantSource clock)
      throws IOException {
    this.disk = disk;
    this.settings = settings;
    this.clock = clock;
    this.folder = folder;
    this.segments = new Segments(disk, settings);
    this.marks = folder.marks();
    Marks.State state = marks.written();
    state.epochs().forEach(epochs::marked);
    losses.restore(state.losses());
    this.durable = state.durable();
    int largest = disk.largest(settings.segmentBytes());
    this.reading = new Image(largest);
    folder.read(segments, state, reading);
    Image newest = new Image(largest);
    long cut = load(newest, state);
    epochs.prune();
    this.nextNumber = 1 + (segments.isEmpty() ? state.oldest() : segments.newest().number());
    this.tail = segments.isEmpty() ? first(newest) : new Tail(newest, segments.newest());
    if (nextOrdinal != newest.nextOrdinal()) {
      tail.leave();
    }
    reading.clear(-1, 0, 0);
    this.looks = new Looks(segments, epochs, tail, reading, this::account);
    letGo();
    this.recovery = new Recovery(epochs.pending(), cut, damaged, folder.notes(), folder.foreign());
  }

  private long load(Image newest, Marks.State state) throws IOException {
    long cut = 0;
    long expected = state.oldest() > 0 ? state.base() : -1;
    for (int i = 0; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      boolean last = i + 1 == segments.size();
      Image image = last ? newest : reading;
      if (!last && segment.recall(reading.bytes()) && epochs.isReleased(segment)) {
        epochs.added(segment.ranges());
        expected = segments.get(i + 1).header.base();
        continue;
      }
      if (last) {
        cut = segment.loadNewest(image);
      } else {
        segment.load(image);
      }
      segment.adopt(image);
      epochs.added(segment.ranges());
      long from = expected < 0 ? image.base() : Math.min(expected, image.base());
      long until = last ? durable : segments.get(i + 1).header.base();
      account(i, Damage.in(image, from, until));
      expected = Math.max(image.nextOrdinal(), until);
      nextOrdinal = expected;
    }
    nextOrdinal = Math.max(nextOrdinal, durable);
    return cut;
  }

  private Tail first(Image image) throws IOException {
    Segment segment = next();
    segments.add(segment);
    return Tail.begin(image, segment);
  }

  private void account(int index, List<Damage> damages) {
    Segment segment = segments.get(index);
    for (Damage damage : damages) {
      long unknown = losses.unknown(damage.from(), damage.to());
      if (unknown == 0 || epochs.isReleased(damage.epoch(), damage.last())) {
        continue;
      }
      Span when = segments.when(index, clock.instant());
      losses.add(
          new Dropped(
              damage.epoch(), damage.first(), damage.last(), unknown, when, Dropped.Reason.DAMAGED),
          damage.from(),
          damage.to());
      epochs.used(damage.epoch(), damage.last());
      damaged += unknown;
      folder.note(
          unknown
              + " damaged at byte "
              + damage.place()
              + " of "
              + segment.name
              + folder.keepCopy(segment));
    }
  }

  /** The largest payload that a record may have. */
  public int mostPayload() {
    return settings.mostPayload();
  }

  /** What {@link #open} found. */
  public Recovery recovery() {
    return recovery;
  }

  /**
   * Hands a record to the operating system; {@link #sync} makes it durable.
   *
   * @throws IllegalArgumentException when the epoch has pending records and the sequence is not the
   *     next, when it is not above the epoch's last one, or the payload does not fit a segment
   * @throws IOException when the disk refuses; the record is then not in the outbox and may be
   *     appended again
   */
  public synchronized void append(long epoch, long sequence, byte[] payload) throws IOException {
    checkOpen();
    epochs.check(epoch, sequence);
    if (payload.length > settings.mostPayload()) {
      throw new IllegalArgumentException(
          "a payload has at most " + settings.mostPayload() + " bytes, found " + payload.length);
    }
    if (!tail.fits(payload.length)) {
      roll();
    }
    tail.append(nextOrdinal, epoch, sequence, payload);
    nextOrdinal++;
    tail.segment().add(epoch, sequence, tail.image().end());
    epochs.added(epoch, sequence);
  }

  /**
   * Appends records that are released already, in their order, as far as they cost no pending one
   * its place; forces nothing to the disk. After a power cut they may be gone, or pending.
   *
   * @return how many of them are kept
   * @throws IOException when the disk refuses; those before are kept
   */
  public synchronized int keep(List<Record> records) throws IOException {
    int kept = 0;
    for (Record record : records) {
      checkOpen();
      boolean room = tail.fits(record.payload.length) || segments.hasRoom() || firstReleased() >= 0;
      if (!room || !epochs.takes(record.epoch, record.sequence)) {
        break;
      }
      append(record.epoch, record.sequence, record.payload);
      release(record.epoch, record.sequence);
      kept++;
    }
    markNowAndThen();
    return kept;
  }

  private void roll() throws IOException {
    tail.seal();
    tail.segment().note();
    durable = nextOrdinal;
    letGo();
    Segment next = next();
    try {
      tail.start(next);
    } catch (IOException failed) {
      segments.addFree(new Segments.Slot(next.name, next.file, next.size));
      throw failed;
    }
    segments.add(next);
  }

  /** A segment in a file whose content is durably given up. */
  private Segment next() throws IOException {
    while (true) {
      if (!segments.isEmpty()
          && marks.written().oldest() < segments.oldest().number()
          && segments.hasFree()) {
        marks.writeTwice(state());
      }
      Optional<Segments.Slot> slot = segments.slot();
      if (slot.isPresent()) {
        Segments.Slot file = slot.get();
        SegmentHeader header = new SegmentHeader(nextNumber++, nextOrdinal, clock.instant());
        return new Segment(file.name(), file.file(), file.size(), header);
      }
      if (!giveUpReleased()) {
        dropOldest();
      }
    }
  }

  /** Index of the oldest segment that can be given up without a loss, negative if none can. */
  private int firstReleased() {
    for (int i = 0; i + 1 < segments.size(); i++) {
      if (epochs.isReleased(segments.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private boolean giveUpReleased() throws IOException {
    int index = firstReleased();
    if (index < 0) {
      return false;
    }
    Segment segment = segments.remove(index);
    long after = segments.get(index).header.base();
    epochs.removed(segment.ranges());
    if (index == 0) {
      losses.forgetBelow(after);
    } else {
      losses.passOver(segment.header.base(), after);
    }
    marks.writeTwice(state());
    return true;
  }

  private void dropOldest() throws IOException {
    Span when = segments.when(0, clock.instant());
    Segment oldest = segments.remove(0);
    long from = oldest.header.base();
    long to = segments.oldest().header.base();
    for (Segment.Range range : oldest.ranges()) {
      long count = epochs.pendingOf(range);
      if (count > 0) {
        long first = range.last - count + 1;
        losses.add(
            new Dropped(range.epoch, first, range.last, count, when, Dropped.Reason.FULL),
            from,
            to);
      }
    }
    epochs.removed(oldest.ranges());
    losses.forgetBelow(to);
    marks.writeTwice(state());
  }

  /** Gives up what is released and kept for long enough, but never the last record. */
  private void letGo() {
    while (segments.size() > 1
        && epochs.isReleased(segments.oldest())
        && segments.get(1).records() > 0
        && (segments.size() > 2 || tail.isDurable())
        && isKeptForLongEnough()) {
      epochs.removed(segments.remove(0).ranges());
      losses.forgetBelow(segments.oldest().header.base());
    }
  }

  private boolean isKeptForLongEnough() {
    return settings.keep().isZero()
        || segments.get(1).opened().plus(settings.keep()).isBefore(clock.instant());
  }

  private Marks.State state() {
    Segment oldest = segments.oldest();
    return new Marks.State(
        oldest.number(), oldest.header.base(), durable, epochs.marks(), losses.entries());
  }

  /**
   * After it every record appended before is durable.
   *
   * @throws IOException when the disk refuses; nothing is then lost in memory, and the next call
   *     writes everything since the last good one again
   */
  public synchronized void sync() throws IOException {
    checkOpen();
    tail.sync();
    durable = nextOrdinal;
    markNowAndThen();
  }

  private void markNowAndThen() throws IOException {
    if (++syncs % SYNCS_PER_MARK == 0) {
      letGo();
      writeMarks();
    }
  }

  private void writeMarks() throws IOException {
    Marks.State state = state();
    if (!state.equals(marks.written())) {
      marks.write(state);
    }
  }

  /** The oldest records not released: at least one if there is any, then up to both limits. */
  public synchronized List<Record> pending(int maxRecords, long maxBytes) throws IOException {
    checkOpen();
    return looks.pending(maxRecords, maxBytes);
  }

  /** As {@link #pending}, only those of one epoch above a sequence. */
  public synchronized List<Record> pendingOf(
      long epoch, long sequence, int maxRecords, long maxBytes) throws IOException {
    checkOpen();
    return looks.pendingOf(epoch, sequence, maxRecords, maxBytes);
  }

  /**
   * As {@link #pending}, from what follows this record; from the oldest if its epoch is unknown.
   */
  public synchronized List<Record> pendingAfter(
      long epoch, long sequence, int maxRecords, long maxBytes) throws IOException {
    checkOpen();
    return looks.pendingAfter(epoch, sequence, maxRecords, maxBytes);
  }

  /**
   * Lets go of every record of the epoch up to and with this sequence. Becomes durable with some
   * later {@link #sync} or {@link #close}: a power cut before only brings records back.
   */
  public synchronized void release(long epoch, long sequence) throws IOException {
    checkOpen();
    if (epochs.release(epoch, sequence, segments)) {
      letGo();
    }
  }

  /**
   * Takes a release back: what is kept of the epoch above a sequence is pending again. Becomes
   * durable as a release does.
   *
   * @return what is not kept between this sequence and the last one of the epoch
   */
  public synchronized List<Hole> withdraw(long epoch, long sequence) throws IOException {
    checkOpen();
    return epochs.withdraw(epoch, sequence, segments, clock.instant());
  }

  /** Every epoch of which a record is here, pending or kept, the oldest first. */
  public synchronized List<Long> epochs() {
    return epochs.all();
  }

  /** The last record ever appended that can be read, released or not. */
  public synchronized Optional<Record> last() throws IOException {
    checkOpen();
    return looks.last();
  }

  /**
   * What was dropped and not yet confirmed, oldest first. It comes back, after a crash too, until
   * {@link #confirmDropped}.
   */
  public synchronized List<Dropped> takeDropped() {
    return losses.take();
  }

  /** Forgets these drops, durably: somebody else now keeps the word of them. */
  public synchronized void confirmDropped(List<Dropped> declared) throws IOException {
    checkOpen();
    if (losses.confirm(declared)) {
      marks.writeTwice(state());
    }
  }

  /** Bytes that segments with pending records hold. */
  public synchronized long bytes() {
    long bytes = 0;
    for (Segment segment : segments) {
      bytes += epochs.isReleased(segment) ? 0 : segment.bytes();
    }
    return bytes;
  }

  /** How many records are pending. */
  public synchronized long records() {
    return epochs.pending();
  }

  /** How many records of an epoch are pending. */
  public synchronized long records(long epoch) {
    return epochs.pendingOf(epoch);
  }

  private void checkOpen() throws IOException {
    if (closed) {
      throw new IOException("outbox " + disk + " is closed");
    }
  }

  /** Syncs, writes down what is released and gives up the lock. */
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (disk) {
      tail.sync();
      durable = nextOrdinal;
      writeMarks();
    }
  }
}
