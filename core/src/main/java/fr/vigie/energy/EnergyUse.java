package fr.vigie.energy;

import fr.vigie.production.MachineState;
import fr.vigie.production.Timeline;
import fr.vigie.time.Span;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a machine used over one span, and for what.
 *
 * @param byState every state has its entry
 * @param ofNoState the sums of gaps that are longer than one stay in a state
 * @param closed energy of closed time; empty without opening hours
 * @param quarters mean powers of quarters of an hour
 * @param baseLoads by each method that the span allows
 */
public record EnergyUse(
    Span span,
    Energy total,
    Map<MachineState, Energy> byState,
    Energy ofNoState,
    Optional<Map<Closed, Energy>> closed,
    Windows quarters,
    List<BaseLoad> baseLoads) {
  /** Over which demand is metered and billed in France. */
  public static final Duration QUARTER = Duration.ofMinutes(15);

  /** When a workshop is open; whole days of it. */
  public record Opening(List<Span> open, ZoneId zone) {}

  /** Over the span of the timeline. */
  public static EnergyUse of(LoadCurve curve, Timeline timeline, Optional<Opening> opening) {
    Span span = timeline.span();
    Energy total = curve.within(span);
    Map<MachineState, Energy> byState = curve.byState(timeline);
    Energy dated = byState.values().stream().reduce(Energy.NONE, Energy::plus);
    Energy ofNoState =
        new Energy(
            total.kilowattHours() - dated.kilowattHours(),
            0,
            total.known().minus(dated.known()),
            total.known().minus(dated.known()));
    Windows quarters = curve.windows(span, QUARTER);
    List<BaseLoad> baseLoads = new ArrayList<>();
    BaseLoad.fifthPercentile(quarters).ifPresent(baseLoads::add);
    Optional<Map<Closed, List<Span>>> closed =
        opening.map(hours -> Closed.within(span, hours.open(), hours.zone()));
    closed.flatMap(times -> BaseLoad.ofClosedTime(quarters, all(times))).ifPresent(baseLoads::add);
    return new EnergyUse(
        span,
        total,
        byState,
        ofNoState,
        closed.map(times -> energies(curve, times)),
        quarters,
        baseLoads);
  }

  /** What was used while the machine was ready and did not work. */
  public Energy idle() {
    return byState.getOrDefault(MachineState.IDLE, Energy.NONE);
  }

  private static List<Span> all(Map<Closed, List<Span>> times) {
    return times.values().stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparing(Span::start))
        .toList();
  }

  private static Map<Closed, Energy> energies(LoadCurve curve, Map<Closed, List<Span>> times) {
    Map<Closed, Energy> energies = new EnumMap<>(Closed.class);
    times.forEach((reason, spans) -> energies.put(reason, curve.within(spans)));
    return energies;
  }
}
