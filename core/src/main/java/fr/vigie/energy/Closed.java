package fr.vigie.energy;

import fr.vigie.time.Span;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Why a workshop is closed, by the local day. */
public enum Closed {
  /** On a day from Monday to Friday on which it is open at other hours. */
  NIGHT,
  /** On a Saturday or Sunday. */
  WEEKEND,
  /** On a day from Monday to Friday on which it is not open at all. */
  DAY_OFF;

  /**
   * The time of a span that lies in none of the opening hours, every reason with its entry, in
   * order of time.
   *
   * @param open opening hours, whole, of the days of the span
   */
  public static Map<Closed, List<Span>> within(Span span, List<Span> open, ZoneId zone) {
    Map<Closed, List<Span>> closed = new EnumMap<>(Closed.class);
    for (Closed reason : values()) {
      closed.put(reason, new ArrayList<>());
    }
    List<Span> opening = new ArrayList<>(open);
    opening.sort(Comparator.comparing(Span::start));
    LocalDate day = span.start().atZone(zone).toLocalDate();
    Instant midnight = day.atStartOfDay(zone).toInstant();
    while (midnight.isBefore(span.end())) {
      Instant next = day.plusDays(1).atStartOfDay(zone).toInstant();
      Span whole = new Span(midnight, next);
      List<Span> today = opening.stream().filter(it -> it.overlap(whole).isPresent()).toList();
      List<Span> into = of(day, closed, today.isEmpty());
      whole.overlap(span).ifPresent(part -> addBetween(part, today, into));
      day = day.plusDays(1);
      midnight = next;
    }
    return closed;
  }

  private static List<Span> of(LocalDate day, Map<Closed, List<Span>> closed, boolean allDay) {
    boolean weekend =
        day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    Closed reason = weekend ? WEEKEND : allDay ? DAY_OFF : NIGHT;
    return Objects.requireNonNull(closed.get(reason));
  }

  private static void addBetween(Span part, List<Span> today, List<Span> into) {
    Instant at = part.start();
    for (Span open : today) {
      if (open.start().isAfter(at) && at.isBefore(part.end())) {
        Instant until = open.start().isBefore(part.end()) ? open.start() : part.end();
        into.add(new Span(at, until));
      }
      at = open.end().isAfter(at) ? open.end() : at;
    }
    if (at.isBefore(part.end())) {
      into.add(new Span(at, part.end()));
    }
  }
}
