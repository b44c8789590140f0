package fr.vigie.signal;

/** What a sample says: a finite number, a text, or that there is none. */
public sealed interface Value {
  Value MISSING = new Missing();

  static Value of(double number) {
    return new Number(number);
  }

  static Value of(String text) {
    return new Text(text);
  }

  record Number(double number) implements Value {
    /**
     * @throws IllegalArgumentException when the number is not finite
     */
    public Number {
      if (!Double.isFinite(number)) {
        throw new IllegalArgumentException("a sample cannot hold " + number);
      }
    }

    @Override
    public String toString() {
      return Double.toString(number);
    }
  }

  record Text(String text) implements Value {
    @Override
    public String toString() {
      return text;
    }
  }

  record Missing() implements Value {
    @Override
    public String toString() {
      return "missing";
    }
  }
}
