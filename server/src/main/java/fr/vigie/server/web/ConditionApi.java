package fr.vigie.server.web;

import fr.vigie.server.diagnosis.ConditionDiagnosis;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.plant.Plant;
import fr.vigie.time.Span;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/machines/{machine}/condition")
@Tag(name = "condition")
final class ConditionApi {
  private static final Duration USUAL = Duration.ofDays(30);

  private final Plant plant;
  private final ConditionDiagnosis conditions;
  private final InstantSource clock;

  ConditionApi(Plant plant, ConditionDiagnosis conditions, InstantSource clock) {
    this.plant = plant;
    this.conditions = conditions;
    this.clock = clock;
  }

  @GetMapping
  @Operation(
      summary = "Zones, alarms, drift and trends of the signals that tell of a machine's condition",
      description = "By default over the last thirty days.")
  ConditionView condition(
      @PathVariable("machine") String name,
      @RequestParam("from") Optional<String> from,
      @RequestParam("to") Optional<String> to)
      throws IOException {
    Machine machine = EnergyApi.machine(plant, name);
    if (machine.instruments().watched().isEmpty()) {
      throw Problem.absent("problem.condition", machine.name());
    }
    Instant now = clock.instant();
    Span span = Question.span(from, to, new Span(now.minus(USUAL), now));
    return ConditionView.of(name, span, conditions.condition(machine, span));
  }
}
