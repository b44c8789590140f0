package fr.vigie.agent.refine;

import fr.vigie.agent.setting.Default;
import fr.vigie.agent.setting.Mistakes;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * The state of a machine by the level of a signal, as a signal of its own.
 *
 * @param learn how long the signal is watched before its levels are told apart; 24 h unless
 *     thresholds are given
 * @param thresholds where one level ends and the next begins, when they are known
 * @param names of the levels, from the lowest
 * @param hysteresis by how much of a threshold the way up lies above the way down
 * @param dwell how long a level holds before it counts
 */
public record States(
    Optional<Duration> learn,
    List<Double> thresholds,
    List<String> names,
    @Default("0.2") Double hysteresis,
    @Default("2s") Duration dwell) {
  private static final List<String> USUAL = List.of("off", "idle", "working");
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(31);
  private static final int MOST_LETTERS = 64;

  public States {
    boolean sane =
        learn.isEmpty()
            || learn.get().compareTo(SHORTEST) >= 0 && learn.get().compareTo(LONGEST) <= 0;
    boolean rising = true;
    for (int i = 0; i < thresholds.size(); i++) {
      rising &= thresholds.get(i) > (i == 0 ? 0 : thresholds.get(i - 1));
    }
    int levels = thresholds.size() + 1;
    if (names.isEmpty()) {
      names = levels == 2 ? List.of("off", "working") : USUAL;
    }
    new Mistakes()
        .unless(
            learn.isEmpty() || thresholds.isEmpty(),
            "learn",
            "a time to learn beside thresholds",
            "one of the two")
        .unless(sane, "learn", learn.map(Windows::inWords).orElse(""), "1m to 31d")
        .unless(rising, "thresholds", thresholds.toString(), "numbers above 0 that rise")
        .unless(
            thresholds.isEmpty() ? names.size() == 2 || names.size() == 3 : names.size() == levels,
            "names",
            names.toString(),
            thresholds.isEmpty() ? "two or three names" : levels + " names")
        .unless(
            new HashSet<>(names).size() == names.size()
                && names.stream().noneMatch(name -> name.isBlank() || name.length() > MOST_LETTERS),
            "names",
            names.toString(),
            "different names of at most " + MOST_LETTERS + " characters")
        .unless(hysteresis >= 0 && hysteresis < 1, "hysteresis", hysteresis.toString(), "0 to 0.99")
        .refuse();
    thresholds = List.copyOf(thresholds);
    names = List.copyOf(names);
  }

  boolean learns() {
    return thresholds.isEmpty();
  }

  Duration span() {
    return learn.orElse(Duration.ofHours(24));
  }
}
