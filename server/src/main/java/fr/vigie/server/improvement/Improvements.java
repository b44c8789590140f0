package fr.vigie.server.improvement;

import fr.vigie.calendar.Shift;
import fr.vigie.calendar.ShiftCalendar;
import fr.vigie.energy.PerPart;
import fr.vigie.improvement.Action;
import fr.vigie.improvement.Answer;
import fr.vigie.improvement.Course;
import fr.vigie.improvement.Evaluation;
import fr.vigie.improvement.Measure;
import fr.vigie.improvement.Question;
import fr.vigie.improvement.Unit;
import fr.vigie.production.TimeTree;
import fr.vigie.server.diagnosis.Diagnosis;
import fr.vigie.server.diagnosis.EnergyDiagnosis;
import fr.vigie.server.plant.Conditions;
import fr.vigie.server.plant.Instruments.Meter;
import fr.vigie.server.plant.Instruments.Price;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.plant.Plant;
import fr.vigie.server.plant.Registered;
import fr.vigie.time.Span;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Evaluates actions by the figures of the shifts or days about them. Safe for use by several
 * threads.
 */
@Component
public class Improvements {
  private final Plant plant;
  private final Diagnosis diagnosis;
  private final EnergyDiagnosis energies;
  private final InstantSource clock;

  Improvements(Plant plant, Diagnosis diagnosis, EnergyDiagnosis energies, InstantSource clock) {
    this.plant = plant;
    this.diagnosis = diagnosis;
    this.energies = energies;
    this.clock = clock;
  }

  /**
   * Evaluates an action by what is known now, each measure by itself.
   *
   * @param control described if the action names one
   * @throws IOException when the store cannot be read
   * @throws IllegalArgumentException when signals are not of the sort that a machine's description
   *     says
   */
  public List<Outcome> evaluate(Registered registered, Machine machine, Optional<Machine> control)
      throws IOException {
    Action action = registered.action();
    Instant now = clock.instant();
    List<Span> spans = spans(registered, machine, now);
    List<Seen> seen = look(machine, spans, action);
    List<Seen> beside = control.isPresent() ? look(control.get(), spans, action) : List.of();
    List<Question> questions =
        action.measures().stream()
            .map(
                measure ->
                    new Question(
                        measure.better(),
                        units(seen, measure),
                        control.map(any -> units(beside, measure)),
                        machine.rules().leastCoverage()))
            .toList();
    List<Answer> answers = Evaluation.of(action.course(), questions, now);
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      Measure measure = action.measures().get(i);
      Outcome.Counts counts = counts(measure, seen);
      OptionalDouble euros =
          switch (counts) {
            case HOURS -> eurosAnHour(registered, machine);
            case PARTS -> OptionalDouble.empty();
            case KILOWATT_HOURS ->
                machine.instruments().meter().flatMap(Meter::price).stream()
                    .filter(price -> price.currency().getCurrencyCode().equals("EUR"))
                    .mapToDouble(Price::perKilowattHour)
                    .findFirst();
          };
      outcomes.add(new Outcome(measure, counts, euros, answers.get(i)));
    }
    return outcomes;
  }

  /** As the action says, or else the machine's description. */
  private static OptionalDouble eurosAnHour(Registered registered, Machine machine) {
    return registered.eurosAnHour().isPresent()
        ? registered.eurosAnHour()
        : machine.rules().cost().stream()
            .filter(cost -> cost.currency().getCurrencyCode().equals("EUR"))
            .mapToDouble(cost -> cost.of(Duration.ofHours(1)).doubleValue())
            .findFirst();
  }

  private static Outcome.Counts counts(Measure measure, List<Seen> seen) {
    if (measure == Measure.ENERGY_PER_GOOD_PART) {
      return Outcome.Counts.KILOWATT_HOURS;
    }
    boolean parts = seen.stream().anyMatch(each -> each.countsParts(measure));
    return parts ? Outcome.Counts.PARTS : Outcome.Counts.HOURS;
  }

  private static List<Unit> units(List<Seen> seen, Measure measure) {
    return seen.stream().map(each -> each.unit(measure)).toList();
  }

  private List<Seen> look(Machine machine, List<Span> spans, Action action) throws IOException {
    Conditions conditions = plant.conditions(machine.name());
    Optional<Meter> meter =
        machine
            .instruments()
            .meter()
            .filter(any -> action.measures().contains(Measure.ENERGY_PER_GOOD_PART));
    List<Seen> seen = new ArrayList<>();
    for (Span span : spans) {
      TimeTree tree = diagnosis.figures(machine, span).timeTree();
      Optional<PerPart> perPart =
          meter.isPresent()
              ? Optional.of(energies.energy(machine, meter.get(), span).perGoodPart())
              : Optional.empty();
      seen.add(new Seen(span, tree, perPart, conditions.at(span.start())));
    }
    return seen;
  }

  /** Shifts or days that are over and share time with the baseline or the time after. */
  private List<Span> spans(Registered registered, Machine machine, Instant now) {
    ShiftCalendar calendar = machine.rules().calendar().orElseGet(plant::calendar);
    Course course = registered.action().course();
    return Stream.of(course.baseline(), course.after())
        .flatMap(
            part ->
                registered.every() == Registered.Every.DAY
                    ? days(part, calendar.zone())
                    : calendar.shifts(part).stream().map(Shift::span))
        .distinct()
        .filter(span -> !span.end().isAfter(now))
        .toList();
  }

  private static Stream<Span> days(Span part, ZoneId zone) {
    LocalDate first = part.start().atZone(zone).toLocalDate();
    LocalDate last = part.end().minusNanos(1).atZone(zone).toLocalDate();
    return first
        .datesUntil(last.plusDays(1))
        .map(
            day ->
                new Span(
                    day.atStartOfDay(zone).toInstant(),
                    day.plusDays(1).atStartOfDay(zone).toInstant()));
  }
}
