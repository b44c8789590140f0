package fr.vigie.agent.driver.pin;

import fr.vigie.agent.driver.Finding;
import java.time.Duration;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * How long an input holds its levels, and whether the debounce time divides the bounces from the
 * pulses. For one thread.
 */
final class Bounces {
  /** Upper ends of the classes, in microseconds; the last class has none. */
  private static final long[] ENDS = {
    10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000,
    500_000, 1_000_000
  };

  private static final long NANOS = 1_000;

  /** Bounces of a sound contact end well before the time that is given to them. */
  private static final double NEAR = 0.5;

  private final long debounce;
  private final long[] classes = new long[ENDS.length + 1];
  private long bounces;
  private long longestBounce;
  private long levels;
  private long shortestLevel = Long.MAX_VALUE;
  private boolean begun;
  private long since;

  /**
   * @param debounce that is in use, more than zero
   */
  Bounces(Duration debounce) {
    this.debounce = debounce.toNanos();
  }

  /**
   * Takes an edge, either way.
   *
   * @param missed edges before it that nobody could read: how long levels held is then not known
   */
  void edge(long nanos, long missed) {
    if (begun && missed == 0) {
      held(nanos - since);
    }
    begun = true;
    since = nanos;
  }

  private void held(long nanos) {
    int its = 0;
    while (its < ENDS.length && nanos >= ENDS[its] * NANOS) {
      its++;
    }
    classes[its]++;
    if (nanos < debounce) {
      bounces++;
      longestBounce = Math.max(longestBounce, nanos);
    } else {
      levels++;
      shortestLevel = Math.min(shortestLevel, nanos);
    }
  }

  Finding finding() {
    if (bounces + levels == 0) {
      return Finding.fine("too few edges to tell whether the contact bounces");
    }
    StringBuilder words = new StringBuilder("levels held for: ").append(histogram());
    if (bounces == 0) {
      return Finding.fine(
          words
              .append("; nothing bounced, the shortest held ")
              .append(text(shortestLevel))
              .toString());
    }
    words
        .append(String.format(Locale.ROOT, "; %,d bounced", bounces))
        .append(" (shorter than debounce, ")
        .append(text(debounce))
        .append("), for at most ")
        .append(text(longestBounce));
    if (levels == 0) {
      return Finding.look(words + ", and nothing held: is the debounce longer than the pulses?");
    }
    words.append("; the shortest that counted held ").append(text(shortestLevel));
    boolean late = longestBounce > NEAR * debounce;
    boolean early = shortestLevel * NEAR < debounce;
    double between = Math.sqrt((double) longestBounce * shortestLevel);
    if (!late && !early) {
      return Finding.fine(words.toString());
    }
    return Finding.look(
        longestBounce < NEAR * NEAR * shortestLevel
            ? words + ": set debounce to about " + text(Math.round(between))
            : words
                + ": no time divides bounces from pulses; look at the contact, the cable's shield"
                + " and the pull-up resistor");
  }

  private String histogram() {
    StringJoiner text = new StringJoiner(", ");
    for (int its = 0; its < classes.length; its++) {
      if (classes[its] > 0) {
        String bounds =
            its == ENDS.length
                ? text(ENDS[its - 1] * NANOS) + " or more"
                : "under " + text(ENDS[its] * NANOS);
        text.add(String.format(Locale.ROOT, "%s %,d", bounds, classes[its]));
      }
    }
    return text.toString();
  }

  /** In two digits. */
  private static String text(long nanos) {
    double value = nanos / 1e6;
    int decimals = value >= 10 ? 0 : value >= 1 ? 1 : value >= 0.1 ? 2 : 3;
    String number = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return (decimals > 0 ? number.replaceFirst("\\.?0+$", "") : number) + " ms";
  }
}
