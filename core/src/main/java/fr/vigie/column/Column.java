package fr.vigie.column;

import fr.vigie.signal.Quality;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Value;
import fr.vigie.time.Nanos;
import java.time.Instant;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import java.util.stream.IntStream;

/**
 * Samples of one signal as parallel arrays, in the order in which they came. Numbers or texts,
 * never both. Immutable once built, so any thread may read it.
 */
public final class Column extends AbstractList<Sample> implements RandomAccess {
  private static final Quality[] QUALITIES = Quality.values();
  private static final int LEAST_ROOM = 4;

  private final boolean text;
  private final int size;
  private final long[] nanos;
  private final double[] numbers;
  private final String[] texts;
  private final byte[] qualities;

  private Column(Builder builder) {
    this.text = builder.text;
    this.size = builder.size;
    this.nanos = Arrays.copyOf(builder.nanos, size);
    this.numbers = text ? new double[0] : Arrays.copyOf(builder.numbers, size);
    this.texts = text ? Arrays.copyOf(builder.texts, size) : new String[0];
    this.qualities = Arrays.copyOf(builder.qualities, size);
  }

  /** Takes the arrays as they are; whoever calls must not touch them again. */
  Column(boolean text, long[] nanos, double[] numbers, String[] texts, byte[] qualities) {
    this.text = text;
    this.size = nanos.length;
    this.nanos = nanos;
    this.numbers = numbers;
    this.texts = texts;
    this.qualities = qualities;
  }

  public static Builder numbers() {
    return new Builder(false, 16);
  }

  public static Builder texts() {
    return new Builder(true, 16);
  }

  /** A builder with room for so many samples before it has to grow. */
  public static Builder sized(boolean text, int samples) {
    return new Builder(text, Math.max(1, samples));
  }

  /** A column of texts or of numbers, with these samples. */
  public static Column of(boolean text, List<Sample> samples) {
    Builder builder = sized(text, samples.size());
    samples.forEach(builder::add);
    return builder.build();
  }

  /** Whether the column holds texts; it holds numbers otherwise. */
  public boolean isText() {
    return text;
  }

  /**
   * Whether all its samples can be read as texts, or as numbers: they are, or none has a value, as
   * in what a store knows of a signal that has only been missing.
   */
  public boolean readsAs(boolean texts) {
    return text == texts || !hasValues();
  }

  private boolean hasValues() {
    for (int i = 0; i < size; i++) {
      if (quality(i) != Quality.MISSING) {
        return true;
      }
    }
    return false;
  }

  @Override
  public int size() {
    return size;
  }

  /** Nanoseconds since 1970 of sample {@code index}, see {@link Nanos}. */
  public long nanos(int index) {
    return nanos[index];
  }

  /** Whether both columns have the same times in the same order. */
  public boolean sameTimes(Column other) {
    return nanos == other.nanos || Arrays.equals(nanos, other.nanos);
  }

  int timesHash() {
    return Arrays.hashCode(nanos);
  }

  /** The times themselves, not a copy. */
  long[] nanosArray() {
    return nanos;
  }

  /** The numbers themselves, not a copy. */
  double[] numbersArray() {
    return numbers;
  }

  /**
   * These samples in order of time; those of the same time stay in the order in which they came.
   */
  public Column sorted() {
    if (isInTimeOrder()) {
      return this;
    }
    Builder builder = sized(text, size);
    IntStream.range(0, size)
        .boxed()
        .sorted((a, b) -> Long.compare(nanos[a], nanos[b]))
        .forEach(index -> builder.add(get(index)));
    return builder.take();
  }

  private boolean isInTimeOrder() {
    for (int i = 1; i < size; i++) {
      if (nanos[i] < nanos[i - 1]) {
        return false;
      }
    }
    return true;
  }

  /**
   * The samples at or after one time and before another, in nanoseconds since 1970, in the order in
   * which they are here.
   */
  public Column between(long from, long to) {
    if (isInTimeOrder()) {
      return slice(firstAt(from), Math.max(firstAt(from), firstAt(to)));
    }
    Builder builder = sized(text, size);
    for (int i = 0; i < size; i++) {
      if (nanos[i] >= from && nanos[i] < to) {
        builder.add(get(i));
      }
    }
    return builder.build();
  }

