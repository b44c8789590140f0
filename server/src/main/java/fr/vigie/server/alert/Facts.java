package fr.vigie.server.alert;

import fr.vigie.calendar.ShiftCalendar;
import fr.vigie.condition.Judgement;
import fr.vigie.production.Period;
import fr.vigie.server.diagnosis.Diagnosis;
import fr.vigie.server.diagnosis.Hole;
import fr.vigie.server.diagnosis.Snapshot;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.plant.Plant;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.Store;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import fr.vigie.time.Stretches;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.springframework.stereotype.Component;

/**
 * How a rule's condition stood over the last days, as far as the store knows it now. For one
 * thread.
 */
@Component
class Facts {
  /** What comes later than this is not judged: a weekend. */
  static final Duration LOOK_BACK = Duration.ofHours(72);

  private final Plant plant;
  private final Diagnosis diagnosis;
  private final Store store;
  private final AgentFacts agents;
  private Map<Pair, Crossings> before = new HashMap<>();
  private Map<Pair, Crossings> crossings = new HashMap<>();
  private Instant read = Instant.MIN;
  private final Map<String, List<Period>> states = new HashMap<>();
  private final Map<String, Snapshot> snapshots = new HashMap<>();

  Facts(Plant plant, Diagnosis diagnosis, Store store, AgentFacts agents) {
    this.plant = plant;
    this.diagnosis = diagnosis;
    this.store = store;
    this.agents = agents;
  }

  private record Pair(Rule rule, String subject) {}

  /** Machines or agents that a rule is about, those that it names and those that are known. */
  List<String> subjects(Rule rule) {
    if (rule.condition().isOfAgents()) {
      return agents.subjects(rule);
    }
    return plant.machines().stream().map(Machine::name).filter(rule::concerns).toList();
  }

  /** To be called after each round of {@link #turns}: forgets what was not asked for in it. */
  void endOfRound() {
    before = crossings;
    crossings = new HashMap<>();
  }

  /**
   * The turns of the condition up to now; none when nobody knows. Questions with the same now share
   * what they read.
   *
   * @param open the alert that is pending or on, if any
   * @throws IOException when the store cannot be read
   * @throws IllegalArgumentException when the signals are not of the sort that the machine's
   *     description says
   */
  List<Turn> turns(Rule rule, String subject, Optional<Alert> open, Instant now)
      throws IOException {
    if (!now.equals(read)) {
      read = now;
      states.clear();
      snapshots.clear();
    }
    Span asked = new Span(now.minus(LOOK_BACK).truncatedTo(ChronoUnit.HOURS), now);
    if (rule.condition().isOfAgents()) {
      return agents.turns(rule, subject, asked);
    }
    Optional<Machine> found = plant.machine(subject);
    if (found.isEmpty()) {
      return List.of();
    }
    Machine machine = found.get();
    Optional<ShiftCalendar> calendar =
        rule.duringShifts() ? machine.rules().calendar() : Optional.empty();
    Condition condition = rule.condition();
    if (condition instanceof Condition.FigureBeyond figure) {
      return ofFigure(figure, machine, open, calendar.isPresent(), now);
    }
    List<Turn> turns =
        condition instanceof Condition.In in
            ? ofStates(in, machine, asked)
            : ofSignal(rule, machine, asked);
    return calendar.isEmpty()
        ? turns
        : Turn.outside(turns, required(calendar.get(), asked), asked, Judgement.FINE);
  }

  private List<Turn> ofStates(Condition.In in, Machine machine, Span asked) throws IOException {
    return states(machine, asked).stream()
        .map(period -> new Turn(period.span().start(), judge(in, period)))
        .toList();
  }

  /**
   * Read once, whatever the number of rules. The hours that are over are asked for in one piece,
   * whose figures are kept.
   */
  private List<Period> states(Machine machine, Span asked) throws IOException {
    List<Period> known = states.get(machine.name());
    if (known != null) {
      return known;
    }
    Instant border = asked.end().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(1));
    List<Period> periods = new ArrayList<>();
    for (Span span : List.of(new Span(asked.start(), border), new Span(border, asked.end()))) {
      periods.addAll(diagnosis.figures(machine, span).timeline().periods());
    }
    states.put(machine.name(), periods);
    return periods;
  }

  private Snapshot snapshot(Machine machine) throws IOException {
    Snapshot known = snapshots.get(machine.name());
    if (known != null) {
      return known;
    }
    Snapshot made = diagnosis.now(machine);
    snapshots.put(machine.name(), made);
    return made;
  }

  private static Judgement judge(Condition.In in, Period period) {
    if (in.states().contains(period.state())) {
      return Judgement.BAD;
    }
    return period.state().isObserved() ? Judgement.FINE : Judgement.NEITHER;
  }

  private List<Turn> ofSignal(Rule rule, Machine machine, Span asked) throws IOException {
    Condition condition = rule.condition();
    Series series = machine.series(signal(condition));
    Pair pair = new Pair(rule, machine.name());
    Crossings known =
        crossings.computeIfAbsent(
            pair,
            it -> before.getOrDefault(it, new Crossings(series, condition, rule.lasting().hold())));
    List<Turn> turns = known.since(asked.start(), asked.end(), store);
    if (condition instanceof Condition.Missing) {
      return turns;
    }
    // A value holds until the next one only while somebody would have sent the next one.
    List<Span> holes =
        diagnosis.holes(series, new Span(asked.start(), asked.end().plusNanos(1))).stream()
            .map(Hole::span)
            .filter(span -> !span.isEmpty())
            .toList();
    return Turn.within(turns, holes, Judgement.NEITHER);
  }

  private static String signal(Condition condition) {
    if (condition instanceof Condition.Beyond beyond) {
      return beyond.signal();
    }
    return condition instanceof Condition.Says says
        ? says.signal()
        : ((Condition.Missing) condition).signal();
  }

  /**
   * A shift's figure begins anew with it. What it was before now nobody knows but the alert that is
   * pending or on.
   */
  private List<Turn> ofFigure(
      Condition.FigureBeyond figure,
      Machine machine,
      Optional<Alert> open,
      boolean inShifts,
      Instant now)
      throws IOException {
    Snapshot snapshot = snapshot(machine);
    Optional<Instant> start = snapshot.shift().map(shift -> shift.span().start());
    OptionalDouble value = figure.figure().in(snapshot.figures());
    Judgement judgement = Judgement.NEITHER;
    if (inShifts && start.isEmpty()) {
      judgement = Judgement.FINE;
    } else if (value.isPresent()) {
      judgement = figure.limit().judge(value.getAsDouble());
    }
    List<Turn> turns = new ArrayList<>();
    start.ifPresent(at -> turns.add(new Turn(at, Judgement.FINE)));
    boolean goesOn = judgement == Judgement.BAD;
    open.filter(it -> it.state().isOn() || goesOn)
        .map(Alert::since)
        .filter(it -> start.isEmpty() || !it.isBefore(start.get()))
        .ifPresent(it -> turns.add(new Turn(it, Judgement.BAD)));
    turns.add(new Turn(now, judgement));
    return turns;
  }

  private static List<Span> required(ShiftCalendar calendar, Span asked) {
    Stretches required = calendar.required(Nanos.of(asked.start()), Nanos.of(asked.end()) + 1);
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < required.size(); i++) {
      spans.add(new Span(Nanos.instant(required.start(i)), Nanos.instant(required.end(i))));
    }
    return spans;
  }
}
