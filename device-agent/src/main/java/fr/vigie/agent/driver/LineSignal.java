package fr.vigie.agent.driver;

import fr.vigie.agent.refine.Refinement;
import fr.vigie.agent.setting.Default;
import fr.vigie.agent.setting.Inline;
import fr.vigie.agent.setting.Mistakes;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Signal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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

  /** The signals of a machine by the device's key, in the order of their names. */
  public static Map<String, Signal> byKey(String machine, Map<String, LineSignal> signals) {
    Map<String, Signal> byKey = new LinkedHashMap<>();
    new TreeMap<>(signals)
        .forEach(
            (name, signal) ->
                byKey.put(
                    signal.from.orElse(name), new Signal(machine, name, signal.kind, signal.unit)));
    return byKey;
  }
}
