package fr.vigie.calendar;

import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import fr.vigie.time.Stretches;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * When a workshop is open and when its machines are required. Shifts are planned in local time and
 * take place in real time: a night shift over the change to summer time is an hour shorter.
 *
 * @param zone of the workshop
 * @param patterns the shifts of a week; they do not overlap
 * @param daysOff on which no shift starts
 * @param plannedStops open time that is not required: maintenance, trials, no orders
 */
public record ShiftCalendar(
    ZoneId zone, List<ShiftPattern> patterns, DaysOff daysOff, List<Span> plannedStops) {
  private static final int WEEK = 7 * 24 * 3600;

  /**
   * @throws IllegalArgumentException when two shifts of the week overlap
   */
  public ShiftCalendar {
    patterns = List.copyOf(patterns);
    plannedStops = List.copyOf(plannedStops);
    checkOverlaps(patterns);
  }

  public ShiftCalendar(ZoneId zone, List<ShiftPattern> patterns) {
    this(zone, patterns, DaysOff.NONE, List.of());
  }

  /** The shift that an instant belongs to, breaks included. */
  public Optional<Shift> shiftAt(Instant instant) {
    return shifts(new Span(instant, instant.plusNanos(1))).stream().findFirst();
  }

  /** The shifts that share time with a span, whole, in order of time. */
  public List<Shift> shifts(Span span) {
    List<Shift> shifts = new ArrayList<>();
    LocalDate last = span.end().atZone(zone).toLocalDate();
    LocalDate day = span.start().atZone(zone).toLocalDate().minusDays(2);
    for (; !day.isAfter(last); day = day.plusDays(1)) {
      if (daysOff.contains(day)) {
        continue;
      }
      for (ShiftPattern pattern : patterns) {
        if (pattern.days().contains(day.getDayOfWeek())) {
          Shift shift = shift(pattern, day);
          if (shift.span().overlap(span).isPresent()) {
            shifts.add(shift);
          }
        }
      }
    }
    shifts.sort(Comparator.comparing(shift -> shift.span().start()));
    return List.copyOf(shifts);
  }

  /** Time of opening, tO, within a span. */
  public Stretches open(long from, long to) {
    return Stretches.of(shifts(span(from, to)).stream().map(Shift::span).toList()).within(from, to);
  }

  /** Required time, tR, within a span. */
  public Stretches required(long from, long to) {
    List<Span> notRequired = new ArrayList<>(plannedStops);
    shifts(span(from, to)).forEach(shift -> notRequired.addAll(shift.breaks()));
    return open(from, to).minus(Stretches.of(notRequired));
  }

  private Shift shift(ShiftPattern pattern, LocalDate day) {
    LocalDate end = pattern.crossesMidnight() ? day.plusDays(1) : day;
    Span span = span(day, pattern.start(), end, pattern.end());
    List<Span> breaks = new ArrayList<>();
    for (ShiftPattern.Break pause : pattern.breaks()) {
      LocalDate from = pattern.isNextDay(pause.start()) ? day.plusDays(1) : day;
      LocalDate to = pause.end().isAfter(pause.start()) ? from : from.plusDays(1);
      span(from, pause.start(), to, pause.end()).overlap(span).ifPresent(breaks::add);
    }
    breaks.sort(Comparator.comparing(Span::start));
    return new Shift(pattern.name(), day, span, breaks);
  }

  /**
   * A local time that the clocks skip means the time after the jump, one that comes twice the
   * first.
   */
  private Span span(LocalDate day, LocalTime from, LocalDate endDay, LocalTime to) {
    Instant start = day.atTime(from).atZone(zone).toInstant();
    Instant end = endDay.atTime(to).atZone(zone).toInstant();
    return new Span(start, end.isBefore(start) ? start : end);
  }

  private static Span span(long from, long to) {
    return new Span(Nanos.instant(from), Nanos.instant(Math.max(from, to)));
  }

  private static void checkOverlaps(List<ShiftPattern> patterns) {
    record Planned(String shift, int start, int end) {}
    List<Planned> week = new ArrayList<>();
    for (ShiftPattern pattern : patterns) {
      for (DayOfWeek day : pattern.days()) {
        int start = pattern.startSecond(day);
        week.add(new Planned(pattern.name() + " " + day, start, start + pattern.lengthSeconds()));
      }
    }
    week.sort(Comparator.comparingInt(Planned::start));
    for (int i = 0; i < week.size() && week.size() > 1; i++) {
      Planned now = week.get(i);
      Planned next = week.get((i + 1) % week.size());
      int start = i + 1 < week.size() ? next.start : next.start + WEEK;
      if (start < now.end) {
        throw new IllegalArgumentException(
            "shifts overlap: '" + now.shift + "' and '" + next.shift + "'");
      }
    }
  }
}