  private int firstAt(long time) {
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

  private Column slice(int from, int to) {
    if (from == 0 && to == size) {
      return this;
    }
    return new Column(
        text,
        Arrays.copyOfRange(nanos, from, to),
        text ? numbers : Arrays.copyOfRange(numbers, from, to),
        text ? Arrays.copyOfRange(texts, from, to) : texts,
        Arrays.copyOfRange(qualities, from, to));
  }

  /**
   * These samples, led by one more.
   *
   * @throws IllegalArgumentException when it is of the other sort and a sample here has a value
   */
  public Column ledBy(Sample first) {
    boolean texts = first.value() instanceof Value.Text;
    boolean missing = first.value() instanceof Value.Missing;
    Builder builder = sized(!missing && readsAs(texts) ? texts : text, size + 1);
    return builder.add(first).add(this).take();
  }

  public Instant time(int index) {
    return Nanos.instant(nanos[index]);
  }

  /** The number of sample {@code index}; 0 when its quality is {@link Quality#MISSING}. */
  public double number(int index) {
    return numbers[index];
  }

  /** The text of sample {@code index}; empty when its quality is {@link Quality#MISSING}. */
  public String text(int index) {
    return texts[index];
  }

  public Quality quality(int index) {
    return QUALITIES[qualities[index]];
  }

  @Override
  public Sample get(int index) {
    Quality quality = quality(index);
    if (quality == Quality.MISSING) {
      return Sample.missing(time(index));
    }
    Value value = text ? Value.of(texts[index]) : Value.of(numbers[index]);
    return new Sample(time(index), value, quality);
  }

  /** Gathers samples; not safe for use by several threads. */
  public static final class Builder {
    private final boolean text;
    private int size;
    private long[] nanos;
    private double[] numbers;
    private String[] texts;
    private byte[] qualities;

    private Builder(boolean text, int capacity) {
      this.text = text;
      this.nanos = new long[capacity];
      this.numbers = new double[text ? 0 : capacity];
      this.texts = new String[text ? capacity : 0];
      this.qualities = new byte[capacity];
    }

    private void begin(int capacity) {
      size = 0;
      nanos = new long[capacity];
      numbers = new double[text ? 0 : capacity];
      texts = new String[text ? capacity : 0];
      qualities = new byte[capacity];
    }

    public int size() {
      return size;
    }

    /**
     * @throws IllegalArgumentException when the column holds texts or the number is not finite
     */
    public Builder add(long nanos, double number, Quality quality) {
      if (text || !Double.isFinite(number)) {
        throw new IllegalArgumentException("a column of " + sort(text) + " cannot hold " + number);
      }
      int index = next(nanos, quality);
      numbers[index] = quality == Quality.MISSING ? 0 : number;
      return this;
    }

    /**
     * @throws IllegalArgumentException when the column holds numbers
     */
    public Builder add(long nanos, String value, Quality quality) {
      if (!text) {
        throw new IllegalArgumentException("a column of numbers cannot hold '" + value + "'");
      }
      int index = next(nanos, quality);
      texts[index] = quality == Quality.MISSING ? "" : value;
      return this;
    }

    public Builder addMissing(long nanos) {
      return text ? add(nanos, "", Quality.MISSING) : add(nanos, 0, Quality.MISSING);
    }

    /**
     * @throws IllegalArgumentException when the sample is of the other sort
     */
    public Builder add(Sample sample) {
      long time = Nanos.of(sample.time());
      Value value = sample.value();
      if (value instanceof Value.Number number) {
        return add(time, number.number(), sample.quality());
      }
      if (value instanceof Value.Text string) {
        return add(time, string.text(), sample.quality());
      }
      return addMissing(time);
    }

    /**
     * @throws IllegalArgumentException when the samples are of the other sort
     */
    public Builder add(Column column) {
      if (!column.readsAs(text)) {
        throw new IllegalArgumentException(
            "a column of " + sort(text) + " cannot hold one of " + sort(column.text));
      }
      reserve(column.size);
      System.arraycopy(column.nanos, 0, nanos, size, column.size);
      System.arraycopy(column.qualities, 0, qualities, size, column.size);
      if (text == column.text) {
        Object from = text ? column.texts : column.numbers;
        System.arraycopy(from, 0, text ? texts : numbers, size, column.size);
      } else if (text) {
        Arrays.fill(texts, size, size + column.size, "");
      }
      size += column.size;
      return this;
    }

    public Column build() {
      return new Column(this);
    }

    /** What was gathered, and begins anew with room for as many. */
    public Column take() {
      boolean full = size == nanos.length;
      Column taken = full ? new Column(text, nanos, numbers, texts, qualities) : new Column(this);
      begin(Math.max(LEAST_ROOM, size));
      return taken;
    }

    private int next(long time, Quality quality) {
      reserve(1);
      nanos[size] = time;
      qualities[size] = (byte) quality.ordinal();
      return size++;
    }

    private static String sort(boolean text) {
      return text ? "texts" : "numbers";
    }

    private void reserve(int more) {
      if (size + more > nanos.length) {
        int capacity = Math.max(size + more, size * 2);
        nanos = Arrays.copyOf(nanos, capacity);
        qualities = Arrays.copyOf(qualities, capacity);
        if (text) {
          texts = Arrays.copyOf(texts, capacity);
        } else {
          numbers = Arrays.copyOf(numbers, capacity);
        }
      }
    }
  }
}
