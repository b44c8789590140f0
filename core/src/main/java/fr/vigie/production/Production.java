package fr.vigie.production;

import fr.vigie.calendar.Shift;
import fr.vigie.calendar.ShiftCalendar;
import fr.vigie.column.Column;
import fr.vigie.signal.Quality;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import fr.vigie.time.Stretches;
import java.time.Duration;
import java.util.List;
import java.util.Map;

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
  private final Stretches required;
  private final Stops stops;
  private final List<Cycle> cycles;
  private final Counts parts;
  private final Counts scrap;

  private Production(MachineRules rules, Inputs inputs) {
    this.rules = rules;
    this.inputs = inputs;
    gaps = Stretches.of(inputs.gaps());
    timeline = rules.state().timeline(inputs.state(), inputs.until()).without(gaps);
    from = Nanos.of(timeline.span().start());
    to = Nanos.of(timeline.span().end());
    open = planned(from, to, ShiftCalendar::open);
    required = planned(from, to, ShiftCalendar::required);
    stops = Stops.of(timeline, required);
    cycles = rules.cycle().map(rule -> rule.cycles(inputs.state())).orElse(List.of());
    parts = counts(rules.parts(), inputs.parts());
    scrap = counts(rules.scrap(), inputs.scrap());
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
    long threshold = rules.microStop().toNanos();
    TimeTree tree = tree(span);
    return new Figures(
        rawStates(from, to),
        timeline.restrict(from, to),
        new Figures.Stillness(
            stops.list(from, to, threshold, false), stops.list(from, to, threshold, true)),
        new Figures.Counted(
            parts.within(from, to),
            scrap.within(from, to),
            parts.quarantined(span) + scrap.quarantined(span),
            cycles(span)),
        tree,
        tree.refusal(rules.leastCoverage()));
  }

  /** The times of a span alone, which is much less work than all of its figures. */
  public TimeTree tree(Span span) {
    long end = Nanos.of(span.end());
    long start = Math.min(end, Math.max(Nanos.of(span.start()), inService()));
    Stretches open = open(start, end);
    return new TimeTree(
        Duration.ofNanos(end - start),
        Duration.ofNanos(open.length()),
        inRequired(required(start, end)),
        output(open));
  }

  private TimeTree.Required inRequired(Stretches required) {
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

  private Output output(Stretches open) {
    if (rules.parts() instanceof PartsRule.None) {
      return Output.UNCOUNTED;
    }
    long made = parts.within(open);
    long good = made - scrap.within(open);
    return rules
        .referenceCycle()
        .map(tcr -> Output.of(List.of(new Output.Product(made, good, tcr))))
        .orElseGet(() -> Output.untimed(made, good));
  }

  private RawStates rawStates(long from, long to) {
    Column state = inputs.state();
    return state.isText() || state.isEmpty()
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

  private long inService() {
    return rules.inServiceSince().map(Nanos::of).orElse(Long.MIN_VALUE);
  }

  private Stretches open(long start, long end) {
    boolean known = from <= start && end <= to;
    return known ? open.within(start, end) : planned(start, end, ShiftCalendar::open);
  }

  private Stretches required(long start, long end) {
    boolean known = from <= start && end <= to;
    return known ? required.within(start, end) : planned(start, end, ShiftCalendar::required);
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
