package fr.vigie.server.store.sqlite;

import fr.vigie.column.Column;
import fr.vigie.signal.Quality;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Samples of one series, numbers or texts, in the order in which they came. It only grows; any
 * thread may read while another appends.
 */
public final class Run {
  private static final Quality[] QUALITIES = Quality.values();
  private static final int NUMBER_BYTES = 17;
  private static final int TEXT_BYTES = 64;

  private final boolean text;
  private int size;
  private long[] nanos = new long[16];
  private double[] numbers;
  private String[] texts;
  private byte[] qualities = new byte[16];
  private boolean inTimeOrder = true;

  public Run(boolean text) {
    this.text = text;
    this.numbers = new double[text ? 0 : 16];
    this.texts = new String[text ? 16 : 0];
  }

  public static Run of(Column column) {
    Run run = new Run(column.isText());
    run.add(column);
    return run;
  }

  /** Takes numbers and their times. */
  public interface NumberSink {
    void take(long nanos, double number);
  }

  public boolean isText() {
    return text;
  }

  synchronized int size() {
    return size;
  }

  /** About how much memory the samples of a column take here. */
  public static long weight(Column column) {
    if (!column.isText()) {
      return (long) column.size() * NUMBER_BYTES;
    }
    long weight = (long) column.size() * TEXT_BYTES;
    for (int i = 0; i < column.size(); i++) {
      weight += column.text(i).length();
    }
    return weight;
  }

  public void add(Column column) {
    add(column, 0, column.size());
  }

  private synchronized void add(Column column, int from, int to) {
    reserve(size + to - from);
    for (int i = from; i < to; i++) {
      long time = column.nanos(i);
      inTimeOrder &= size == 0 || nanos[size - 1] <= time;
      nanos[size] = time;
      Quality quality = column.quality(i);
      qualities[size] = (byte) quality.ordinal();
      if (!text) {
        numbers[size] = column.number(i);
      } else {
        texts[size] = column.isText() ? column.text(i) : spell(column.number(i), quality);
      }
      size++;
    }
  }

  /** All samples within bounds, and others when they are not in order of time. */
  synchronized Column about(Bounds bounds) {
    int from = lowest(bounds.from());
    return column(from, Math.max(from, highest(bounds.to())));
  }

  /** A column of the samples from one index to another, that one left out. */
  public synchronized Column column(int from, int to) {
    Column.Builder column = Column.sized(text, to - from);
    for (int i = from; i < to; i++) {
      Quality quality = QUALITIES[qualities[i]];
      if (text) {
        column.add(nanos[i], texts[i], quality);
      } else {
        column.add(nanos[i], numbers[i], quality);
      }
    }
    return column.build();
  }

  public synchronized Column column() {
    return column(0, size);
  }

  public synchronized void numbers(Bounds bounds, NumberSink sink) {
    int end = highest(bounds.to());
    for (int i = lowest(bounds.from()); i < end; i++) {
      if (bounds.contains(nanos[i]) && qualities[i] != Quality.MISSING.ordinal()) {
        sink.take(nanos[i], numbers[i]);
      }
    }
  }

  public synchronized long count(Bounds bounds) {
    int from = lowest(bounds.from());
    int to = highest(bounds.to());
    if (inTimeOrder) {
      return Math.max(0, to - from);
    }
    return IntStream.range(from, to).filter(i -> bounds.contains(nanos[i])).count();
  }

  /** The index of the last sample at or before a time, by time, then by arrival; -1 without one. */
  public synchronized int asOf(long time) {
    int best = -1;
    for (int i = inTimeOrder ? highestWith(time) - 1 : 0; i >= 0 && i < size; i++) {
      if (nanos[i] <= time && (best < 0 || nanos[i] >= nanos[best])) {
        best = i;
      }
      if (inTimeOrder) {
        break;
      }
    }
    return best;
  }

  synchronized long nanos(int index) {
    return nanos[index];
  }

  synchronized int textLength(int index) {
    return text ? texts[index].length() : 0;
  }

  /** Orders the samples by time; those of one time stay in the order in which they came. */
  public synchronized void sort() {
    if (inTimeOrder) {
      return;
    }
    long[] times = nanos;
    int[] order =
        IntStream.range(0, size)
            .boxed()
            .sorted(Comparator.comparingLong(i -> times[i]))
            .mapToInt(i -> i)
            .toArray();
    long[] sortedNanos = new long[size];
    byte[] sortedQualities = new byte[size];
    double[] sortedNumbers = new double[text ? 0 : size];
    String[] sortedTexts = new String[text ? size : 0];
    for (int i = 0; i < size; i++) {
      sortedNanos[i] = nanos[order[i]];
      sortedQualities[i] = qualities[order[i]];
      if (text) {
        sortedTexts[i] = texts[order[i]];
      } else {
        sortedNumbers[i] = numbers[order[i]];
      }
    }
    nanos = sortedNanos;
    qualities = sortedQualities;
    numbers = sortedNumbers;
    texts = sortedTexts;
    inTimeOrder = true;
  }

  /** Where the samples at or after a time begin; 0 while they are not in order of time. */
  synchronized int lowest(long time) {
    return inTimeOrder ? first(time) : 0;
  }

  /** Where the samples before a time end; the size while they are not in order of time. */
  synchronized int highest(long time) {
    return inTimeOrder ? first(time) : size;
  }

  private int highestWith(long time) {
    return time == Long.MAX_VALUE ? size : first(time + 1);
  }

  private int first(long time) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (nanos[middle] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void reserve(int wanted) {
    if (wanted > nanos.length) {
      int capacity = Math.max(wanted, nanos.length + (nanos.length >> 1));
      nanos = Arrays.copyOf(nanos, capacity);
      qualities = Arrays.copyOf(qualities, capacity);
      if (text) {
        texts = Arrays.copyOf(texts, capacity);
      } else {
        numbers = Arrays.copyOf(numbers, capacity);
      }
    }
  }

  private static String spell(double number, Quality quality) {
    return quality == Quality.MISSING ? "" : Double.toString(number);
  }
}
