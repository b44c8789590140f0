package fr.vigie.server.maturity;

import static fr.vigie.server.maturity.MachineIndicators.source;

import fr.vigie.loss.Losses;
import fr.vigie.maturity.Finding;
import fr.vigie.maturity.Indicator;
import fr.vigie.production.Figures;
import fr.vigie.production.StopPiece;
import fr.vigie.reason.Capture;
import fr.vigie.server.diagnosis.Days;
import fr.vigie.server.diagnosis.Diagnosis;
import fr.vigie.server.improvement.Improvements;
import fr.vigie.server.improvement.Outcome;
import fr.vigie.server.plant.ActionBook;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.plant.Plant;
import fr.vigie.server.plant.Registered;
import fr.vigie.time.Span;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What people do with what machines tell: reasons, causes of losses, actions that are measured. */
@Configuration(proxyBeanMethods = false)
class PeopleIndicators {
  private final Plant plant;
  private final Diagnosis diagnosis;
  private final ActionBook actions;
  private final Improvements improvements;
  private final InstantSource clock;

  PeopleIndicators(
      Plant plant,
      Diagnosis diagnosis,
      ActionBook actions,
      Improvements improvements,
      InstantSource clock) {
    this.plant = plant;
    this.diagnosis = diagnosis;
    this.actions = actions;
    this.improvements = improvements;
    this.clock = clock;
  }

  @Bean
  IndicatorSource reasonCapture() {
    return source(Indicator.M5, this::captured);
  }

  @Bean
  IndicatorSource lossesExplained() {
    return source(Indicator.M6, this::explained);
  }

  @Bean
  IndicatorSource closedLoop() {
    return source(Indicator.M10, this::evaluated);
  }

  /** A stop that crosses midnight counts in each of its days. */
  private Finding captured(Span span) throws IOException {
    Capture all = Capture.NOTHING;
    for (Machine machine : plant.machines()) {
      for (Span day : Days.of(span, plant.calendar().zone())) {
        all = all.plus(diagnosis.reckon(machine, day).capture(machine, clock.instant()));
      }
    }
    return new Finding.Measured(
        all.byHand() + (double) all.automatic(),
        all.decided(),
        "stops",
        List.of(
            new Finding.Detail("by-hand", all.byHand(), "stops"),
            new Finding.Detail("automatic", all.automatic(), "stops")),
        evidence("stops", span));
  }

  /** Known are stops with a reason and parts that were not good; a slow cycle has no cause yet. */
  private Finding explained(Span span) throws IOException {
    Duration lost = Duration.ZERO;
    Duration known = Duration.ZERO;
    for (Machine machine : plant.machines()) {
      for (Figures day : Days.figures(diagnosis, machine, span, plant.calendar().zone())) {
        Optional<Duration> useful = day.timeTree().tU();
        Optional<Losses.OutputLosses> output = Losses.of(day).output();
        if (useful.isPresent() && output.isPresent()) {
          lost = lost.plus(day.timeTree().tR()).minus(useful.get());
          known = known.plus(output.get().defects()).plus(output.get().startUp());
          known = known.plus(reasoned(day));
        }
      }
    }
    return new Finding.Measured(
        known.toMillis() / 1e3,
        Math.max(0, lost.toMillis() / 1e3),
        "s",
        List.of(),
        evidence("losses", span));
  }

  private static Duration reasoned(Figures day) {
    return day.stillness().pieces().stream()
        .filter(piece -> piece.reason().isPresent())
        .map(StopPiece::length)
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** Of the actions whose time after is over by the end of the span; the others may yet be. */
  private Finding evaluated(Span span) throws IOException {
    int over = 0;
    int evaluated = 0;
    for (Registered registered : actions.list(Optional.empty())) {
      Optional<Machine> machine = plant.machine(registered.action().machine());
      if (machine.isPresent() && !registered.action().course().after().end().isAfter(span.end())) {
        over++;
        Optional<Machine> control = registered.action().control().flatMap(plant::machine);
        List<Outcome> outcomes = improvements.evaluate(registered, machine.get(), control);
        boolean told = outcomes.stream().anyMatch(it -> it.answer().verdict().isPresent());
        evaluated += told ? 1 : 0;
      }
    }
    return new Finding.Measured(evaluated, over, "actions", List.of(), List.of("/api/v1/actions"));
  }

  private List<String> evidence(String of, Span span) {
    return plant.machines().stream()
        .map(
            machine ->
                "/api/v1/machines/%s/%s?from=%s&to=%s"
                    .formatted(machine.name(), of, span.start(), span.end()))
        .toList();
  }
}
