package fr.vigie.agent.refine;

import fr.vigie.agent.setting.Default;
import fr.vigie.agent.setting.Inline;
import fr.vigie.agent.setting.Mistakes;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What becomes of a signal's readings before they leave, in this order: they are calibrated, then
 * filtered; signals of their own are made of what results; and what leaves of it is thinned out.
 *
 * @param calibrate what the sensor reads, and what is true
 * @param filter what is taken off as noise
 * @param windows figures of the samples of each window
 * @param rateRule how fast a counter counts
 * @param states the level of the signal, by name
 * @param raw whether the signal itself leaves beside what is made of it
 * @param deadband in the signal's unit: a sample leaves only when it differs by more; 0 holds back
 *     repetitions; without it every sample leaves
 * @param swingingDoor in the signal's unit: how far what is held back may lie from the straight
 *     lines that join what leaves
 * @param silence the longest time without a sample while one of the two holds them back
 */
public record Refinement(
    Optional<Calibration> calibrate,
    Optional<Filter> filter,
    @Inline Windows windows,
    @Inline RateRule rateRule,
    Optional<States> states,
    @Default("true") boolean raw,
    Optional<Double> deadband,
    Optional<Double> swingingDoor,
    Optional<Duration> silence) {
  /** Readings leave as they come. */
  public static final Refinement NONE = new Refinement(Optional.empty(), Optional.empty());

  public Refinement {
    double band = deadband.orElse(0.0);
    boolean thinned = deadband.isPresent() || swingingDoor.isPresent() || silence.isPresent();
    boolean derived =
        windows.window().isPresent() || rateRule.rate().isPresent() || states.isPresent();
    new Mistakes()
        .unless(band >= 0, "deadband", Double.toString(band), "0 or more")
        .unless(
            swingingDoor.isEmpty() || swingingDoor.get() > 0,
            "swinging-door",
            swingingDoor.map(Object::toString).orElse(""),
            "more than 0")
        .unless(
            deadband.isEmpty() || swingingDoor.isEmpty(),
            "swinging-door",
            "a swinging door beside a deadband",
            "one of the two")
        .unless(
            swingingDoor.isEmpty() || silence.isPresent(),
            "silence",
            "nothing",
            "a duration such as 60s, at which the swinging door lets a sample leave")
        .unless(
            silence.isEmpty() || deadband.isPresent() || swingingDoor.isPresent(),
            "silence",
            "a silence alone",
            "deadband or swinging-door beside it")
        .unless(
            silence.isEmpty() || !silence.get().isZero(), "silence", "0", "a duration such as 60s")
        .unless(
            raw || derived,
            "raw",
            "false",
            "window, rate or states beside it, or else nothing leaves")
        .unless(
            raw || !thinned,
            "raw",
            "false",
            "no deadband, swinging-door or silence for what does not leave")
        .refuse();
  }

  /** A deadband alone. */
  public Refinement(Optional<Double> deadband, Optional<Duration> silence) {
    this(
        Optional.empty(),
        Optional.empty(),
        Windows.NONE,
        RateRule.NONE,
        Optional.empty(),
        true,
        deadband,
        Optional.empty(),
        silence);
  }

  /** What becomes of each of a sensor's signals, by their names in the configuration. */
  public static <S> Map<String, Refinement> each(
      Map<String, S> signals, Function<S, Refinement> refine) {
    Map<String, Refinement> each = new HashMap<>();
    signals.forEach((name, signal) -> each.put(name, refine.apply(signal)));
    return each;
  }

  /**
   * Notes what does not go with a kind of signal.
   *
   * @param before the keys in the file before this record's own, such as {@code signals.temp.}
   */
  public void check(Kind kind, Mistakes mistakes, String before) {
    double band = deadband.orElse(0.0);
    String its = kind.name().toLowerCase(Locale.ROOT);
    mistakes
        .unless(
            band <= 0 || !kind.isText(),
            before + "deadband",
            Double.toString(band),
            "0 for a " + its)
        .unless(
            deadband.isEmpty() || kind != Kind.EVENT,
            before + "deadband",
            "a deadband for events",
            "none: two equal events are two events");
    only(Kind.GAUGE, kind, calibrate.isPresent(), before + "calibrate", mistakes);
    only(Kind.GAUGE, kind, filter.isPresent(), before + "filter", mistakes);
    only(Kind.GAUGE, kind, windows.window().isPresent(), before + "window", mistakes);
    only(Kind.GAUGE, kind, states.isPresent(), before + "states", mistakes);
    only(Kind.GAUGE, kind, swingingDoor.isPresent(), before + "swinging-door", mistakes);
    only(Kind.COUNTER, kind, rateRule.rate().isPresent(), before + "rate", mistakes);
  }

  private static void only(Kind right, Kind kind, boolean present, String key, Mistakes mistakes) {
    mistakes.unless(
        !present || kind == right,
        key,
        "a " + kind.name().toLowerCase(Locale.ROOT),
        "a " + right.name().toLowerCase(Locale.ROOT));
  }

  /**
   * The signals that leave.
   *
   * @throws IllegalArgumentException when the name or unit of one is too long
   */
  public List<Signal> gives(Signal signal) {
    List<Signal> signals = new ArrayList<>();
    if (raw) {
      signals.add(signal);
    }
    windows.give().forEach(statistic -> signals.add(figure(signal, statistic)));
    rateRule.rate().ifPresent(every -> signals.add(rate(signal)));
    states.ifPresent(rule -> signals.add(state(signal)));
    return signals;
  }

  static Signal figure(Signal signal, Statistic statistic) {
    String unit = statistic == Statistic.COUNT ? "1" : signal.unit();
    return derived(signal, statistic.name().toLowerCase(Locale.ROOT), Kind.GAUGE, unit);
  }

  Signal rate(Signal signal) {
    return derived(signal, "rate", Kind.GAUGE, rateRule.unit(signal.unit()));
  }

  static Signal state(Signal signal) {
    return derived(signal, "state", Kind.STATE, "");
  }

  private static Signal derived(Signal from, String what, Kind kind, String unit) {
    return new Signal(from.machine(), from.name() + '.' + what, kind, unit);
  }
}
