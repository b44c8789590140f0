package fr.vigie.outbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is known of each epoch that has records: how far it goes, how far it is released. */
final class Epochs {
  /** Everything of the epoch up to and with this sequence is released. */
  record Mark(long epoch, long sequence) {}

  private static final class State {
    long last = -1;
    long released = -1;
    long pending;
    long records;
  }

  private final Map<Long, State> states = new HashMap<>();
  private long pending;

  long pending() {
    return pending;
  }

  boolean isReleased(long epoch, long sequence) {
    State state = states.get(epoch);
    return state != null && sequence <= state.released;
  }

  /** How many records of the range are not released. */
  long pendingOf(Segment.Range range) {
    State state = states.get(range.epoch);
    long released = state == null ? -1 : state.released;
    return Math.max(0, range.last - Math.max(range.first - 1, released));
  }

  boolean isReleased(Segment segment) {
    return segment.ranges().stream().allMatch(range -> pendingOf(range) == 0);
  }

  /**
   * @throws IllegalArgumentException when this may not be the epoch's next sequence
   */
  void check(long epoch, long sequence) {
    if (sequence < 0) {
      throw new IllegalArgumentException("sequence " + sequence + " is negative");
    }
    State state = states.get(epoch);
    if (state != null && !takes(epoch, sequence)) {
      throw new IllegalArgumentException(
          "sequence "
              + sequence
              + " of epoch "
              + epoch
              + " does not follow "
              + state.last
              + (state.pending > 0 ? ", which is pending" : ""));
    }
  }

  boolean takes(long epoch, long sequence) {
    State state = states.get(epoch);
    return state == null
        || sequence == state.last + 1
        || sequence > state.last && state.pending == 0;
  }

  void added(long epoch, long sequence) {
    State state = states.computeIfAbsent(epoch, e -> new State());
    state.last = Math.max(state.last, sequence);
    state.records++;
    if (sequence > state.released) {
      state.pending++;
      pending++;
    }
  }

  void added(List<Segment.Range> ranges) {
    for (Segment.Range range : ranges) {
      State state = states.computeIfAbsent(range.epoch, e -> new State());
      long more = pendingOf(range);
      state.last = Math.max(state.last, range.last);
      state.records += range.last - range.first + 1;
      state.pending += more;
      pending += more;
    }
  }

  /** The sequence was used once, though no record of it can be read. */
  void used(long epoch, long sequence) {
    State state = states.get(epoch);
    if (state != null) {
      state.last = Math.max(state.last, sequence);
    }
  }

  /** The epoch's mark as it was written down, before any of its records is added. */
  void marked(Mark mark) {
    State state = states.computeIfAbsent(mark.epoch, e -> new State());
    state.released = mark.sequence;
    state.last = Math.max(state.last, mark.sequence);
  }

  /**
   * Moves the mark of an epoch; one that has no records is not followed.
   *
   * @return whether it moved
   */
  boolean release(long epoch, long sequence, Iterable<Segment> segments) {
    State state = states.get(epoch);
    if (state == null || Math.min(sequence, state.last) <= state.released) {
      return false;
    }
    long before = 0;
    long after = 0;
    long old = state.released;
    long now = Math.min(sequence, state.last);
    for (Segment segment : segments) {
      for (Segment.Range range : segment.ranges()) {
        if (range.epoch == epoch && range.last > old) {
          state.released = old;
          before += pendingOf(range);
          state.released = now;
          after += pendingOf(range);
        }
      }
    }
    state.released = now;
    state.pending -= before - after;
    pending -= before - after;
    return true;
  }

  /** Moves the mark of an epoch back; returns what is not there between it and the last record. */
  List<Outbox.Hole> withdraw(long epoch, long sequence, Iterable<Segment> segments, Instant now) {
    State state = states.get(epoch);
    List<Outbox.Hole> holes = new ArrayList<>();
    if (state == null) {
      return holes;
    }
    long next = sequence + 1;
    state.released = Math.min(state.released, sequence);
    pending -= state.pending;
    state.pending = 0;
    for (Segment segment : segments) {
      for (Segment.Range range : segment.ranges()) {
        if (range.epoch == epoch && range.last > sequence) {
          segment.done(0);
          state.pending += pendingOf(range);
          if (range.first > next) {
            holes.add(new Outbox.Hole(next, range.first - 1, segment.opened()));
          }
          next = Math.max(next, range.last + 1);
        }
      }
    }
    pending += state.pending;
    if (next <= state.last) {
      holes.add(new Outbox.Hole(next, state.last, now));
    }
    return holes;
  }

  List<Long> all() {
    return states.keySet().stream().sorted().toList();
  }

  long pendingOf(long epoch) {
    State state = states.get(epoch);
    return state == null ? 0 : state.pending;
  }

  /** These records are no longer there. */
  void removed(List<Segment.Range> ranges) {
    for (Segment.Range range : ranges) {
      State state = states.get(range.epoch);
      if (state == null) {
        continue;
      }
      long gone = pendingOf(range);
      state.pending -= gone;
      pending -= gone;
      state.records -= range.last - range.first + 1;
      if (state.records == 0) {
        states.remove(range.epoch);
      }
    }
  }

  /** Forgets marks of epochs that turned out to have no record. */
  void prune() {
    states.values().removeIf(state -> state.records == 0);
  }

  List<Mark> marks() {
    List<Mark> marks = new ArrayList<>();
    states.forEach(
        (epoch, state) -> {
          if (state.released >= 0) {
            marks.add(new Mark(epoch, state.released));
          }
        });
    return marks;
  }
}
