package fr.vigie.production;

import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import fr.vigie.time.Stretches;
import java.util.Arrays;

/** When how much was counted. Immutable. */
public final class Counts {
  private static final long MOST = 1_000_000_000_000L;

  private final long[] times;

  /** What was counted up to and with each time. */
  private final long[] sums;

  private final long[] quarantined;

  private Counts(Builder builder) {
    times = Arrays.copyOf(builder.times, builder.size);
    sums = Arrays.copyOf(builder.sums, builder.size);
    quarantined = Arrays.copyOf(builder.quarantined, builder.quarantines);
  }

  /** What was counted within a span. */
  public long within(Span span) {
    return within(Nanos.of(span.start()), Nanos.of(span.end()));
  }

  /** How many samples within a span were set aside because nobody can have made so much. */
  public int quarantined(Span span) {
    int to = before(quarantined, Nanos.of(span.end()));
    return to - before(quarantined, Nanos.of(span.start()));
  }

  long within(long from, long to) {
    return upTo(before(times, to)) - upTo(before(times, from));
  }

  long within(Stretches stretches) {
    long sum = 0;
    for (int i = 0; i < stretches.size(); i++) {
      sum += within(stretches.start(i), stretches.end(i));
    }
    return sum;
  }

  int size() {
    return times.length;
  }

  long time(int index) {
    return times[index];
  }

  /** What was counted at one time. */
  long count(int index) {
    return sums[index] - upTo(index);
  }

  /** The index of the first count at or after an instant. */
  int from(long instant) {
    return before(times, instant);
  }

  private long upTo(int index) {
    return index == 0 ? 0 : sums[index - 1];
  }

  /** How many of the sorted times are before an instant. */
  private static int before(long[] times, long instant) {
    int low = 0;
    int high = times.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] < instant) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Gathers counts in order of time. */
  static final class Builder {
    private long[] times = new long[16];
    private long[] sums = new long[16];
    private int size;
    private long[] quarantined = new long[2];
    private int quarantines;

    /** Sets aside what nobody can have made, so that sums and times of parts stay in range. */
    void add(long time, long steps, int each) {
      long sum = size == 0 ? 0 : sums[size - 1];
      boolean inRange = steps >= -MOST / each && steps <= MOST / each;
      long count = inRange ? steps * each : 0;
      if (!inRange || Math.abs(sum + count) > MOST) {
        quarantine(time);
        return;
      }
      if (count == 0) {
        return;
      }
      if (size == times.length) {
        times = Arrays.copyOf(times, size * 2);
        sums = Arrays.copyOf(sums, size * 2);
      }
      times[size] = time;
      sums[size] = sum + count;
      size++;
    }

    void quarantine(long time) {
      if (quarantines == quarantined.length) {
        quarantined = Arrays.copyOf(quarantined, quarantines * 2);
      }
      quarantined[quarantines++] = time;
    }

    Counts build() {
      return new Counts(this);
    }
  }
}
