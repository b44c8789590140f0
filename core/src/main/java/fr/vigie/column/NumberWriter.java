package fr.vigie.column;

/**
 * Writes doubles in stretches: the form that turns most of them into small integers, the integers,
 * and apart the few numbers that the form cannot hold.
 */
final class NumberWriter {
  static final int STRETCH = 1024;

  /** A form that fails more often than one in so many gives way to plain bits. */
  private static final int FEW = 16;

  /** Numbers with so many digits may be short ones that went through a float. */
  private static final int FLOAT_DIGITS = 8;

  /** Fewer numbers gain nothing from having their bits turned. */
  private static final int TURNED_FROM = 64;

  private final BitWriter out;
  private final IntegerWriter integers;
  private final long[] scaled = new long[STRETCH];
  private final int[] odd = new int[STRETCH / FEW + 2];
  private NumberForm last = NumberForm.WHOLE;

  NumberWriter(BitWriter out, IntegerWriter integers) {
    this.out = out;
    this.integers = integers;
  }

  void write(double[] numbers, int count) {
    long before = 0;
    for (int at = 0; at < count; at += STRETCH) {
      before = stretch(numbers, at, Math.min(STRETCH, count - at), before);
    }
  }

  private long stretch(double[] numbers, int from, int count, long before) {
    NumberForm previous = last;
    int odds = scale(numbers, from, count);
    out.bit(!last.equals(previous));
    if (!last.equals(previous)) {
      out.bits(last.sort().ordinal(), 2);
      if (last.hasDigits()) {
        out.bits(last.digits(), 4);
      }
    }
    out.number(odds);
    for (int i = 0, next = 0; i < odds; i++) {
      out.number(odd[i] - next);
      out.bits(Double.doubleToRawLongBits(numbers[from + odd[i]]), 64);
      next = odd[i] + 1;
    }
    boolean same = last.equals(previous);
    integers.write(scaled, 0, count, same ? before : 0);
    return scaled[count - 1];
  }

  /** Chooses the form, fills the integers and tells how many numbers stay apart. */
  private int scale(double[] numbers, int from, int count) {
    int most = mostOdd(count);
    int decimals = fill(NumberForm.Sort.DECIMAL, numbers, from, count, most);
    NumberForm decimal = last;
    if (decimals == 0 && decimal.digits() < FLOAT_DIGITS) {
      return 0;
    }
    int floats = fill(NumberForm.Sort.FLOAT, numbers, from, count, decimals < 0 ? most : decimals);
    if (floats >= 0 && (decimals < 0 || floats < decimals || last.digits() < decimal.digits())) {
      return floats;
    }
    if (decimals >= 0) {
      return fill(NumberForm.Sort.DECIMAL, numbers, from, count, most);
    }
    bits(numbers, from, count);
    return 0;
  }

  private void bits(double[] numbers, int from, int count) {
    long signs = 0;
    for (int i = 0; i < count; i++) {
      scaled[i] = Double.doubleToRawLongBits(numbers[from + i]);
      signs |= scaled[i] ^ scaled[0];
    }
    last = signs < 0 && count >= TURNED_FROM ? NumberForm.TURNED : NumberForm.BITS;
    if (last == NumberForm.TURNED) {
      for (int i = 0; i < count; i++) {
        scaled[i] = Long.rotateLeft(scaled[i], 1);
      }
    }
  }

  static int mostOdd(int count) {
    return count / FEW + 1;
  }

  /** As few digits as hold all but {@code most} numbers; negative when none do. */
  private int fill(NumberForm.Sort sort, double[] numbers, int from, int count, int most) {
    double largest = 0;
    for (int i = from; i < from + count; i++) {
      largest = Math.max(largest, Math.abs(numbers[i]));
    }
    NumberForm form = new NumberForm(sort, 0);
    int odds = 0;
    int i = 0;
    while (i < count) {
      int end = form.scale(numbers, from + i, scaled, i, count);
      if (end == count) {
        break;
      }
      NumberForm finer = finer(form, numbers[from + end], largest);
      if (finer != form) {
        form = finer;
        odds = 0;
        i = 0;
      } else if (odds == most) {
        return -1;
      } else {
        odd[odds++] = end;
        scaled[end] = end == 0 ? 0 : scaled[end - 1];
        i = end + 1;
      }
    }
    last = form;
    return odds;
  }

  /** The next form that holds the number as well, or the same form when there is none. */
  private static NumberForm finer(NumberForm form, double number, double largest) {
    for (int digits = form.digits() + 1; digits <= NumberForm.MOST_DIGITS; digits++) {
      if (largest * NumberForm.power(digits) >= NumberForm.MOST) {
        return form;
      }
      NumberForm finer = new NumberForm(form.sort(), digits);
      if (finer.holds(number)) {
        return finer;
      }
    }
    return form;
  }
}
