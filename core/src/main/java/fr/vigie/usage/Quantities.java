package fr.vigie.usage;

import fr.vigie.production.Figures;
import fr.vigie.production.MachineRules;
import fr.vigie.production.MachineState;
import fr.vigie.production.PartsRule;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What was used.
 *
 * @param times in each state, {@link MachineState#UNOBSERVED} included, in whole milliseconds
 * @param cycles complete ones; empty when the machine knows none
 * @param parts empty when they are not counted
 * @param wattHours empty when energy is not measured
 */
public record Quantities(
    Map<MachineState, Duration> times,
    OptionalLong cycles,
    OptionalLong parts,
    OptionalLong wattHours) {
  public static final Quantities NOTHING =
      new Quantities(Map.of(), OptionalLong.of(0), OptionalLong.of(0), OptionalLong.of(0));

  public Quantities {
    Map<MachineState, Duration> all = new EnumMap<>(MachineState.class);
    for (MachineState state : MachineState.values()) {
      all.put(state, Duration.ofMillis(times.getOrDefault(state, Duration.ZERO).toMillis()));
    }
    times = Collections.unmodifiableMap(all);
  }

  /** What the figures of a machine over a span say; energy is measured elsewhere. */
  public static Quantities of(MachineRules rules, Figures figures, OptionalLong wattHours) {
    return new Quantities(
        figures.timeline().times(),
        rules.cycle().isPresent() ? OptionalLong.of(figures.cycles().size()) : OptionalLong.empty(),
        rules.parts() instanceof PartsRule.None
            ? OptionalLong.empty()
            : OptionalLong.of(figures.parts()),
        wattHours);
  }

  public Duration time(MachineState state) {
    return times.getOrDefault(state, Duration.ZERO);
  }

  /** Both together; what one of them does not know, the sum does not. */
  public Quantities plus(Quantities other) {
    Map<MachineState, Duration> sum = new EnumMap<>(times);
    other.times.forEach((state, time) -> sum.merge(state, time, Duration::plus));
    return new Quantities(
        sum, sum(cycles, other.cycles), sum(parts, other.parts), sum(wattHours, other.wattHours));
  }

  private static OptionalLong sum(OptionalLong one, OptionalLong other) {
    return one.isPresent() && other.isPresent()
        ? OptionalLong.of(one.getAsLong() + other.getAsLong())
        : OptionalLong.empty();
  }
}
