package fr.vigie.link;

import fr.vigie.outbox.Dropped;
import fr.vigie.outbox.Outbox;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;

/**
 * Batches that wait for their acknowledgement, oldest first: those on disk, then those in memory
 * only. A batch moves to the disk once it has waited for {@code head}; when the disk cannot be
 * written it stays in memory up to a limit, beyond which the oldest gives way to a declaration of
 * its loss under the same sequence. Not safe for use by several threads: the courier guards it.
 */
final class Backlog {
  static final long MOST_BYTES_IN_MEMORY = 8L << 20;
  private static final int AHEAD_RECORDS = 64;
  private static final long AHEAD_BYTES = 1L << 20;
  private static final long MOST_SAFE_BYTES = 256 << 10;
  private static final long MOST_SAFE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Outbox outbox;
  private final Duration head;
  private final boolean keeping;
  private final Declarer declarer;
  private final Deque<Sealed> memory = new ArrayDeque<>();
  private final Map<Long, Long> marks = new HashMap<>();
  private final List<Outbox.Record> safe = new ArrayList<>();
  private final TreeMap<Position, Gap> gaps = new TreeMap<>();
  private final TreeMap<Position, Dropped> dropped = new TreeMap<>();
  private Optional<Sealed> arrived = Optional.empty();
  private long liveEpoch;
  private long memoryBytes;
  private long safeBytes;
  private long safeSince;
  private boolean unsynced;
  private String problem = "";

  /**
   * @param keeping whether what is acknowledged goes to the outbox too, to be kept for a while
   */
  Backlog(Outbox outbox, Duration head, boolean keeping, Declarer declarer) {
    this.outbox = outbox;
    this.head = head;
    this.keeping = keeping;
    this.declarer = declarer;
  }

  void add(Sealed batch) {
    memory.add(batch);
    memoryBytes += batch.wire().length;
  }

  /** Moves to the outbox what has waited long enough, or all of it. */
  void journal(long nanos, boolean all) {
    try {
      while (!memory.isEmpty()
          && (all
              || nanos - memory.getFirst().nanos() >= head.toNanos()
              || memoryBytes > MOST_BYTES_IN_MEMORY / 2)) {
        keepSafe();
        Sealed oldest = memory.getFirst();
        Outbox.Record record = record(oldest);
        if (record.payload().length > outbox.mostPayload()) {
          memory.removeFirst();
          memoryBytes -= oldest.wire().length;
          oldest = declarer.shed(oldest);
          memory.addFirst(oldest);
          memoryBytes += oldest.wire().length;
          record = record(oldest);
        }
        outbox.append(record.epoch(), record.sequence(), record.payload());
        unsynced = true;
        memory.removeFirst();
        memoryBytes -= oldest.wire().length;
        letGo();
      }
      problem = "";
    } catch (IOException e) {
      problem = "the outbox cannot be written, readings are kept in memory: " + e.getMessage();
      shed();
    }
  }

  /** Until what is in memory has waited long enough and the disk would take it, in nanoseconds. */
  long idle(long nanos) {
    return memory.isEmpty() || !problem.isEmpty()
        ? Long.MAX_VALUE
        : Math.max(0, head.toNanos() - (nanos - memory.getFirst().nanos()));
  }

  private static Outbox.Record record(Sealed batch) {
    return new Outbox.Record(
        batch.position().epoch(),
        batch.position().sequence(),
        new Parcel(batch.marks(), batch.session(), batch.wire()).toBytes());
  }

  /**
   * Moves what was acknowledged and never was on the disk there, many at once, so that a card sees
   * about one write a minute for them.
   *
   * @param all however few there are
   */
  void keep(long nanos, boolean all) {
    if (all || safeBytes >= MOST_SAFE_BYTES || nanos - safeSince >= MOST_SAFE_NANOS) {
      try {
        keepSafe();
      } catch (IOException e) {
        problem = "the outbox cannot be written: " + e.getMessage();
      }
      safeSince = nanos;
    }
  }

