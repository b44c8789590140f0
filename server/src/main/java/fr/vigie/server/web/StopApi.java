package fr.vigie.server.web;

import fr.vigie.production.Figures;
import fr.vigie.reason.Capture;
import fr.vigie.server.diagnosis.Diagnosis;
import fr.vigie.server.diagnosis.Reckoning;
import fr.vigie.server.diagnosis.Standstill;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.plant.Plant;
import fr.vigie.time.Span;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** When machines stood, and why. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "machines")
final class StopApi {
  private final Plant plant;
  private final Diagnosis diagnosis;
  private final InstantSource clock;

  StopApi(Plant plant, Diagnosis diagnosis, InstantSource clock) {
    this.plant = plant;
    this.diagnosis = diagnosis;
    this.clock = clock;
  }

  /** Of how many stops the whole reason came in time; a stop that is open may still get its own. */
  record CaptureView(long withinHours, long byHand, long automatic, long late, long open) {
    static CaptureView of(Capture capture) {
      return new CaptureView(
          Standstill.IN_TIME.toHours(),
          capture.byHand(),
          capture.automatic(),
          capture.late(),
          capture.open());
    }
  }

  record StopsView(
      String machine,
      Instant from,
      Instant to,
      CoverageView coverage,
      CaptureView reasons,
      List<StopView> stops,
      List<StopView> microStops) {}

  @GetMapping("/machines/{machine}/stops")
  @Operation(
      summary = "Stops in time that the calendar requires, with their reasons, and micro-stops",
      description = "Labels are in the reader's language, codes are for ever.")
  StopsView stops(
      @PathVariable("machine") String name,
      @RequestParam("from") Optional<String> from,
      @RequestParam("to") Optional<String> to,
      Locale locale)
      throws IOException {
    Machine machine = find(name);
    Span span = Question.span(from, to, diagnosis.current(machine));
    return stops(machine, diagnosis.reckon(machine, span), stop -> true, locale);
  }

  @GetMapping("/machines/{machine}/stops/waiting")
  @Operation(summary = "Stops that wait for a reason, by default of the last 24 hours")
  StopsView waiting(
      @PathVariable("machine") String name,
      @RequestParam("from") Optional<String> from,
      @RequestParam("to") Optional<String> to,
      Locale locale)
      throws IOException {
    Machine machine = find(name);
    Instant now = clock.instant();
    Span lately = new Span(now.minus(Standstill.IN_TIME), now);
    Reckoning reckoning = diagnosis.reckon(machine, Question.span(from, to, lately));
    return stops(
        machine, reckoning, stop -> stop.reasons().waits(machine.rules().microStop()), locale);
  }

  private StopsView stops(
      Machine machine, Reckoning reckoning, Predicate<Standstill> wanted, Locale locale) {
    Figures figures = reckoning.figures();
    return new StopsView(
        machine.name(),
        figures.span().start(),
        figures.span().end(),
        CoverageView.of(reckoning.coverage()),
        CaptureView.of(reckoning.capture(machine, clock.instant())),
        reckoning.stops().stream()
            .filter(wanted)
            .map(stop -> StopView.of(stop, machine, locale))
            .toList(),
        figures.microStops().stream().map(StopView::micro).toList());
  }

  private Machine find(String name) {
    return plant
        .machine(name)
        .orElseThrow(() -> Problem.absent("problem.machine", Question.shortened(name)));
  }
}
