package fr.vigie.server.store.ledger;

import fr.vigie.column.Column;
import fr.vigie.server.store.sqlite.Bounds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Gives each sample a lane, so that no two of a series ever have the same lane and time.
 *
 * <p>Each lane of a series only grows in time. A sample goes to the lowest lane that ends before
 * it: what comes in order is all in lane 0, what comes late or at a time that is taken goes to the
 * next. So of two samples of one time the one that came first has the lower lane, and the order of
 * arrival needs no field of its own. The ends of the lanes are all that must be remembered, and
 * placing the same samples again from the same ends gives the same lanes. This is patience sorting
 * (Mallows 1963); there are as many lanes as the longest run of samples that came in the wrong
 * order.
 *
 * <p>Two lanes are not the database's: {@link #EARLY} holds times that it does not keep, and {@link
 * #LATE} what finds none of the lanes free. Not safe for use by several threads.
 */
final class Lanes {
  static final int EARLY = -1;
  static final int LATE = Integer.MAX_VALUE;

  private final long tick;
  private final int most;
  private final Map<Integer, Track> tracks = new HashMap<>();

  /**
   * @param tick see {@link Engine#tick()}
   * @param most at most so many lanes of a series in the database
   */
  Lanes(long tick, int most) {
    this.tick = tick;
    this.most = most;
  }

  /** Samples of a series in order of time that share a lane. */
  record Placed(int series, int lane, Column samples) {
    long first() {
      return samples.nanos(0);
    }

    long last() {
      return samples.nanos(samples.size() - 1);
    }

    boolean inEngine() {
      return lane != EARLY && lane != LATE;
    }
  }

  /** Where the lanes of one series begin and end; immutable. */
  record Track(long[] first, long[] last, boolean aside, long newest) {
    static final Track NONE = new Track(new long[0], new long[0], false, Long.MIN_VALUE);

    int lanes() {
      return first.length;
    }

    boolean isEmpty() {
      return lanes() == 0 && !aside;
    }

    private Track with(Placed placed) {
      long latest = Math.max(newest, placed.last());
      if (!placed.inEngine()) {
        return new Track(first, last, true, latest);
      }
      int lane = placed.lane();
      int lanes = Math.max(lanes(), lane + 1);
      long[] starts = Arrays.copyOf(first, lanes);
      long[] ends = Arrays.copyOf(last, lanes);
      if (lane >= lanes()) {
        starts[lane] = placed.first();
      }
      ends[lane] = placed.last();
      return new Track(starts, ends, aside, latest);
    }
  }

  Track track(int series) {
    return tracks.getOrDefault(series, Track.NONE);
  }

  Set<Integer> series() {
    return tracks.keySet();
  }

  boolean isEmpty() {
    return tracks.isEmpty();
  }

  /** Takes note of samples that are placed already. */
  void add(Placed placed) {
    tracks.merge(placed.series(), Track.NONE.with(placed), (known, fresh) -> known.with(placed));
  }

  /** Takes up a lane, or what lies aside, as it was left. */
  void load(int series, int lane, long first, long last) {
    Column ends = Column.numbers().addMissing(first).addMissing(last).build();
    add(new Placed(series, lane, ends));
  }

  void forget(int series) {
    tracks.remove(series);
  }

  /**
   * Gives lanes to samples and takes note of them.
   *
   * @param keeps the times that the database keeps
   */
  List<Placed> place(int series, Column samples, Bounds keeps) {
    if (samples.isEmpty()) {
      return List.of();
    }
    Column sorted = samples.sorted();
    Map<Integer, Column.Builder> lanes = new TreeMap<>();
    long[] ends = track(series).last().clone();
    int known = ends.length;
    for (int i = 0; i < sorted.size(); i++) {
      long nanos = sorted.nanos(i);
      int lane = keeps.contains(nanos) ? lowest(ends, known, nanos) : EARLY;
      if (lane != EARLY && lane != LATE) {
        if (lane == known) {
          known++;
          ends = Arrays.copyOf(ends, Math.max(ends.length, known));
        }
        ends[lane] = nanos;
      }
      Column.Builder builder =
          lanes.computeIfAbsent(lane, key -> Column.sized(sorted.isText(), 16));
      if (sorted.isText()) {
        builder.add(nanos, sorted.text(i), sorted.quality(i));
      } else {
        builder.add(nanos, sorted.number(i), sorted.quality(i));
      }
    }
    List<Placed> placed = new ArrayList<>(lanes.size());
    lanes.forEach((lane, builder) -> placed.add(new Placed(series, lane, builder.build())));
    placed.forEach(this::add);
    return placed;
  }

  private int lowest(long[] ends, int known, long nanos) {
    long time = Math.floorDiv(nanos, tick);
    int lane = 0;
    while (lane < known && Math.floorDiv(ends[lane], tick) >= time) {
      lane++;
    }
    return lane < most ? lane : LATE;
  }
}
