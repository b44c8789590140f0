package fr.vigie.server.web;

import fr.vigie.energy.PerPart;
import fr.vigie.server.diagnosis.Diagnosis;
import fr.vigie.server.diagnosis.EnergyDiagnosis;
import fr.vigie.server.diagnosis.EnergyDiagnosis.OrderEnergy;
import fr.vigie.server.plant.Instruments.Meter;
import fr.vigie.server.plant.Instruments.Price;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.plant.Plant;
import fr.vigie.time.Span;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/machines/{machine}/energy")
@Tag(name = "energy")
final class EnergyApi {
  private final Plant plant;
  private final Diagnosis diagnosis;
  private final EnergyDiagnosis energies;

  EnergyApi(Plant plant, Diagnosis diagnosis, EnergyDiagnosis energies) {
    this.plant = plant;
    this.diagnosis = diagnosis;
    this.energies = energies;
  }

  @GetMapping
  @Operation(
      summary = "What a machine used: by state, per good part, in closed time, at its peak",
      description = "By default the span of the figures: the shift that is on, up to now.")
  EnergyView energy(
      @PathVariable("machine") String name,
      @RequestParam("from") Optional<String> from,
      @RequestParam("to") Optional<String> to)
      throws IOException {
    Machine machine = machine(plant, name);
    Meter meter = meter(machine);
    Span span = Question.span(from, to, diagnosis.current(machine));
    return EnergyView.of(name, meter, energies.energy(machine, meter, span));
  }

  /**
   * @param to the end of the order, of the span, or the start of the next order
   */
  record OrderView(
      long id,
      String product,
      String reference,
      Instant from,
      Instant to,
      EnergyView.AmountView energy,
      EnergyView.PerPartView perGoodPart) {
    static OrderView of(OrderEnergy order, Optional<Price> price) {
      PerPart energy = order.energy();
      return new OrderView(
          order.entry().written().id(),
          order.entry().order().product(),
          order.entry().reference(),
          order.span().start(),
          order.span().end(),
          EnergyView.AmountView.of(energy.energy(), price),
          EnergyView.PerPartView.of(energy));
    }
  }

  @GetMapping("/orders")
  @Operation(summary = "What each order used, and per good part")
  List<OrderView> orders(
      @PathVariable("machine") String name,
      @RequestParam("from") Optional<String> from,
      @RequestParam("to") Optional<String> to)
      throws IOException {
    Machine machine = machine(plant, name);
    Meter meter = meter(machine);
    Span span = Question.span(from, to, diagnosis.current(machine));
    return energies.byOrder(machine, meter, span).stream()
        .map(order -> OrderView.of(order, meter.price()))
        .toList();
  }

  static Machine machine(Plant plant, String name) {
    return plant
        .machine(name)
        .orElseThrow(() -> Problem.absent("problem.machine", Question.shortened(name)));
  }

  static Meter meter(Machine machine) {
    return machine
        .instruments()
        .meter()
        .orElseThrow(() -> Problem.absent("problem.meter", machine.name()));
  }
}
