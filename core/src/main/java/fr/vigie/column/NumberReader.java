package fr.vigie.column;

/** Reads what {@link NumberWriter} wrote. */
final class NumberReader {
  private final BitReader in;
  private final IntegerReader integers;
  private final long[] scaled = new long[NumberWriter.STRETCH];
  private NumberForm form = NumberForm.WHOLE;

  NumberReader(BitReader in, IntegerReader integers) {
    this.in = in;
    this.integers = integers;
  }

  void read(double[] numbers) throws ColumnException {
    long before = 0;
    for (int at = 0; at < numbers.length; at += NumberWriter.STRETCH) {
      before = stretch(numbers, at, Math.min(NumberWriter.STRETCH, numbers.length - at), before);
    }
  }

  private long stretch(double[] numbers, int from, int count, long before) throws ColumnException {
    boolean changes = in.bit();
    if (changes) {
      form = form();
    }
    int odds = in.count("numbers apart", NumberWriter.mostOdd(count));
    int[] places = new int[odds];
    double[] apart = new double[odds];
    for (int i = 0, next = 0; i < odds; i++) {
      places[i] = next + in.count("numbers before one apart", count - 1L - next);
      apart[i] = Double.longBitsToDouble(in.bits(64));
      next = places[i] + 1;
    }
    integers.read(scaled, 0, count, changes ? 0 : before);
    form.expand(scaled, numbers, from, count);
    for (int i = 0; i < odds; i++) {
      numbers[from + places[i]] = apart[i];
    }
    for (int i = from; i < from + count; i++) {
      if (!Double.isFinite(numbers[i])) {
        throw new ColumnException("found " + numbers[i] + ", wanted a finite number");
      }
    }
    return scaled[count - 1];
  }

  private NumberForm form() throws ColumnException {
    NumberForm found = new NumberForm(NumberForm.Sort.values()[(int) in.bits(2)], 0);
    return found.hasDigits() ? new NumberForm(found.sort(), (int) in.bits(4)) : found;
  }
}
