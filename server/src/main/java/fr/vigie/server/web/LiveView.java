package fr.vigie.server.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import fr.vigie.production.Figures;
import fr.vigie.production.TimeTree;
import fr.vigie.server.diagnosis.Snapshot;
import java.time.Instant;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A machine as it is now; figures are those of the shift up to {@code at}.
 *
 * @param said the last text or number of the state signal
 * @param lastData time of the newest sample of the signals that figures are made from
 */
record LiveView(
    String machine,
    String label,
    String line,
    String site,
    Instant at,
    String state,
    Instant since,
    @Nullable String said,
    @Nullable Instant lastData,
    @Nullable AgentOf agent,
    @Nullable ShiftOf shift,
    long parts,
    long good,
    long scrap,
    Pace pace,
    FiguresView.Coverage coverage,
    @JsonProperty("DO") RateView availability,
    @JsonProperty("TP") RateView performance,
    @JsonProperty("TQ") RateView quality,
    @JsonProperty("TRS") RateView trs,
    @Nullable String trsRefused) {

  record AgentOf(String name, boolean online, Instant since) {}

  record ShiftOf(String name, Instant from, Instant to) {}

  /**
   * @param speed of the speed signal in its unit, else parts an hour over the last 15 minutes
   * @param measured whether it is that of the speed signal
   */
  record Pace(@Nullable Double speed, boolean measured, @Nullable Double referencePartsPerHour) {}

  static LiveView of(Snapshot snapshot) {
    Snapshot.Doing doing = snapshot.doing();
    Figures figures = snapshot.figures();
    TimeTree tree = figures.timeTree();
    return new LiveView(
        snapshot.machine().name(),
        snapshot.machine().label(),
        snapshot.machine().line(),
        snapshot.machine().site(),
        snapshot.at(),
        FiguresView.name(doing.state()),
        doing.since(),
        doing.said().map(sample -> sample.value().toString()).orElse(null),
        doing.lastSample().orElse(null),
        doing
            .watcher()
            .map(watcher -> new AgentOf(watcher.agent(), watcher.online(), watcher.since()))
            .orElse(null),
        snapshot
            .shift()
            .map(shift -> new ShiftOf(shift.name(), shift.span().start(), shift.span().end()))
            .orElse(null),
        figures.parts(),
        figures.good(),
        figures.scrap(),
        new Pace(
            number(snapshot.pace().speed()),
            snapshot.pace().measured(),
            number(snapshot.pace().referencePerHour())),
        FiguresView.Coverage.of(tree, snapshot.coverage()),
        RateView.of(tree.availability(), false),
        FiguresView.performance(tree),
        RateView.of(tree.quality(), false),
        RateView.of(tree.trs(), figures.refusal().isPresent()),
        FiguresView.refused(figures).orElse(null));
  }

  private static @Nullable Double number(OptionalDouble number) {
    return number.isPresent() ? number.getAsDouble() : null;
  }
}
