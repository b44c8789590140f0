package fr.vigie.production;

import fr.vigie.calendar.Shift;
import fr.vigie.calendar.ShiftCalendar;
import fr.vigie.column.Column;
import fr.vigie.reason.StopKind;
import fr.vigie.signal.Quality;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import fr.vigie.time.Stretches;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The figures of one machine: a function of rules, inputs and a span. States, stops and counts are
 * folded once over all inputs; every span then cuts its part out of them, so that the times and
 * counts of adjoining spans add up to those of both. Immutable.
 */
public final class Production {
  private final MachineRules rules;
  private final Inputs inputs;
  private final Stretches gaps;
  private final Timeline timeline;
  private final long from;
  private final long to;
  private final Stretches open;
  private final StopReasons reasons;
  private final Demand demand;
  private final Demand otherwise;
  private final List<Failure> failures;
  private final List<Cycle> cycles;
  private final Counts made;
  private final Counts scrap;
  private final Parts parts;

  private Production(MachineRules rules, Inputs inputs) {
    this.rules = rules;
    this.inputs = inputs;
    gaps = Stretches.of(inputs.gaps());
    timeline = rules.state().timeline(inputs.state(), inputs.until()).without(gaps);
    from = Nanos.of(timeline.span().start());
    to = Nanos.of(timeline.span().end());
    open = planned(from, to, ShiftCalendar::open);
    reasons = StopReasons.of(inputs.declared().reasons());
    Demand inside = demand(StopKind::isPlanned);
    boolean changed = reasons.laid().where(it -> it.kind() == StopKind.CHANGEOVER).size() > 0;
    Demand outside =
        changed ? demand(kind -> kind.isPlanned() || kind == StopKind.CHANGEOVER) : inside;
    boolean normal = rules.convention().changeover() == Convention.Changeover.INSIDE;
    demand = normal ? inside : outside;
    otherwise = normal ? outside : inside;
    failures = reasons.failures(demand.stops(), timeline);
    cycles = rules.cycle().map(rule -> rule.cycles(inputs.state())).orElse(List.of());
    made = counts(rules.parts(), inputs.parts());
    scrap = counts(rules.scrap(), inputs.scrap());
    parts = new Parts(rules, inputs.declared(), made, scrap);
  }

  /**
   * @throws IllegalArgumentException when a column is not of the sort that its rule reads
   */
  public static Production of(MachineRules rules, Inputs inputs) {
    return new Production(rules, inputs);
  }

  /** The figures of one span; for several spans of the same inputs use {@link #of}. */
  public static Figures figures(MachineRules rules, Inputs inputs, Span span) {
    return of(rules, inputs).figures(span);
  }

  public static Figures figures(MachineRules rules, Inputs inputs, Shift shift) {
    return figures(rules, inputs, shift.span());
  }

  public Figures figures(Shift shift) {
    return figures(shift.span());
  }

  public Figures figures(Span span) {
    long from = Nanos.of(span.start());
    long to = Nanos.of(span.end());
    TimeTree tree = tree(span);
    Figures.Counted counted = counted(span);
    return new Figures(
        rawStates(from, to),
        timeline.restrict(from, to),
        stillness(span),
        counted,
        new Figures.Times(
            rules.convention(),
            tree,
            reasons.touch(span) ? Optional.of(tree(span, otherwise)) : Optional.empty()),
        new Figures.Doubts(tree.refusal(rules.leastCoverage()), remarks(span, tree, counted)));
  }

  /** Stops that reach into a span, without micro-stops, in order of time. */
  public List<Stop> stops(Span span) {
    return demand
        .stops()
        .list(Nanos.of(span.start()), Nanos.of(span.end()), rules.microStop().toNanos(), false);
  }

  /** What the machine did, as far as it is known at all. */
  public Timeline timeline() {
    return timeline;
  }

  /** The times of a span alone, which is much less work than all of its figures. */
  public TimeTree tree(Span span) {
    return tree(span, demand);
  }

  /** How long each part took that was complete within a span, in order of time. */
  public List<CycleTime> cycleTimes(Span span) {
    if (rules.cycle().isPresent()) {
      int each = rules.parts() instanceof PartsRule.Cycles parts ? parts.each() : 1;
      return CycleTimes.of(cycles(span), each, parts.ordered());
    }
    return CycleTimes.of(made, timeline, parts.ordered(), span);
  }

  private TimeTree tree(Span span, Demand demand) {
    long end = Nanos.of(span.end());
    long start = inService(span);
    Stretches open = open(start, end);
    return new TimeTree(
        Duration.ofNanos(end - start),
        Duration.ofNanos(open.length()),
        inRequired(required(start, end, demand), demand.stops()),
        parts.products(open).stream().map(Made::output).reduce(Output.NOTHING, Output::plus));
  }

  private TimeTree.Required inRequired(Stretches required, Stops stops) {
    long[] nanos = new long[MachineState.values().length];
    long stopped = 0;
    for (int i = 0; i < required.size(); i++) {
      timeline.addTimes(required.start(i), required.end(i), nanos);
      stopped += stops.stopped(required.start(i), required.end(i), rules.microStop().toNanos());
    }
    long running = nanos[MachineState.RUNNING.ordinal()];
    long unobserved = nanos[MachineState.UNOBSERVED.ordinal()];
    return new TimeTree.Required(
        Duration.ofNanos(running),
        Duration.ofNanos(required.length() - running - unobserved - stopped),
        Duration.ofNanos(stopped),
        Duration.ofNanos(unobserved));
  }

