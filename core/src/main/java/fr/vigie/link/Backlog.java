package fr.vigie.link;

import fr.vigie.outbox.Dropped;
import fr.vigie.outbox.Outbox;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
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

  private final Outbox outbox;
  private final Duration head;
  private final Declarer declarer;
  private final Deque<Sealed> memory = new ArrayDeque<>();
  private final Deque<Outgoing> ahead = new ArrayDeque<>();
  private final TreeMap<Position, Gap> gaps = new TreeMap<>();
  private final TreeMap<Position, Dropped> dropped = new TreeMap<>();
  private Position readThrough = Position.BEFORE_ALL;
  private long memoryBytes;
  private boolean unsynced;
  private String problem = "";

  Backlog(Outbox outbox, Duration head, Declarer declarer) {
    this.outbox = outbox;
    this.head = head;
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
        Sealed oldest = memory.getFirst();
        byte[] parcel = new Parcel(oldest.marks(), oldest.session(), oldest.wire()).toBytes();
        outbox.append(oldest.position().epoch(), oldest.position().sequence(), parcel);
        unsynced = true;
        memory.removeFirst();
        memoryBytes -= oldest.wire().length;
      }
      problem = "";
    } catch (IOException e) {
      problem = "the outbox cannot be written, readings are kept in memory: " + e.getMessage();
      shed();
    }
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
        ahead.clear();
        readThrough = Position.BEFORE_ALL;
      }
    }
  }

  /**
   * The oldest that stands after a position: a gap once everything before it in its epoch is
   * acknowledged, else a batch.
   *
   * @param free whether nothing of an epoch is under way
   */
  Optional<Outgoing> after(Position sent, LongPredicate free) throws IOException {
    Optional<Outgoing> batch = batchAfter(sent);
    var gap = gaps.higherEntry(sent);
    if (gap != null && (batch.isEmpty() || !gap.getKey().isAfter(batch.get().position()))) {
      return free.test(gap.getValue().epoch())
          ? Optional.of(new Outgoing(gap.getKey(), Optional.of(gap.getValue()), 0, new byte[0]))
          : Optional.empty();
    }
    return batch;
  }

  private Optional<Outgoing> batchAfter(Position sent) throws IOException {
    if (!readThrough.equals(sent)) {
      ahead.clear();
    }
    while (!ahead.isEmpty() && !ahead.getFirst().position().isAfter(sent)) {
      ahead.removeFirst();
    }
    if (ahead.isEmpty() && outbox.records() > 0) {
      for (Outbox.Record record :
          outbox.pendingAfter(sent.epoch(), sent.sequence(), AHEAD_RECORDS, AHEAD_BYTES)) {
        Position position = new Position(record.epoch(), record.sequence());
        Parcel parcel = Parcel.of(record.payload());
        ahead.add(new Outgoing(position, Optional.empty(), parcel.session(), parcel.wire()));
      }
    }
    if (!ahead.isEmpty()) {
      return Optional.of(ahead.getFirst());
    }
    for (Sealed batch : memory) {
      if (batch.position().isAfter(sent)) {
        return Optional.of(
            new Outgoing(batch.position(), Optional.empty(), batch.session(), batch.wire()));
      }
    }
    return Optional.empty();
  }

  /** Tells that what {@link #after} returned was sent. */
  void sent(Outgoing outgoing) {
    if (!ahead.isEmpty() && ahead.getFirst().position().equals(outgoing.position())) {
      ahead.removeFirst();
    }
    readThrough = outgoing.position();
  }

  /** Everything of an epoch up to a sequence is safe: forgets it. */
  void acknowledge(long epoch, long sequence) throws IOException {
    while (!memory.isEmpty()
        && memory.getFirst().position().epoch() == epoch
        && memory.getFirst().position().sequence() <= sequence) {
      memoryBytes -= memory.removeFirst().wire().length;
    }
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

  long waiting() {
    return memory.size() + outbox.records() + gaps.size();
  }

  String problem() {
    return problem;
  }

  /** Puts into words what cannot be kept. */
  interface Declarer {
    /** The loss that tells of what the outbox dropped. */
    Gap dropped(Dropped range);

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
