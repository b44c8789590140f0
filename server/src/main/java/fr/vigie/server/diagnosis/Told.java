package fr.vigie.server.diagnosis;

import fr.vigie.production.Production;
import fr.vigie.production.Stop;
import fr.vigie.reason.Evidence;
import fr.vigie.reason.ReasonJournal;
import fr.vigie.reason.ReasonTree;
import fr.vigie.reason.Reasoned;
import fr.vigie.reason.ReasonedStop;
import fr.vigie.reason.Reasons;
import fr.vigie.server.plant.Machine;
import fr.vigie.time.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What people said about a machine's stops, and the words they had for it. */
record Told(ReasonTree tree, ReasonJournal journal) {
  static Told of(Entries entries, Machine machine) {
    return new Told(entries.reasonTree(), entries.reasons(machine));
  }

  /**
   * The reasons of all that was read.
   *
   * @param raw figures that know no reasons: its stops are those that reasons are laid upon
   */
  Reasons reasons(Machine machine, Production raw, Reading.Seen seen, Span read) {
    return Reasons.of(
        tree,
        journal,
        machine.rules().reasons(),
        new Evidence(
            read,
            raw.stops(read).stream().map(Stop::whole).toList(),
            raw.timeline()::runsFrom,
            seen.reasonSignals()));
  }

  /** The figures that know the reasons. */
  static Production production(
      Machine machine, Production raw, Reading.Seen seen, Reasons reasons) {
    List<Reasoned> reasoned = reasons.reasoned();
    return reasoned.isEmpty()
        ? raw
        : Production.of(machine.rules(), seen.inputs().because(reasoned));
  }

  /** The stops of a span, each with its reasons. */
  static List<Standstill> stops(Reasons reasons, Production raw, Span span) {
    List<ReasonedStop> now = reasons.stops();
    List<ReasonedStop> then = reasons.stopsAsOf(Standstill.IN_TIME);
    Map<Span, Integer> places = new HashMap<>();
    for (int i = 0; i < now.size(); i++) {
      places.put(now.get(i).span(), i);
    }
    List<Standstill> stops = new ArrayList<>();
    for (Stop stop : raw.stops(span)) {
      int place = Objects.requireNonNull(places.get(stop.whole()));
      stops.add(new Standstill(stop, now.get(place), then.get(place)));
    }
    return stops;
  }
}
