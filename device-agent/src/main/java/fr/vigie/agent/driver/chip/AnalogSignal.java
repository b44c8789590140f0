package fr.vigie.agent.driver.chip;

import fr.vigie.agent.refine.Refinement;
import fr.vigie.agent.setting.Default;
import fr.vigie.agent.setting.Inline;
import fr.vigie.agent.setting.Mistakes;
import fr.vigie.signal.Kind;
import java.util.Locale;
import java.util.Optional;

/**
 * A gauge by a voltage: volts × scale + offset.
 *
 * @param input between two pins, or from a pin to ground
 * @param range the highest voltage of either sign
 * @param unit UCUM symbol
 * @param scale units for a volt
 * @param offset units at 0 V
 * @param lowest volts; less is a broken wire or the like, and no value
 * @param highest volts; more is no value
 * @param refine what becomes of its readings before they leave
 */
public record AnalogSignal(
    Ads1115Chip.Input input,
    @Default("4.096V") Ads1115Chip.Range range,
    @Default("V") String unit,
    @Default("1") Double scale,
    @Default("0") Double offset,
    Optional<Double> lowest,
    Optional<Double> highest,
    @Inline Refinement refine) {
  public AnalogSignal {
    Mistakes mistakes =
        new Mistakes()
            .unless(
                unit.length() <= 32,
                "unit",
                "'" + unit + "'",
                "a UCUM symbol of at most 32 characters")
            .unless(scale != 0, "scale", "0", "units for a volt");
    refine.check(Kind.GAUGE, mistakes, "");
    mistakes.refuse();
  }

  /** Whether a sound sensor can give such a voltage. */
  boolean isSound(double volt) {
    return volt >= lowest.orElse(Double.NEGATIVE_INFINITY)
        && volt <= highest.orElse(Double.POSITIVE_INFINITY);
  }

  /** How many decimals tell one step of the converter. */
  int decimals() {
    double step = Math.abs(range.step() * scale);
    return (int) Math.max(0, Math.min(6, Math.ceil(-Math.log10(step))));
  }

  String bounds() {
    return String.format(
        Locale.ROOT,
        "%s to %s V",
        lowest.map(Object::toString).orElse("…"),
        highest.map(Object::toString).orElse("…"));
  }
}
