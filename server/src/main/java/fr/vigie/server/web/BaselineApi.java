package fr.vigie.server.web;

import fr.vigie.energy.Baseline;
import fr.vigie.energy.Savings;
import fr.vigie.server.diagnosis.EnergyDiagnosis;
import fr.vigie.server.diagnosis.EnergyDiagnosis.Driver;
import fr.vigie.server.diagnosis.EnergyDiagnosis.Observed;
import fr.vigie.server.plant.BaselineTree;
import fr.vigie.server.plant.Baselines;
import fr.vigie.server.plant.Baselines.Kept;
import fr.vigie.server.plant.Instruments.Meter;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.plant.Plant;
import fr.vigie.time.Span;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/machines/{machine}/energy/baselines")
@Tag(name = "energy")
final class BaselineApi {
  private final Plant plant;
  private final EnergyDiagnosis energies;
  private final Baselines baselines;
  private final TreeBody body;
  private final InstantSource clock;

  BaselineApi(
      Plant plant,
      EnergyDiagnosis energies,
      Baselines baselines,
      TreeBody body,
      InstantSource clock) {
    this.plant = plant;
    this.energies = energies;
    this.baselines = baselines;
    this.body = body;
    this.clock = clock;
  }

  @GetMapping
  @Operation(summary = "The energy baselines of a machine, all versions")
  List<BaselineView> all(@PathVariable("machine") String name) {
    return baselines.of(EnergyApi.machine(plant, name).name()).stream()
        .map(kept -> BaselineView.of(kept, null))
        .toList();
  }

  @PostMapping
  @TreeBody.Documented
  @Operation(
      summary = "Freeze a baseline, or the next version of one",
      description =
          "name, from, to, step (day, week, month), drivers (good-parts, parts, running-hours) and"
              + " exclusions with from, to and why.")
  ResponseEntity<BaselineView> freeze(
      @PathVariable("machine") String name, HttpServletRequest request) throws IOException {
    Machine machine = EnergyApi.machine(plant, name);
    Meter meter = EnergyApi.meter(machine);
    BaselineTree.Asked asked =
        BaselineTree.read(
            body.read(request), Arrays.stream(Driver.values()).map(EnergyView::name).toList());
    if (asked.span().length().compareTo(Duration.ofDays(Question.MOST_DAYS)) > 0) {
      throw Problem.wrong("problem.span", Question.MOST_DAYS);
    }
    Observed observed = observe(machine, meter, asked.span(), asked.step(), asked.drivers());
    Instant now = clock.instant();
    Kept kept;
    try {
      kept =
          baselines.freeze(
              name,
              asked.name(),
              asked.step(),
              version ->
                  Baseline.freeze(
                      asked.name(),
                      version,
                      now,
                      asked.drivers(),
                      observed.observations(),
                      asked.exclusions()));
    } catch (Baseline.TooFew few) {
      throw Problem.wrong("problem.baselinefew", few.wanted(), few.found());
    } catch (IllegalArgumentException e) {
      throw Problem.wrong("problem.baselinedrivers");
    }
    URI place = URI.create("/api/v1/machines/" + name + "/energy/baselines");
    return ResponseEntity.created(place).body(BaselineView.of(kept, observed.leftOut()));
  }

  @GetMapping("/{baseline}/savings")
  @Operation(summary = "What was saved against a baseline, and whether it may be claimed")
  SavingsView savings(
      @PathVariable("machine") String name,
      @PathVariable("baseline") String baselineName,
      @RequestParam("version") Optional<Integer> version,
      @RequestParam("from") Optional<String> from,
      @RequestParam("to") Optional<String> to)
      throws IOException {
    Machine machine = EnergyApi.machine(plant, name);
    Meter meter = EnergyApi.meter(machine);
    Kept kept =
        baselines
            .find(name, baselineName, version)
            .orElseThrow(
                () -> Problem.absent("problem.nobaseline", Question.shortened(baselineName)));
    Instant after =
        kept.baseline().observations().get(kept.baseline().observations().size() - 1).span().end();
    Instant now = clock.instant();
    Span span = Question.span(from, to, new Span(after, after.isAfter(now) ? after : now));
    Observed observed = observe(machine, meter, span, kept.step(), kept.baseline().drivers());
    if (observed.observations().isEmpty()) {
      throw Problem.wrong("problem.noperiod", observed.leftOut().size());
    }
    Savings savings = Savings.of(kept.baseline(), observed.observations());
    return SavingsView.of(name, kept.baseline(), savings, meter.price(), observed.leftOut());
  }

  private Observed observe(
      Machine machine, Meter meter, Span span, String step, List<String> drivers)
      throws IOException {
    Period length =
        switch (step) {
          case "week" -> Period.ofWeeks(1);
          case "month" -> Period.ofMonths(1);
          default -> Period.ofDays(1);
        };
    List<Driver> known =
        drivers.stream()
            .map(it -> Driver.valueOf(it.toUpperCase(Locale.ROOT).replace('-', '_')))
            .toList();
    return energies.observe(machine, meter, span, length, known, plant.calendar().zone());
  }
}
