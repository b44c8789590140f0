package fr.vigie.column;

/** Reads what {@link IntegerWriter} wrote. Keeps scratch space, so not safe for several threads. */
final class IntegerReader {
  private final BitReader in;
  private final long[] runLengths = new long[IntegerWriter.BLOCK];
  private final long[] runValues = new long[IntegerWriter.BLOCK];

  IntegerReader(BitReader in) {
    this.in = in;
  }

  /**
   * @param last the value before the first
   */
  void read(long[] values, int from, int to, long last) throws ColumnException {
    int at = from;
    long before = last;
    while (at < to) {
      int end = at + length(to - at);
      int form = (int) in.bits(2);
      if (form != IntegerWriter.LINE && end - at > IntegerWriter.BLOCK) {
        throw new ColumnException("found a block of " + (end - at) + " values");
      }
      switch (form) {
        case IntegerWriter.LINE -> line(values, at, end, before);
        case IntegerWriter.LEVEL -> level(values, at, end, before);
        case IntegerWriter.STEPS -> steps(values, at, end, before);
        default -> runs(values, at, end, before);
      }
      before = values[end - 1];
      at = end;
    }
  }

  private int length(int left) throws ColumnException {
    if (!in.bit()) {
      return Math.min(IntegerWriter.BLOCK, left);
    }
    return in.bit() ? in.count("values in a block", left - 1L) + 1 : left;
  }

  private void line(long[] values, int from, int to, long before) throws ColumnException {
    long value = before + in.signed();
    long step = in.signed();
    for (int i = from; i < to; i++) {
      values[i] = value;
      value += step;
    }
  }

  private void level(long[] values, int from, int to, long before) throws ColumnException {
    long line = before + in.signed();
    long slope = in.signed();
    long divisor = in.number() + 1;
    in.rice(values, from, to, (int) in.bits(IntegerWriter.K_BITS));
    for (int i = from; i < to; i++) {
      values[i] = line + BitReader.unzigzag(values[i]) * divisor;
      line += slope;
    }
  }

  private void steps(long[] values, int from, int to, long before) throws ColumnException {
    long value = before + in.signed();
    long step = in.signed();
    long divisor = in.number() + 1;
    in.rice(values, from + 1, to, (int) in.bits(IntegerWriter.K_BITS));
    values[from] = value;
    for (int i = from + 1; i < to; i++) {
      value += step + BitReader.unzigzag(values[i]) * divisor;
      values[i] = value;
    }
  }

  private void runs(long[] values, int from, int to, long before) throws ColumnException {
    int order = (int) in.bits(1);
    long value = before + in.signed();
    long current = order == 0 ? value : in.signed();
    int count = in.count("runs", to - from - 1L - order) + 1;
    in.rice(runLengths, 0, count, (int) in.bits(IntegerWriter.K_BITS));
    in.rice(runValues, 0, count - 1, (int) in.bits(IntegerWriter.K_BITS));
    values[from] = value;
    int at = from + order;
    for (int run = 0; run < count; run++) {
      if (runLengths[run] < 0 || runLengths[run] >= to - at) {
        throw new ColumnException("found a run beyond its block");
      }
      for (int end = at + (int) runLengths[run] + 1; at < end; at++) {
        value = order == 0 ? current : value + current;
        values[at] = value;
      }
      if (run < count - 1) {
        current += BitReader.unzigzag(runValues[run]);
      }
    }
    if (at != to) {
      throw new ColumnException("found runs of " + (at - from) + " values, wanted " + (to - from));
    }
  }
}
