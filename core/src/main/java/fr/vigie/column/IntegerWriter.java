package fr.vigie.column;

import java.util.Arrays;

/**
 * Writes sequences of 64-bit integers in blocks. Each block takes the shortest of four forms: a
 * straight line; what is left beside a line; what is left of the steps beside a usual step; runs of
 * equal values or of equal steps. What is left is divided by its common divisor and written in Rice
 * code. All arithmetic wraps at 64 bits. Keeps scratch space, so not safe for several threads.
 */
final class IntegerWriter {
  static final int BLOCK = 256;
  static final int LINE = 0;
  static final int LEVEL = 1;
  static final int STEPS = 2;
  static final int RUNS = 3;
  static final int K_BITS = 6;

  private static final int MOST_RUNS = BLOCK / 3;

  private final BitWriter out;
  private final long[] rest = new long[BLOCK];
  private final long[] runValues = new long[MOST_RUNS];
  private final long[] runLengths = new long[MOST_RUNS];
  private final int[] lengths = new int[65];

  IntegerWriter(BitWriter out) {
    this.out = out;
  }

  /**
   * @param last what the reader knows as the value before the first
   */
  void write(long[] values, int from, int to, long last) {
    int at = from;
    long before = last;
    while (at < to) {
      int line = lineEnd(values, at, to);
      int end = Math.min(to, at + BLOCK);
      if (line >= end) {
        length(line - at, to - at);
        line(values, at, line, before);
        end = line;
      } else {
        length(end - at, to - at);
        block(values, at, end, before);
      }
      before = values[end - 1];
      at = end;
    }
  }

  private static int lineEnd(long[] values, int from, int to) {
    if (to - from < 2) {
      return to;
    }
    long step = values[from + 1] - values[from];
    int end = from + 2;
    while (end < to && values[end] - values[end - 1] == step) {
      end++;
    }
    return end;
  }

  private void length(int length, int left) {
    boolean usual = length == Math.min(BLOCK, left);
    out.bit(!usual);
    if (!usual) {
      out.bit(length < left);
      if (length < left) {
        out.number(length - 1L);
      }
    }
  }

  private void line(long[] values, int from, int to, long before) {
    out.bits(LINE, 2);
    out.signed(values[from] - before);
    out.signed(to - from < 2 ? 0 : values[from + 1] - values[from]);
  }

  private void block(long[] values, int from, int to, long before) {
    int count = to - from;
    long first = values[from];
    long slope = Math.round((double) (values[to - 1] - first) / (count - 1));
    long usual = usualStep(values, from, to);

    long flatBase = first + meanBeside(values, from, to, 0);
    long slopeBase = slope == 0 ? flatBase : first + meanBeside(values, from, to, slope);
    long flat = levelSize(values, from, to, flatBase, 0);
    long sloped = slope == 0 ? flat : levelSize(values, from, to, slopeBase, slope);
    long usualSize = stepsSize(values, from, to, usual);
    long slopeSize = slope == usual ? usualSize : stepsSize(values, from, to, slope);

    int form = Math.min(flat, sloped) < Math.min(usualSize, slopeSize) ? LEVEL : STEPS;
    long base = form == STEPS ? first : flat <= sloped ? flatBase : slopeBase;
    long step =
        form == STEPS ? (usualSize <= slopeSize ? usual : slope) : flat <= sloped ? 0 : slope;
    int left = form == STEPS ? steps(values, from, to, step) : level(values, from, to, base, step);
    long divisor = divide(left);
    int k = bestK(rest, left);
    long size =
        BitWriter.numberLength(BitWriter.zigzag(base - before))
            + BitWriter.numberLength(BitWriter.zigzag(step))
            + BitWriter.numberLength(divisor - 1)
            + K_BITS
            + riceSize(rest, left, k);

    if (runs(values, from, to, before, size)) {
      return;
    }
    out.bits(form, 2);
    out.signed(base - before);
    out.signed(step);
    out.number(divisor - 1);
    rice(rest, left, k);
  }

  /** Boyer and Moore's majority vote among the steps: the usual one when there is one. */
  private static long usualStep(long[] values, int from, int to) {
    long candidate = 0;
    int votes = 0;
    for (int i = from + 1; i < to; i++) {
      long step = values[i] - values[i - 1];
      if (step == candidate) {
        votes++;
      } else if (votes == 0) {
        candidate = step;
        votes = 1;
      } else {
        votes--;
      }
    }
    return candidate;
  }

  private static long meanBeside(long[] values, int from, int to, long slope) {
    double sum = 0;
    long line = values[from];
    for (int i = from; i < to; i++) {
      sum += values[i] - line;
      line += slope;
    }
    return Math.round(sum / (to - from));
  }

