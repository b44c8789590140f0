package fr.vigie.production;

import fr.vigie.column.Column;
import java.time.Duration;

/** How parts are counted. */
public sealed interface PartsRule {
  /** Parts are not counted. */
  record None() implements PartsRule {}

  /** Each complete cycle of the machine makes {@code each} parts. */
  record Cycles(int each) implements PartsRule {
    public Cycles {
      checkEach(each);
    }
  }

  /** Each sample of a signal is an event: a text counts {@code each} parts, a number so many. */
  record Events(int each) implements PartsRule {
    public Events {
      checkEach(each);
    }
  }

  /**
   * A number that only grows, but for resets and roll-overs; see {@link CounterFold} for how each
   * step is judged.
   *
   * @param each parts for one step
   * @param modulus at which the number rolls over to 0, 0 when it does not
   * @param fastest the least time in which one step can happen, zero when not known
   */
  record Counter(int each, long modulus, Duration fastest) implements PartsRule {
    /**
     * @throws IllegalArgumentException when a number is out of range
     */
    public Counter {
      checkEach(each);
      if (modulus < 0 || fastest.isNegative()) {
        throw new IllegalArgumentException(
            "a counter's modulus and fastest step are not negative: found "
                + modulus
                + " and "
                + fastest);
      }
    }

    /** Counts one part a step, knows no roll-over and no physical limit. */
    public static Counter plain() {
      return new Counter(1, 0, Duration.ZERO);
    }

    /**
     * What a counter's samples count, in order of time.
     *
     * @throws IllegalArgumentException when the column holds texts
     */
    public Counts counts(Column samples) {
      return CounterFold.counts(this, samples);
    }
  }

  private static void checkEach(int each) {
    if (each <= 0) {
      throw new IllegalArgumentException("found " + each + " parts at once, wanted at least 1");
    }
  }
}
