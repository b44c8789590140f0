package fr.vigie.server.improvement;

import fr.vigie.calendar.Shift;
import fr.vigie.calendar.ShiftCalendar;
import fr.vigie.improvement.Action;
import fr.vigie.improvement.Answer;
import fr.vigie.improvement.Course;
import fr.vigie.improvement.Evaluation;
import fr.vigie.improvement.Measure;
import fr.vigie.improvement.Question;
import fr.vigie.improvement.Unit;
import fr.vigie.production.Rate;
import fr.vigie.production.TimeTree;
import fr.vigie.server.diagnosis.Diagnosis;
import fr.vigie.server.plant.Conditions;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.plant.Plant;
import fr.vigie.server.plant.Registered;
import fr.vigie.time.Span;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Evaluates actions by the figures of the shifts or days about them. Safe for use by threads. */
@Component
public class Improvements {
  private final Plant plant;
  private final Diagnosis diagnosis;
  private final InstantSource clock;

  Improvements(Plant plant, Diagnosis diagnosis, InstantSource clock) {
    this.plant = plant;
    this.diagnosis = diagnosis;
    this.clock = clock;
  }

  /**
   * What became of one measure of an action.
   *
   * @param counts what its numerators and denominators are; nothing while the measure is not known
   */
  public record Outcome(Measure measure, Rate.Of counts, Answer answer) {}

  /** A shift or a day, and what the machine did in it. */
  private record Seen(Span span, TimeTree tree, Map<String, String> conditions) {
    Unit unit(Measure measure) {
      return Unit.of(span, measure.of(tree), tree.coverage(), conditions);
    }
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
    List<Seen> seen = look(machine, spans);
    List<Seen> beside = control.isPresent() ? look(control.get(), spans) : List.of();
    double least = machine.rules().leastCoverage();
    List<Question> questions =
        action.measures().stream()
            .map(
                measure ->
                    new Question(
                        measure.better(),
                        units(seen, measure),
                        control.map(any -> units(beside, measure)),
                        least))
            .toList();
    List<Answer> answers = Evaluation.of(action.course(), questions, now);
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      Measure measure = action.measures().get(i);
      Rate.Of counts =
          seen.stream()
              .map(each -> measure.of(each.tree()).of())
              .filter(of -> of != Rate.Of.NOTHING)
              .findFirst()
              .orElse(Rate.Of.NOTHING);
      outcomes.add(new Outcome(measure, counts, answers.get(i)));
    }
    return outcomes;
  }

  private static List<Unit> units(List<Seen> seen, Measure measure) {
    return seen.stream().map(each -> each.unit(measure)).toList();
  }

  private List<Seen> look(Machine machine, List<Span> spans) throws IOException {
    Conditions conditions = plant.conditions(machine.name());
    List<Seen> seen = new ArrayList<>();
    for (Span span : spans) {
      TimeTree tree = diagnosis.figures(machine, span).timeTree();
      seen.add(new Seen(span, tree, conditions.at(span.start())));
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