  private void keepSafe() throws IOException {
    if (safe.isEmpty()) {
      return;
    }
    List<Outbox.Record> now = List.copyOf(safe);
    safe.clear();
    safeBytes = 0;
    outbox.keep(now);
  }

  void sync() {
    if (!unsynced) {
      return;
    }
    try {
      outbox.sync();
      unsynced = false;
      problem = "";
    } catch (IOException e) {
      problem = "the outbox cannot be forced to the disk: " + e.getMessage();
    }
  }

  /**
   * The newest batch that was acknowledged while everything before it is acknowledged or on the
   * medium; once.
   */
  Optional<Sealed> takeArrived() {
    if (unsynced) {
      return Optional.empty();
    }
    Optional<Sealed> taken = arrived;
    arrived = Optional.empty();
    return taken;
  }

  private void shed() {
    Deque<Sealed> declared = new ArrayDeque<>();
    while (memoryBytes > MOST_BYTES_IN_MEMORY && memory.size() > 1) {
      Sealed oldest = memory.removeFirst();
      Sealed inItsStead = oldest.samples() == 0 ? oldest : declarer.shed(oldest);
      memoryBytes -= oldest.wire().length - inItsStead.wire().length;
      declared.addFirst(inItsStead);
    }
    declared.forEach(memory::addFirst);
  }

  /** Takes note of what the outbox dropped since the last call. */
  void collectDropped() throws IOException {
    for (Dropped range : outbox.takeDropped()) {
      Position position = new Position(range.epoch(), range.last());
      if (dropped.put(position, range) == null) {
        gaps.put(position, declarer.dropped(range));
      }
    }
  }

  /**
   * The server's store has an epoch only up to a sequence, whatever was acknowledged before: what
   * is kept beyond it is to be sent again, and what is not is declared.
   */
  void withdraw(long epoch, long sequence) throws IOException {
    for (Outbox.Hole hole : outbox.withdraw(epoch, sequence)) {
      Position position = new Position(epoch, hole.last());
      var known = gaps.ceilingEntry(position);
      boolean declared =
          known != null
              && known.getKey().epoch() == epoch
              && known.getValue().first() <= hole.first();
      if (!declared) {
        gaps.put(position, declarer.forgotten(epoch, hole));
      }
    }
  }

  /** Batches of this epoch are live from now on, all others are late. */
  void live(long epoch) {
    liveEpoch = epoch;
  }

  /**
   * What a lane has to send next: a gap once everything before it in its epoch is acknowledged,
   * else a batch.
   *
   * @param free whether a gap of an epoch may be told now
   */
  Optional<Outgoing> next(Lane lane, LongPredicate free) throws IOException {
    Optional<Outgoing> batch = nextBatch(lane);
    var gap = gaps.higherEntry(start(lane));
    if (gap != null
        && isOf(lane, gap.getKey())
        && (batch.isEmpty() || !gap.getKey().isAfter(batch.get().position()))) {
      return free.test(gap.getValue().epoch())
          ? Optional.of(new Outgoing(gap.getKey(), Optional.of(gap.getValue()), 0, new byte[0]))
          : Optional.empty();
    }
    return batch;
  }

  private Position start(Lane lane) {
    Position first = lane.isLive() ? new Position(liveEpoch, 0) : Position.BEFORE_ALL;
    return lane.sentThrough().isAfter(first) ? lane.sentThrough() : first;
  }

  private boolean isOf(Lane lane, Position position) {
    return lane.isLive() == (position.epoch() == liveEpoch);
  }

