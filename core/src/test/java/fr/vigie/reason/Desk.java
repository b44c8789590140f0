package fr.vigie.reason;

import fr.vigie.time.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where people of a workshop say why machines stood, in minutes of one day. */
final class Desk {
  static final Instant START = Instant.parse("2026-03-02T05:00:00Z");

  private final List<Entry> entries = new ArrayList<>();

  static Instant at(double minute) {
    return START.plusNanos(Math.round(minute * 60e9));
  }

  static Span span(double from, double to) {
    return new Span(at(from), at(to));
  }

  /** Said at the end of the day, in the order of the calls. */
  Desk say(Act act) {
    return sayAt(2_000 + entries.size(), act);
  }

  Desk sayAt(double minute, Act act) {
    entries.add(new Entry(entries.size() + 1L, "chef d'équipe", at(minute), "", act));
    return this;
  }

  Desk give(double from, double to, String code) {
    return say(new Act.Give(span(from, to), code));
  }

  Desk split(double minute) {
    return say(new Act.Split(at(minute)));
  }

  Desk merge(double from, double to, String code) {
    return say(new Act.Merge(span(from, to), Optional.of(code)));
  }

  Desk merge(double from, double to) {
    return say(new Act.Merge(span(from, to), Optional.empty()));
  }

  Desk correct(double from, double to, String code) {
    return say(new Act.Correct(span(from, to), code));
  }

  Desk withdraw(double from, double to) {
    return say(new Act.Withdraw(span(from, to)));
  }

  List<Entry> entries() {
    return List.copyOf(entries);
  }

  ReasonJournal journal() {
    return ReasonJournal.of(entries);
  }

  /** Such as {@code 10-30 jam, 30-40 ?}. */
  static String told(ReasonedStop stop) {
    return String.join(
        ", ",
        stop.parts().stream()
            .map(
                part ->
                    told(part.span())
                        + ' '
                        + part.cause().map(cause -> cause.leaf().code()).orElse("?"))
            .toList());
  }

  static String told(List<Reasoned> reasoned) {
    return String.join(
        ", ",
        reasoned.stream().map(each -> told(each.span()) + ' ' + each.reason().code()).toList());
  }

  private static String told(Span span) {
    return minute(span.start()) + "-" + minute(span.end());
  }

  private static String minute(Instant instant) {
    double minutes = (instant.toEpochMilli() - START.toEpochMilli()) / 60e3;
    return minutes == Math.rint(minutes) ? Long.toString((long) minutes) : Double.toString(minutes);
  }
}
