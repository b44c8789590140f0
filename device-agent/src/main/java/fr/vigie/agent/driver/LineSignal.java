package fr.vigie.agent.driver;

import fr.vigie.agent.refine.Refinement;
import fr.vigie.agent.setting.Default;
import fr.vigie.agent.setting.Inline;
import fr.vigie.agent.setting.Mistakes;
import fr.vigie.signal.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A signal of a device that names its values itself.
 *
 * @param unit UCUM symbol, such as {@code Cel} or {@code kW.h}
 * @param from the device's key, when it differs from the signal's name
 * @param refine what becomes of its readings before they leave
 */
public record LineSignal(
    Kind kind, @Default("") String unit, Optional<String> from, @Inline Refinement refine) {
  public LineSignal {
    Mistakes mistakes =
        new Mistakes()
            .unless(
                unit.length() <= 32,
                "unit",
                "'" + unit + "'",
                "a UCUM symbol of at most 32 characters");
    refine.check(kind, mistakes, "");
    mistakes.refuse();
  }

  public static Map<String, Refinement> refinements(Map<String, LineSignal> signals) {
    Map<String, Refinement> refinements = new HashMap<>();
    signals.forEach((name, signal) -> refinements.put(name, signal.refine));
    return refinements;
  }
}