  private Optional<Outgoing> nextBatch(Lane lane) throws IOException {
    Position sent = start(lane);
    Deque<Outgoing> ahead = lane.ahead();
    while (!ahead.isEmpty() && !ahead.getFirst().position().isAfter(sent)) {
      ahead.removeFirst();
    }
    if (ahead.isEmpty() && onDisk(lane) > 0) {
      List<Outbox.Record> records =
          lane.isLive()
              ? outbox.pendingOf(liveEpoch, sent.sequence(), AHEAD_RECORDS, AHEAD_BYTES)
              : outbox.pendingAfter(sent.epoch(), sent.sequence(), AHEAD_RECORDS, AHEAD_BYTES);
      for (Outbox.Record record : records) {
        Position position = new Position(record.epoch(), record.sequence());
        if (isOf(lane, position) && position.isAfter(sent)) {
          unwrap(position, record).ifPresent(ahead::add);
        }
      }
    }
    if (!ahead.isEmpty()) {
      return Optional.of(ahead.getFirst());
    }
    for (Sealed batch : memory) {
      Position position = batch.position();
      if (isOf(lane, position) && position.isAfter(sent) && !isAcknowledged(position)) {
        return Optional.of(new Outgoing(position, Optional.empty(), batch.session(), batch.wire()));
      }
    }
    return Optional.empty();
  }

  /** A record that is no parcel is declared, so that what follows it goes on. */
  private Optional<Outgoing> unwrap(Position position, Outbox.Record record) {
    try {
      Parcel parcel = Parcel.of(record.payload());
      return Optional.of(new Outgoing(position, Optional.empty(), parcel.session(), parcel.wire()));
    } catch (IOException e) {
      if (!gaps.containsKey(position)) {
        gaps.put(position, declarer.unreadable(position));
      }
      return Optional.empty();
    }
  }

  private long onDisk(Lane lane) {
    long live = outbox.records(liveEpoch);
    return lane.isLive() ? live : outbox.records() - live;
  }

  /** Everything of an epoch up to a sequence is safe: forgets it. */
  void acknowledge(long epoch, long sequence) throws IOException {
    marks.merge(epoch, sequence, Math::max);
    letGo();
    outbox.release(epoch, sequence);
    unsynced |= outbox.records() > 0;
    var settled = gaps.subMap(new Position(epoch, 0), true, new Position(epoch, sequence), true);
    for (Position position : settled.keySet()) {
      Dropped range = dropped.remove(position);
      if (range != null) {
        outbox.confirmDropped(List.of(range));
      }
    }
    settled.clear();
  }

  /**
   * Lets go of what is acknowledged at the front of the memory. Behind a batch that is not it
   * waits, so that the outbox gets all of them in their order.
   */
  private void letGo() {
    while (!memory.isEmpty() && isAcknowledged(memory.getFirst().position())) {
      Sealed batch = memory.removeFirst();
      memoryBytes -= batch.wire().length;
      arrived = Optional.of(batch);
      if (keeping) {
        safe.add(record(batch));
        safeBytes += batch.wire().length;
      }
    }
    if (memory.isEmpty()) {
      marks.clear();
    }
  }

  private boolean isAcknowledged(Position position) {
    return marks.getOrDefault(position.epoch(), 0L) >= position.sequence();
  }

  long waiting() {
    return memory.size() + outbox.records() + gaps.size();
  }

  /** Batches of one epoch that wait. */
  long waiting(long epoch) {
    return outbox.records(epoch)
        + memory.stream().filter(batch -> batch.position().epoch() == epoch).count();
  }

  /** Whether a gap waits that only the server's loss has made. */
  boolean hasForgotten() {
    return !dropped.keySet().containsAll(gaps.keySet());
  }

  String problem() {
    return problem;
  }

  /** Puts into words what cannot be kept. */
  interface Declarer {
    /** The loss that tells of what the outbox dropped. */
    Gap dropped(Dropped range);

    /** The loss that tells of a record that is no batch. */
    Gap unreadable(Position position);

    /** The loss that tells of what the server lost and is not kept here. */
    Gap forgotten(long epoch, Outbox.Hole hole);

    /** A batch of the same position that holds only the declaration that its samples are lost. */
    Sealed shed(Sealed batch);
  }

  /**
   * Something to send.
   *
   * @param gap what it stands for when it is no batch
   * @param session see {@link Sealed#session()}
   */
  record Outgoing(Position position, Optional<Gap> gap, long session, byte[] wire) {}
}
