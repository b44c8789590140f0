package fr.vigie.server.store.sqlite;

import fr.vigie.column.Column;
import fr.vigie.column.ColumnCodec;
import fr.vigie.column.ColumnException;
import fr.vigie.signal.Quality;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Figures of one series over windows of one {@link Level}, as a piece of a file holds them: a block
 * of columns that share the places of the windows. The first column tells which others are there;
 * one that equals the first numbers is left out, so that a series with one sample a window takes
 * little more than its samples.
 */
final class Rollup implements Figures {
  static final int MOST_WINDOWS = 16_384;

  private static final int WIDE_SUM = 1 << 4;

  private final Level level;
  private final Column counts;
  private final Column firstAfter;
  private final Column lastAfter;
  private final Column firsts;
  private final Column[] others;
  private final boolean wideSum;
  private final Column sumEnds;

  private Rollup(Level level, List<Column> columns, int left) {
    this.level = level;
    this.counts = columns.get(1);
    this.firstAfter = columns.get(2);
    this.lastAfter = columns.get(3);
    this.firsts = columns.get(4);
    this.others = new Column[4];
    int next = 5;
    for (int i = 0; i < others.length; i++) {
      others[i] = (left & 1 << i) == 0 ? columns.get(next++) : firsts;
    }
    this.wideSum = (left & WIDE_SUM) != 0;
    this.sumEnds = wideSum ? columns.get(next) : firsts;
  }

  /** The figures of a column's numbers, added to what is there. */
  static void add(Column column, Stretches minutes) {
    long width = Level.MINUTE.width();
    long place = 0;
    long start = 0;
    long end = 0;
    for (int i = 0; i < column.size(); i++) {
      if (column.quality(i) != Quality.MISSING) {
        long time = column.nanos(i);
        if (time < start || time >= end) {
          place = Level.MINUTE.place(time);
          start = place * width;
          end = start + width;
        }
        minutes.add(place, time, column.number(i));
      }
    }
  }

  /** The same figures over the windows of a wider level. */
  static Stretches widen(Figures minutes, int from, int to, Level level) {
    long each = level.width() / Level.MINUTE.width();
    Stretches wide = new Stretches();
    for (int i = from; i < to; i++) {
      wide.add(Math.floorDiv(minutes.place(i), each), minutes, i);
    }
    return wide;
  }

  /** Some windows, at most {@value #MOST_WINDOWS}, in order of place. */
  static byte[] encode(Figures windows, int from, int to, Level level) {
    Column firsts = column(windows, from, to, windows::first);
    List<Column> others =
        new ArrayList<>(
            List.of(
                column(windows, from, to, windows::last),
                column(windows, from, to, windows::min),
                column(windows, from, to, windows::max)));
    int left = 0;
    boolean finite = true;
    for (int i = from; i < to; i++) {
      finite &= Double.isFinite(windows.sum(i));
    }
    if (finite) {
      others.add(column(windows, from, to, windows::sum));
    } else {
      left = WIDE_SUM;
      others.add(column(windows, from, to, i -> bits(windows, i) >>> 32));
      others.add(column(windows, from, to, i -> bits(windows, i) & 0xffffffffL));
    }
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < others.size(); i++) {
      if (left < WIDE_SUM && same(others.get(i), firsts)) {
        left |= 1 << i;
      } else {
        columns.add(others.get(i));
      }
    }
    int all = left;
    columns.addAll(
        0,
        List.of(
            column(windows, from, to, i -> all),
            column(windows, from, to, windows::count),
            column(windows, from, to, i -> after(windows.firstTime(i), windows, i, level)),
            column(windows, from, to, i -> after(windows.lastTime(i), windows, i, level)),
            firsts));
    return ColumnCodec.encodeBlock(columns);
  }

  /** The piece that a head describes, empty when its bytes are damaged. */
  static Optional<Rollup> of(Chunk head, byte[] data) {
    int level = (int) (head.id() >> 30) & 3;
    if (level >= Level.values().length) {
      return Optional.empty();
    }
    try {
      return Optional.of(decode(data, Level.values()[level])).filter(it -> it.isOf(head));
    } catch (ColumnException e) {
      return Optional.empty();
    }
  }

  private boolean isOf(Chunk head) {
    return size() == head.count() && place(0) == head.first() && place(size() - 1) == head.last();
  }

  /**
   * @throws ColumnException when the bytes are damaged
   */
  static Rollup decode(byte[] data, Level level) throws ColumnException {
    List<Column> columns = ColumnCodec.decodeBlock(data);
    Column first = columns.isEmpty() ? Column.numbers().build() : columns.get(0);
    int left = first.isEmpty() || first.isText() ? -1 : (int) first.number(0);
    if (left < 0
        || columns.size() != 9 - Integer.bitCount(left & 15) + (left >> 4)
        || columns.stream().anyMatch(it -> it.isText() || !it.sameTimes(first))) {
      throw new ColumnException("found " + columns.size() + " columns that are no roll-up");
    }
    return new Rollup(level, columns, left);
  }

  Level level() {
    return level;
  }

  /** When a window begins, in nanoseconds since 1970. */
  long start(int index) {
    return place(index) * level.width();
  }

  @Override
  public int size() {
    return counts.size();
  }

  @Override
  public long place(int index) {
    return counts.nanos(index);
  }

  @Override
  public long count(int index) {
    return (long) counts.number(index);
  }

  @Override
  public double sum(int index) {
    double sum = others[3].number(index);
    return wideSum ? Double.longBitsToDouble((long) sum << 32 | (long) sumEnds.number(index)) : sum;
  }

  @Override
  public double min(int index) {
    return others[1].number(index);
  }

  @Override
  public double max(int index) {
    return others[2].number(index);
  }

  @Override
  public long firstTime(int index) {
    return place(index) * level.width() + (long) firstAfter.number(index);
  }

  @Override
  public double first(int index) {
    return firsts.number(index);
  }

  @Override
  public long lastTime(int index) {
    return place(index) * level.width() + (long) lastAfter.number(index);
  }

  @Override
  public double last(int index) {
    return others[0].number(index);
  }

  /** Yields what stands in a column for the window at an index. */
  private interface Part {
    double of(int index);
  }

  private static Column column(Figures windows, int from, int to, Part part) {
    Column.Builder column = Column.sized(false, to - from);
    for (int i = from; i < to; i++) {
      column.add(windows.place(i), part.of(i), Quality.GOOD);
    }
    return column.build();
  }

  private static boolean same(Column one, Column other) {
    int i = 0;
    while (i < one.size() && Double.compare(one.number(i), other.number(i)) == 0) {
      i++;
    }
    return i == one.size();
  }

  private static double after(long time, Figures windows, int index, Level level) {
    return time - windows.place(index) * level.width();
  }

  private static long bits(Figures windows, int index) {
    return Double.doubleToRawLongBits(windows.sum(index));
  }
}
