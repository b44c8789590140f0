package fr.vigie.agent.refine;

import fr.vigie.agent.setting.Mistakes;
import fr.vigie.signal.Kind;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What becomes of a signal's readings before they leave.
 *
 * @param deadband in the signal's unit: a sample leaves only when it differs by more; 0 holds back
 *     repetitions; without it every sample leaves
 * @param silence the longest time without a sample while a deadband holds them back
 */
public record Refinement(Optional<Double> deadband, Optional<Duration> silence) {
  /** Readings leave as they come. */
  public static final Refinement NONE = new Refinement(Optional.empty(), Optional.empty());

  public Refinement {
    double band = deadband.orElse(0.0);
    new Mistakes()
        .unless(band >= 0, "deadband", Double.toString(band), "0 or more")
        .unless(
            silence.isEmpty() || deadband.isPresent(),
            "silence",
            "a silence without a deadband",
            "deadband and silence together")
        .unless(
            silence.isEmpty() || !silence.get().isZero(), "silence", "0", "a duration such as 60s")
        .refuse();
  }

  /**
   * Notes what does not go with a kind of signal.
   *
   * @param before the keys in the file before this record's own, such as {@code signals.temp.}
   */
  public void check(Kind kind, Mistakes mistakes, String before) {
    double band = deadband.orElse(0.0);
    mistakes
        .unless(
            band <= 0 || !kind.isText(),
            before + "deadband",
            Double.toString(band),
            "0 for a " + kind.name().toLowerCase(Locale.ROOT))
        .unless(
            deadband.isEmpty() || kind != Kind.EVENT,
            before + "deadband",
            "a deadband for events",
            "none: two equal events are two events");
  }
}
