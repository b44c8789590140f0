package fr.vigie.outbox;

import fr.vigie.outbox.Dropped.Reason;
import fr.vigie.time.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Drops that nobody has confirmed, and damage that is already accounted for. */
final class Losses {
  /** More are merged, the counts staying exact. */
  static final int MOST = 256;

  /**
   * @param from ordinal of the first record
   * @param to ordinal after the last one
   * @param confirmed somebody keeps the word of it; kept while the segment may be read again
   */
  record Entry(Dropped dropped, long from, long to, boolean confirmed) {}

  private final List<Entry> entries = new ArrayList<>();
  private int taken;

  List<Entry> entries() {
    return List.copyOf(entries);
  }

  void restore(List<Entry> written) {
    entries.addAll(written);
  }

  void add(Dropped dropped, long from, long to) {
    int last = entries.size() - 1;
    if (last >= taken && follows(entries.get(last), dropped)) {
      entries.set(last, merged(entries.get(last), new Entry(dropped, from, to, false)));
    } else {
      entries.add(new Entry(dropped, from, to, false));
    }
    mergeBeyondMost();
  }

  private void mergeBeyondMost() {
    while (entries.size() > MOST) {
      int at = Math.min(taken, entries.size() - 2);
      entries.set(at, merged(entries.get(at), entries.remove(at + 1)));
    }
  }

  /** These ordinals were given up in order, though older ones are still there. */
  void passOver(long from, long to) {
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.confirmed && entry.to == from) {
        entries.set(i, new Entry(entry.dropped, entry.from, to, true));
        return;
      }
    }
    Dropped nothing =
        new Dropped(0, 0, 0, 0, new Span(Instant.EPOCH, Instant.EPOCH), Reason.DAMAGED);
    entries.add(new Entry(nothing, from, to, true));
    mergeBeyondMost();
  }

  private static boolean follows(Entry entry, Dropped next) {
    Dropped before = entry.dropped;
    return !entry.confirmed
        && before.reason() == Reason.FULL
        && next.reason() == Reason.FULL
        && before.epoch() == next.epoch()
        && before.last() + 1 == next.first();
  }

  private static Entry merged(Entry a, Entry b) {
    Dropped first = a.dropped;
    Dropped next = b.dropped;
    if (a.confirmed != b.confirmed) {
      return a.confirmed ? b : a;
    }
    boolean same = first.epoch() == next.epoch();
    Dropped both =
        new Dropped(
            next.epoch(),
            same ? Math.min(first.first(), next.first()) : next.first(),
            same ? Math.max(first.last(), next.last()) : next.last(),
            first.records() + next.records(),
            Segments.cover(first.when(), next.when()),
            next.reason());
    return new Entry(both, Math.min(a.from, b.from), Math.max(a.to, b.to), a.confirmed);
  }

  /** How many of these ordinals are not yet accounted for as damaged. */
  long unknown(long from, long to) {
    long known = 0;
    for (Entry entry : entries) {
      if (entry.dropped.reason() == Reason.DAMAGED) {
        known += Math.max(0, Math.min(to, entry.to) - Math.max(from, entry.from));
      }
    }
    return Math.max(0, to - from - known);
  }

  List<Dropped> take() {
    taken = entries.size();
    return entries.isEmpty()
        ? List.of()
        : entries.stream().filter(entry -> !entry.confirmed).map(Entry::dropped).toList();
  }

  boolean confirm(List<Dropped> declared) {
    boolean any = false;
    for (Dropped dropped : declared) {
      any |= confirm(dropped);
    }
    return any;
  }

  private boolean confirm(Dropped dropped) {
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (!entry.confirmed && entry.dropped.equals(dropped)) {
        if (dropped.reason() == Reason.DAMAGED) {
          entries.set(i, new Entry(dropped, entry.from, entry.to, true));
        } else {
          entries.remove(i);
          taken = Math.max(0, i < taken ? taken - 1 : taken);
        }
        return true;
      }
    }
    return false;
  }

  /** Forgets confirmed damage below this ordinal: its segment will not be read again. */
  void forgetBelow(long ordinal) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (entries.get(i).confirmed && entries.get(i).to <= ordinal) {
        entries.remove(i);
        taken = i < taken ? taken - 1 : taken;
      }
    }
  }
}