  private Figures.Stillness stillness(Span span) {
    long from = Nanos.of(span.start());
    long to = Nanos.of(span.end());
    long threshold = rules.microStop().toNanos();
    List<Stop> stops = demand.stops().list(from, to, threshold, false);
    List<Stop> microStops = demand.stops().list(from, to, threshold, true);
    List<StopPiece> pieces = new ArrayList<>(reasons.pieces(stops, false));
    pieces.addAll(reasons.pieces(microStops, true));
    pieces.sort(Comparator.comparing(piece -> piece.span().start()));
    return new Figures.Stillness(
        stops,
        microStops,
        List.copyOf(pieces),
        failures.stream()
            .filter(it -> span.contains(it.start()) || span.contains(it.end()))
            .toList());
  }

  private Figures.Counted counted(Span span) {
    long from = Nanos.of(span.start());
    long to = Nanos.of(span.end());
    Stretches all = Stretches.of(from, to);
    return new Figures.Counted(
        made.within(from, to),
        parts.rejects(all),
        parts.late(from, to),
        made.quarantined(span) + scrap.quarantined(span),
        cycles(span),
        parts.products(open(inService(span), to)));
  }

  private Set<Remark> remarks(Span span, TimeTree tree, Figures.Counted counted) {
    Set<Remark> remarks = tree.doubts();
    Output output = tree.output();
    mark(remarks, Remark.REJECTS_ABOVE_PRODUCTION, anyProductBelowZero(counted));
    mark(remarks, Remark.NEGATIVE_COUNT, isNegative(counted));
    mark(remarks, Remark.SAMPLES_SET_ASIDE, counted.quarantined() > 0);
    mark(remarks, Remark.PARTS_OUTSIDE_OPENING, counted.parts() != output.parts());
    mark(
        remarks,
        Remark.UNKNOWN_PRODUCT,
        counted.products().stream()
            .map(Made::product)
            .flatMap(Optional::stream)
            .anyMatch(product -> !rules.products().containsKey(product)));
    mark(remarks, Remark.ORDERS_OVERLAP, parts.ordered().laid().overlapsIn(span));
    mark(remarks, Remark.REASONS_OVERLAP, reasons.laid().overlapsIn(span));
    return Collections.unmodifiableSet(remarks);
  }

  private static boolean anyProductBelowZero(Figures.Counted counted) {
    return isAbove(counted.rejects(), counted.parts())
        || counted.products().stream()
            .map(Made::output)
            .anyMatch(output -> isAbove(output.rejects(), output.parts()));
  }

  /** Parts that were counted below zero are no rejects. */
  private static boolean isAbove(Rejects rejects, long parts) {
    return rejects.all() > Math.max(0, parts);
  }

  private static boolean isNegative(Figures.Counted counted) {
    return counted.parts() < 0
        || counted.rejects().scrap() < 0
        || counted.products().stream()
            .map(Made::output)
            .anyMatch(output -> output.parts() < 0 || output.rejects().scrap() < 0);
  }

  private static void mark(Set<Remark> remarks, Remark remark, boolean holds) {
    if (holds) {
      remarks.add(remark);
    }
  }

  private RawStates rawStates(long from, long to) {
    Column state = inputs.state();
    return state.readsAs(true)
        ? RawStates.of(state, from, to, gaps)
        : new RawStates(Map.of(), Duration.ofNanos(Math.max(0, to - from)));
  }

  private List<Cycle> cycles(Span span) {
    return cycles.stream().filter(cycle -> span.contains(cycle.span().end())).toList();
  }

  private Counts counts(PartsRule rule, Column column) {
    if (rule instanceof PartsRule.Counter counter) {
      return counter.counts(column);
    }
    Counts.Builder counts = new Counts.Builder();
    if (rule instanceof PartsRule.Cycles each) {
      cycles.forEach(cycle -> counts.add(Nanos.of(cycle.span().end()), 1, each.each()));
    } else if (rule instanceof PartsRule.Events each) {
      for (int i = 0; i < column.size(); i++) {
        if (column.quality(i) != Quality.MISSING) {
          long count = column.isText() ? 1 : Math.round(column.number(i));
          counts.add(column.nanos(i), count, each.each());
        }
      }
    }
    return counts.build();
  }

  private long inService(Span span) {
    return Math.min(Nanos.of(span.end()), Math.max(Nanos.of(span.start()), inService()));
  }

  private long inService() {
    return rules.inServiceSince().map(Nanos::of).orElse(Long.MIN_VALUE);
  }

  private Demand demand(Predicate<StopKind> notRequired) {
    return Demand.of(
        timeline,
        planned(from, to, ShiftCalendar::required),
        reasons.standing(timeline, notRequired));
  }

  private Stretches open(long start, long end) {
    boolean known = from <= start && end <= to;
    return known ? open.within(start, end) : planned(start, end, ShiftCalendar::open);
  }

  private Stretches required(long start, long end, Demand demand) {
    boolean known = from <= start && end <= to;
    return known
        ? demand.required().within(start, end)
        : planned(start, end, ShiftCalendar::required).minus(demand.excluded());
  }

  private Stretches planned(long start, long end, Plan plan) {
    long inService = Math.max(start, inService());
    return rules
        .calendar()
        .map(calendar -> plan.of(calendar, inService, end))
        .orElseGet(() -> Stretches.of(inService, end));
  }

  private interface Plan {
    Stretches of(ShiftCalendar calendar, long from, long to);
  }
}
