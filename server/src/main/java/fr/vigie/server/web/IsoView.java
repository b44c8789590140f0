package fr.vigie.server.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import fr.vigie.loss.Iso22400;
import fr.vigie.production.Figures;
import fr.vigie.production.Output;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Indicators of ISO 22400-2, times in seconds.
 *
 * @param nee 1 for 100 %; null when it is not defined or the TRS is refused
 * @param throughputPerHour parts an hour of order time; null without orders
 */
record IsoView(
    @JsonProperty("PBT") double busy,
    @JsonProperty("APT") double production,
    @JsonProperty("AUST") double setup,
    @JsonProperty("ADET") double delay,
    @JsonProperty("AOET") double order,
    @JsonProperty("PQ") long produced,
    @JsonProperty("GQ") long good,
    @JsonProperty("SQ") long scrap,
    @JsonProperty("RQ") long rework,
    RateView availability,
    RateView effectiveness,
    RateView qualityRatio,
    RateView oee,
    @Nullable Double nee,
    RateView teep,
    RateView technicalEfficiency,
    RateView setupRate,
    RateView scrapRatio,
    RateView reworkRatio,
    @Nullable Double throughputPerHour) {

  static IsoView of(Figures figures) {
    Iso22400 iso = Iso22400.of(figures);
    Output output = iso.output();
    boolean refused = figures.refusal().isPresent();
    String[] tooLong =
        iso.effectiveness().isOverReference() ? new String[] {"over-100"} : new String[0];
    return new IsoView(
        RateView.seconds(iso.time().busy()),
        RateView.seconds(iso.time().production()),
        RateView.seconds(iso.time().setup()),
        RateView.seconds(iso.time().delay()),
        RateView.seconds(iso.time().order()),
        output.parts(),
        output.good(),
        output.rejects().lost(),
        output.rejects().rework(),
        RateView.of(iso.availability(), false),
        RateView.of(iso.effectiveness(), false, tooLong),
        RateView.of(iso.qualityRatio(), false),
        RateView.of(iso.oee(), refused),
        refused ? null : number(iso.nee()),
        RateView.of(iso.teep(), refused),
        RateView.of(iso.technicalEfficiency(), false),
        RateView.of(iso.setupRate(), false),
        RateView.of(iso.scrapRatio(), false),
        RateView.of(iso.reworkRatio(), false),
        number(iso.throughputPerHour()));
  }

  private static @Nullable Double number(OptionalDouble number) {
    return number.isPresent() ? number.getAsDouble() : null;
  }
}
