package fr.vigie.outbox;

import java.util.ArrayList;
import java.util.List;

/**
 * Records that are missing between those of a segment that could be read. Ordinals tell how many;
 * whose they were follows from the neighbours and from what is left of the first one's head.
 *
 * @param from ordinal of the first
 * @param to ordinal after the last
 * @param epoch of all, as far as it can be known
 * @param first sequence
 * @param last sequence
 * @param place in the segment where the first one was
 */
record Damage(long from, long to, long epoch, long first, long last, int place) {
  /** A record that could be read. */
  private record Neighbour(boolean exists, long epoch, long sequence) {
    static final Neighbour NONE = new Neighbour(false, 0, 0);

    static Neighbour at(Image image, int index) {
      return index < 0 || index >= image.count()
          ? NONE
          : new Neighbour(true, image.epoch(index), image.sequence(index));
    }
  }

  long records() {
    return to - from;
  }

  /**
   * @param from ordinal that the segment's first record should have
   * @param until ordinal that its last record should be below, at least
   */
  static List<Damage> in(Image image, long from, long until) {
    List<Damage> all = new ArrayList<>();
    long expected = from;
    for (int i = 0; i <= image.count(); i++) {
      long found = i < image.count() ? image.ordinal(i) : until;
      if (found > expected) {
        int place = i == 0 ? Image.DATA : image.after(image.place(i - 1));
        Neighbour before = Neighbour.at(image, i - 1);
        all.add(between(image, before, Neighbour.at(image, i), expected, found, place));
      }
      expected = Math.max(expected, found + 1);
    }
    return all;
  }

  private static Damage between(
      Image image, Neighbour before, Neighbour after, long from, long to, int place) {
    long count = to - from;
    if (before.exists
        && after.exists
        && before.epoch == after.epoch
        && after.sequence - before.sequence > count) {
      return new Damage(from, to, before.epoch, before.sequence + 1, after.sequence - 1, place);
    }
    long epoch = image.epochAt(place);
    long sequence = image.sequenceAt(place);
    boolean headFits = after.exists && epoch == after.epoch && sequence + count == after.sequence;
    if (before.exists && !headFits) {
      epoch = before.epoch;
      sequence = before.sequence + 1;
    } else if (after.exists && !headFits) {
      epoch = after.epoch;
      sequence = Math.max(0, after.sequence - count);
    }
    return new Damage(from, to, epoch, sequence, sequence + count - 1, place);
  }
}