  private static long levelSize(long[] values, int from, int to, long base, long slope) {
    long size = 0;
    long line = base;
    for (int i = from; i < to; i++) {
      size += 64 - Long.numberOfLeadingZeros(BitWriter.zigzag(values[i] - line));
      line += slope;
    }
    return size;
  }

  private static long stepsSize(long[] values, int from, int to, long step) {
    long size = 0;
    for (int i = from + 1; i < to; i++) {
      size += 64 - Long.numberOfLeadingZeros(BitWriter.zigzag(values[i] - values[i - 1] - step));
    }
    return size;
  }

  private int level(long[] values, int from, int to, long base, long slope) {
    long line = base;
    for (int i = from; i < to; i++) {
      rest[i - from] = values[i] - line;
      line += slope;
    }
    return to - from;
  }

  private int steps(long[] values, int from, int to, long step) {
    for (int i = from + 1; i < to; i++) {
      rest[i - from - 1] = values[i] - values[i - 1] - step;
    }
    return to - from - 1;
  }

  /** Divides what is left by its greatest common divisor, in place, and makes it unsigned. */
  private long divide(int count) {
    long divisor = 0;
    for (int i = 0; i < count && divisor != 1; i++) {
      divisor = rest[i] == Long.MIN_VALUE ? 1 : divisor(divisor, Math.abs(rest[i]));
    }
    if (divisor < 2) {
      divisor = 1;
    }
    for (int i = 0; i < count; i++) {
      rest[i] = BitWriter.zigzag(divisor == 1 ? rest[i] : rest[i] / divisor);
    }
    return divisor;
  }

  private static long divisor(long one, long other) {
    long a = one;
    long b = other;
    while (b != 0) {
      long left = a % b;
      a = b;
      b = left;
    }
    return a;
  }

  /** Writes the block as runs when that is shorter than {@code size} bits. */
  private boolean runs(long[] values, int from, int to, long before, long size) {
    for (int order = 0; order < 2; order++) {
      int count = gather(values, from, to, order);
      if (count == 0) {
        continue;
      }
      int lengthK = bestK(runLengths, count);
      int valueK = bestK(runValues, count - 1);
      long step = values[from + 1] - values[from];
      long cost =
          1
              + BitWriter.numberLength(BitWriter.zigzag(values[from] - before))
              + (order == 0 ? 0 : BitWriter.numberLength(BitWriter.zigzag(step)))
              + BitWriter.numberLength(count - 1L)
              + 2 * K_BITS
              + riceSize(runLengths, count, lengthK)
              + riceSize(runValues, count - 1, valueK);
      if (cost < size) {
        out.bits(RUNS, 2);
        out.bits(order, 1);
        out.signed(values[from] - before);
        if (order == 1) {
          out.signed(step);
        }
        out.number(count - 1L);
        rice(runLengths, count, lengthK);
        rice(runValues, count - 1, valueK);
        return true;
      }
    }
    return false;
  }

  /** Runs of equal values (order 0) or of equal steps (order 1); 0 when there are too many. */
  private int gather(long[] values, int from, int to, int order) {
    int count = 0;
    int open = from + order;
    for (int i = open + 1; i < to; i++) {
      long change = values[i] - values[i - 1];
      if (order == 1) {
        change -= values[i - 1] - values[i - 2];
      }
      if (change != 0) {
        if (count == MOST_RUNS - 1) {
          return 0;
        }
        runLengths[count] = i - open - 1L;
        runValues[count++] = BitWriter.zigzag(change);
        open = i;
      }
    }
    runLengths[count++] = to - open - 1L;
    return count;
  }

  private static long riceSize(long[] values, int count, int k) {
    long size = 0;
    for (int i = 0; i < count; i++) {
      size += BitWriter.riceLength(values[i], k);
    }
    return size;
  }

  private int bestK(long[] values, int count) {
    Arrays.fill(lengths, 0);
    int most = 0;
    for (int i = 0; i < count; i++) {
      int length = 64 - Long.numberOfLeadingZeros(values[i]);
      lengths[length]++;
      most = Math.max(most, length);
    }
    int middle = 0;
    for (int seen = lengths[0]; seen * 2 < count; seen += lengths[middle]) {
      middle++;
    }
    int k = Math.min(63, Math.max(0, middle - 1));
    long size = riceSize(values, count, k);
    for (int next = k + 1; next <= Math.min(63, most); next++) {
      long other = riceSize(values, count, next);
      if (other >= size) {
        break;
      }
      size = other;
      k = next;
    }
    for (int next = k - 1; next >= 0; next--) {
      long other = riceSize(values, count, next);
      if (other >= size) {
        break;
      }
      size = other;
      k = next;
    }
    return k;
  }

  private void rice(long[] values, int count, int k) {
    out.bits(k, K_BITS);
    for (int i = 0; i < count; i++) {
      out.rice(values[i], k);
    }
  }
}
