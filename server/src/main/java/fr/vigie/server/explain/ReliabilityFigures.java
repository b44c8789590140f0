package fr.vigie.server.explain;

import static fr.vigie.server.explain.Entry.bound;
import static fr.vigie.server.explain.Entry.measured;
import static fr.vigie.server.explain.Entry.quotient;
import static fr.vigie.server.explain.Entry.set;
import static fr.vigie.server.explain.Entry.sum;
import static fr.vigie.server.explain.Evidence.CONVENTION;
import static fr.vigie.server.explain.Evidence.ENTRIES;
import static fr.vigie.server.explain.Evidence.STOPS;

import fr.vigie.loss.Reliability;
import fr.vigie.production.Convention;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** How often a machine fails and how long it takes to run again. */
final class ReliabilityFigures {
  private ReliabilityFigures() {}

  /** As the convention of the site divides which time by what. */
  static List<Entry> of(Convention convention) {
    boolean iso = convention.mtbf() == Convention.Mtbf.ISO22400;
    boolean calendar = convention.base() == Convention.Base.CALENDAR;
    String time = calendar ? "tT" : iso ? "AUPT" : "tF";
    return List.of(
        quotient("mtbf", time, iso ? "failures-and-one" : "failures", mean(Reliability::mtbf))
            .from(iso ? IsoFigures.ISO : ""),
        quotient("mtbf-at-least", time, "failures-at-most", mean(Reliability::mtbfAtLeast))
            .written("2 T / χ²(95 %, 2 N + 2)"),
        measured("failures", found -> Amount.count(found.reliability().failures()), STOPS, ENTRIES),
        sum(
            "failures-and-one",
            List.of("failures", "one"),
            found -> Amount.count(found.reliability().failures() + 1)),
        set("one", found -> Amount.count(1), CONVENTION),
        bound(
                "failures-at-most",
                "failures",
                found -> Amount.count(found.reliability().failuresAtMost()))
            .written("χ²(95 %, 2 N + 2) / 2"),
        quotient("mttr", "repair-time", "repairs", found -> Amount.of(found.reliability().mttr())),
        measured("repair-time", found -> Amount.of(found.reliability().repair()), STOPS, ENTRIES),
        measured("repairs", found -> Amount.count(found.reliability().repairs()), STOPS, ENTRIES),
        quotient(
                "inherent-availability",
                "mtbf",
                "mtbf-mttr",
                found -> Amount.of(found.reliability().inherentAvailability(of(found))))
            .written("MTBF / (MTBF + MTTR)"),
        sum("mtbf-mttr", List.of("mtbf", "mttr"), mean(ReliabilityFigures::both)),
        quotient(
            "explained",
            "explained-stops",
            "stop-pieces",
            found -> Amount.of(found.reliability().explained())),
        measured(
            "explained-stops",
            found -> Amount.count(found.reliability().explained().numerator()),
            STOPS,
            ENTRIES),
        measured(
            "stop-pieces",
            found -> Amount.count(found.reliability().explained().denominator()),
            STOPS,
            ENTRIES));
  }

  private static Optional<Duration> both(Reliability reliability, Convention convention) {
    return reliability.mtbf(convention).flatMap(mtbf -> reliability.mttr().map(mtbf::plus));
  }

  private static Value mean(BiFunction<Reliability, Convention, Optional<Duration>> mean) {
    return found -> Amount.of(mean.apply(found.reliability(), of(found)));
  }

  private static Convention of(Found found) {
    return found.figures().times().convention();
  }
}
