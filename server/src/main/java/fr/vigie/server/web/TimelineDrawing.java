package fr.vigie.server.web;

import fr.vigie.production.MachineState;
import fr.vigie.production.Period;
import fr.vigie.time.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Places periods and hours of a span on a line, in percent of its length. */
final class TimelineDrawing {
  /** Finer than a screen shows; what falls into one slot is drawn as what lasted longest in it. */
  private static final int SLOTS = 1_440;

  private final Span span;
  private final Wording wording;

  TimelineDrawing(Span span, Wording wording) {
    this.span = span;
    this.wording = wording;
  }

  List<CardView.Bar> bars(List<Period> periods) {
    List<CardView.Bar> bars = new ArrayList<>();
    for (Period period : periods.size() > SLOTS ? coarse(periods) : periods) {
      bars.add(
          new CardView.Bar(
              FiguresView.name(period.state()),
              percent(share(period.span().start())),
              percent(share(period.span().end()) - share(period.span().start())),
              title(period)));
    }
    return bars;
  }

  List<CardView.Hour> hours() {
    List<CardView.Hour> hours = new ArrayList<>();
    int step = span.length().compareTo(Duration.ofHours(14)) > 0 ? 4 : 2;
    ZonedDateTime first = span.start().atZone(wording.zone());
    ZonedDateTime hour = first.truncatedTo(ChronoUnit.HOURS);
    if (hour.isBefore(first)) {
      hour = hour.plusHours(1);
    }
    for (int i = 0; !hour.toInstant().isAfter(span.end()); i++, hour = hour.plusHours(1)) {
      if (i % step == 0) {
        double share = share(hour.toInstant());
        String anchor = share < 0.04 ? "start" : share > 0.96 ? "end" : "middle";
        hours.add(new CardView.Hour(percent(share), anchor, wording.clock(hour.toInstant())));
      }
    }
    return hours;
  }

  String at(Instant instant) {
    return percent(share(instant));
  }

  private String title(Period period) {
    return wording.say("state." + FiguresView.name(period.state()))
        + ", "
        + wording.say(
            "shift.hours", wording.clock(period.span().start()), wording.clock(period.span().end()))
        + " ("
        + wording.length(period.span().length())
        + ")";
  }

  private List<Period> coarse(List<Period> periods) {
    List<Period> merged = new ArrayList<>();
    Instant start = periods.get(0).span().start();
    long slot = Math.max(1, span.length().toNanos() / SLOTS);
    long[] lasted = new long[MachineState.values().length];
    Instant end = start;
    for (Period period : periods) {
      lasted[period.state().ordinal()] += period.span().length().toNanos();
      end = period.span().end();
      if (Duration.between(start, end).toNanos() >= slot) {
        merged.add(new Period(new Span(start, end), longest(lasted)));
        start = end;
        lasted = new long[lasted.length];
      }
    }
    if (start.isBefore(end)) {
      merged.add(new Period(new Span(start, end), longest(lasted)));
    }
    return merged;
  }

  private static MachineState longest(long[] lasted) {
    int longest = 0;
    for (int i = 1; i < lasted.length; i++) {
      longest = lasted[i] > lasted[longest] ? i : longest;
    }
    return MachineState.values()[longest];
  }

  private double share(Instant instant) {
    double length = Math.max(1, span.length().toNanos());
    return Math.min(1, Math.max(0, Duration.between(span.start(), instant).toNanos() / length));
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.3f%%", 100 * share);
  }
}
