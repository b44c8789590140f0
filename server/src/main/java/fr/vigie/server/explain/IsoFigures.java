package fr.vigie.server.explain;

import static fr.vigie.server.explain.Entry.difference;
import static fr.vigie.server.explain.Entry.measured;
import static fr.vigie.server.explain.Entry.product;
import static fr.vigie.server.explain.Entry.quotient;
import static fr.vigie.server.explain.Entry.sum;
import static fr.vigie.server.explain.Evidence.ENTRIES;
import static fr.vigie.server.explain.Evidence.SCRAP;
import static fr.vigie.server.explain.Evidence.STATE;
import static fr.vigie.server.explain.Evidence.STOPS;

import fr.vigie.loss.Iso22400;
import fr.vigie.production.Output;
import fr.vigie.production.Rate;
import fr.vigie.production.Rejects;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Indicators of ISO 22400-2, and the elements that they have no other name for. */
final class IsoFigures {
  static final String ISO = "ISO 22400-2 (2014)";

  private IsoFigures() {}

  static List<Entry> all() {
    return List.of(
        rate("iso-availability", "APT / PBT", "running", "tR", Iso22400::availability),
        rate("iso-effectiveness", "PRU × PQ / APT", "tN", "running", Iso22400::effectiveness),
        rate("iso-quality-ratio", "GQ / PQ", "NPB", "NPR", Iso22400::qualityRatio),
        rate("iso-oee", "availability × effectiveness × quality", "tU", "tR", Iso22400::oee),
        rate("iso-teep", "OEE × PBT / calendar", "tU", "tT", Iso22400::teep),
        product("iso-nee", "iso-worked", "iso-yield", found -> Amount.ratio(found.iso().nee()))
            .from(ISO)
            .written("AUPT / PBT × effectiveness × quality"),
        rate(
            "iso-worked",
            "AUPT / PBT",
            "AUPT",
            "tR",
            iso -> Rate.of(iso.time().processing(), iso.time().busy())),
        rate("iso-yield", "effectiveness × quality", "tU", "running", IsoFigures::yield),
        rate(
            "iso-technical-efficiency",
            "APT / (APT + ADET)",
            "running",
            "APT-ADET",
            Iso22400::technicalEfficiency),
        rate("iso-setup-rate", "AUST / AUPT", "AUST", "AUPT", Iso22400::setupRate),
        rate("iso-scrap-ratio", "SQ / PQ", "SQ", "NPR", Iso22400::scrapRatio),
        rate("iso-rework-ratio", "RQ / PQ", "RQ", "NPR", Iso22400::reworkRatio),
        quotient(
                "iso-throughput",
                "NPR",
                "AOET",
                found -> Amount.partsAnHour(found.iso().throughputPerHour()))
            .from(ISO)
            .written("PQ / AOET"),
        sum("AUPT", List.of("running", "AUST"), time(Iso22400.Time::processing))
            .from(ISO)
            .written("APT + AUST"),
        measured("AUST", time(Iso22400.Time::setup), STOPS, ENTRIES).from(ISO),
        difference("ADET", List.of("still", "AUST"), time(Iso22400.Time::delay)).from(ISO),
        sum("still", List.of("micro-stops", "stops"), time(iso -> iso.setup().plus(iso.delay()))),
        sum("APT-ADET", List.of("running", "ADET"), time(iso -> iso.production().plus(iso.delay())))
            .from(ISO)
            .written("APT + ADET"),
        measured("AOET", time(Iso22400.Time::order), STATE, ENTRIES).from(ISO),
        measured("SQ", rejects(Rejects::lost), SCRAP, ENTRIES).from(ISO),
        measured("RQ", rejects(Rejects::rework), ENTRIES).from(ISO));
  }

  private static Rate yield(Iso22400 iso) {
    return iso.output().known() == Output.Known.TIMES
        ? Rate.of(iso.output().useful(), iso.time().production())
        : Rate.UNKNOWN;
  }

  private static Entry rate(
      String name, String formula, String over, String under, Function<Iso22400, Rate> rate) {
    return quotient(name, over, under, found -> Amount.of(rate.apply(found.iso())))
        .from(ISO)
        .written(formula);
  }

  private static Value time(Function<Iso22400.Time, Duration> time) {
    return found -> Amount.of(time.apply(found.iso().time()));
  }

  private static Value rejects(Function<Rejects, Long> number) {
    return found ->
        ProductionFigures.counted(found.iso().output(), output -> number.apply(output.rejects()));
  }
}
