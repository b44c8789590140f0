package fr.vigie.column;

/**
 * How a stretch of doubles becomes integers: {@code m} such that {@code m / 10^digits} is the
 * double; the same rounded to a float; or the 64 bits as they are.
 */
record NumberForm(Sort sort, int digits) {
  /** The place of each is part of the format. */
  enum Sort {
    DECIMAL,
    FLOAT,
    BITS,
    /** Bits turned left by one, so that numbers of both signs lie near each other. */
    TURNED
  }

  static final int MOST_DIGITS = 15;
  static final NumberForm BITS = new NumberForm(Sort.BITS, 0);
  static final NumberForm TURNED = new NumberForm(Sort.TURNED, 0);
  static final NumberForm WHOLE = new NumberForm(Sort.DECIMAL, 0);

  /** Beyond it a product may be rounded to a wrong integer. */
  static final double MOST = 1L << 51;

  private static final double[] POWERS = new double[MOST_DIGITS + 1];

  static {
    double power = 1;
    for (int i = 0; i <= MOST_DIGITS; i++) {
      POWERS[i] = power;
      power *= 10;
    }
  }

  static double power(int digits) {
    return POWERS[digits];
  }

  /** The doubles of integers. */
  void expand(long[] integers, double[] numbers, int from, int count) {
    double power = POWERS[digits];
    switch (sort) {
      case DECIMAL -> {
        for (int i = 0; i < count; i++) {
          numbers[from + i] = integers[i] / power;
        }
      }
      case FLOAT -> {
        for (int i = 0; i < count; i++) {
          numbers[from + i] = (float) (integers[i] / power);
        }
      }
      case BITS -> {
        for (int i = 0; i < count; i++) {
          numbers[from + i] = Double.longBitsToDouble(integers[i]);
        }
      }
      case TURNED -> {
        for (int i = 0; i < count; i++) {
          numbers[from + i] = Double.longBitsToDouble(Long.rotateRight(integers[i], 1));
        }
      }
    }
  }

  /** Whether a number of digits follows the form. */
  boolean hasDigits() {
    return sort == Sort.DECIMAL || sort == Sort.FLOAT;
  }

  /** Whether the integer nearest to the scaled number gives exactly that number back. */
  boolean holds(double number) {
    return scale(new double[] {number}, 0, new long[1], 0, 1) == 1;
  }

  /** Fills {@code integers} from {@code at} on, up to the first number that it cannot hold. */
  int scale(double[] numbers, int from, long[] integers, int at, int to) {
    double power = POWERS[digits];
    boolean single = sort == Sort.FLOAT;
    for (int i = at; i < to; i++) {
      double number = numbers[from + i - at];
      double integer = Math.rint(number * power);
      double back = single ? (float) (integer / power) : integer / power;
      if (!(Math.abs(integer) < MOST) || back != number || isNegativeZero(number)) {
        return i;
      }
      integers[i] = (long) integer;
    }
    return to;
  }

  private static boolean isNegativeZero(double number) {
    return number == 0 && 1 / number < 0;
  }
}
