package fr.vigie.server.diagnosis;

import fr.vigie.calendar.Shift;
import fr.vigie.production.Production;
import fr.vigie.production.Refusal;
import fr.vigie.production.TimeTree;
import fr.vigie.server.plant.Machine;
import fr.vigie.time.Span;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * The times of one shift.
 *
 * @param span the part of it that was asked for
 * @param refusal why its TRS is not to be shown as a result, if so
 */
public record ShiftTimes(Shift shift, Span span, TimeTree times, Optional<Refusal> refusal) {
  /** A shift, and the part of it that was asked for. */
  record Part(Shift shift, Span span) {
    /** A shift belongs to the month in which it starts, by UTC. */
    YearMonth month() {
      return YearMonth.from(shift.span().start().atOffset(ZoneOffset.UTC));
    }

    ShiftTimes times(Production production, Machine machine) {
      TimeTree times = production.tree(span);
      return new ShiftTimes(shift, span, times, times.refusal(machine.rules().leastCoverage()));
    }
  }

  /** The shifts of a machine that share time with a span; none when it follows no calendar. */
  static List<Part> parts(Machine machine, Span span) {
    return machine
        .rules()
        .calendar()
        .map(calendar -> calendar.shifts(span))
        .orElse(List.of())
        .stream()
        .flatMap(shift -> shift.span().overlap(span).map(part -> new Part(shift, part)).stream())
        .toList();
  }
}
