package fr.vigie.server.diagnosis;

import fr.vigie.production.Figures;
import fr.vigie.production.TimeTree;
import fr.vigie.server.plant.Machine;
import fr.vigie.time.Span;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Long spans by the day, so that no question reads too much and each day's answer is kept. */
public final class Days {
  private Days() {}

  /** The days of a span by the clock of a place; the first and the last may be parts of one. */
  public static List<Span> of(Span span, ZoneId zone) {
    List<Span> days = new ArrayList<>();
    Instant at = span.start();
    while (at.isBefore(span.end())) {
      Instant next = at.atZone(zone).toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
      Instant end = next.isBefore(span.end()) ? next : span.end();
      days.add(new Span(at, end));
      at = end;
    }
    return days;
  }

  /** The figures of each day. */
  public static List<Figures> figures(Diagnosis diagnosis, Machine machine, Span span, ZoneId zone)
      throws IOException {
    List<Figures> figures = new ArrayList<>();
    for (Span day : of(span, zone)) {
      figures.add(diagnosis.figures(machine, day));
    }
    return figures;
  }

  /** Their times together. */
  public static TimeTree tree(List<Figures> days) {
    return days.stream().map(Figures::timeTree).reduce(TimeTree.NOTHING, TimeTree::plus);
  }
}
