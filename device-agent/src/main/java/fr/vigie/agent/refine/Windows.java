package fr.vigie.agent.refine;

import fr.vigie.agent.setting.Default;
import fr.vigie.agent.setting.Mistakes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Figures of the samples of each window, as signals of their own.
 *
 * @param window the length of the windows; without it there are none
 * @param give which figures; mean, min and max when none is named
 * @param weighBy what mean, RMS and deviation are of
 */
public record Windows(
    Optional<Duration> window, List<Statistic> give, @Default("samples") Weight weighBy) {
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration DAY = Duration.ofDays(1);

  /** No windows. */
  static final Windows NONE = new Windows(Optional.empty(), List.of(), Weight.SAMPLES);

  /** What mean, RMS and deviation are of. */
  public enum Weight {
    /** Every sample counts alike. */
    SAMPLES,
    /** A value counts as long as it holds, until the next sample. */
    TIME
  }

  public Windows {
    new Mistakes()
        .unless(
            window.isEmpty() || fits(window.get()),
            "window",
            window.map(Windows::inWords).orElse(""),
            "100ms to 1d, so that a day is a whole number of windows")
        .unless(
            window.isPresent() || give.isEmpty(), "give", give.toString(), "window: 10s beside it")
        .unless(
            window.isPresent() || weighBy == Weight.SAMPLES,
            "weigh-by",
            "time",
            "window: 10s beside it")
        .unless(
            give.stream().distinct().count() == give.size(),
            "give",
            "a figure twice",
            "each figure once")
        .refuse();
    give =
        give.isEmpty() && window.isPresent()
            ? List.of(Statistic.MEAN, Statistic.MIN, Statistic.MAX)
            : List.copyOf(give);
  }

  static boolean fits(Duration window) {
    return window.compareTo(SHORTEST) >= 0
        && window.compareTo(DAY) <= 0
        && DAY.toNanos() % window.toNanos() == 0;
  }

  static String inWords(Duration window) {
    return window.toMillis() % 1000 == 0 ? window.toSeconds() + " s" : window.toMillis() + " ms";
  }
}
