package fr.vigie.server.web;

import fr.vigie.server.diagnosis.Diagnosis;
import fr.vigie.server.diagnosis.Reckoning;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.plant.Plant;
import fr.vigie.server.store.Series;
import fr.vigie.server.store.Store;
import fr.vigie.time.Span;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/machines/{machine}/coverage")
@Tag(name = "machines")
final class CoverageApi {
  private final Plant plant;
  private final Diagnosis diagnosis;
  private final Store store;

  CoverageApi(Plant plant, Diagnosis diagnosis, Store store) {
    this.plant = plant;
    this.diagnosis = diagnosis;
    this.store = store;
  }

  record SignalCoverageView(String signal, CoverageView coverage) {}

  /**
   * @param required observed over required time, as beside the figures
   * @param coverage of all of the span, required or not, as the figures take it
   */
  record MachineCoverageView(
      String machine,
      FiguresView.Coverage required,
      CoverageView coverage,
      List<SignalCoverageView> signals) {}

  @GetMapping
  @Operation(
      summary = "How much of a span was seen, and why not all, of a machine and of each signal",
      description = "By default the span of the figures: the shift that is on, up to now.")
  MachineCoverageView coverage(
      @PathVariable("machine") String name,
      @RequestParam("from") Optional<String> from,
      @RequestParam("to") Optional<String> to)
      throws IOException {
    Machine machine =
        plant
            .machine(name)
            .orElseThrow(() -> Problem.absent("problem.machine", Question.shortened(name)));
    Span span = Question.span(from, to, diagnosis.current(machine));
    List<SignalCoverageView> signals = new ArrayList<>();
    for (Series series : series(machine)) {
      signals.add(
          new SignalCoverageView(
              series.signal(), CoverageView.of(diagnosis.coverage(series, span))));
    }
    Reckoning reckoning = diagnosis.reckon(machine, span);
    return new MachineCoverageView(
        name,
        FiguresView.Coverage.of(reckoning.figures().timeTree(), reckoning.coverage()),
        CoverageView.of(reckoning.coverage()),
        signals);
  }

  private List<Series> series(Machine machine) throws IOException {
    return store.series().stream()
        .filter(series -> series.site().equals(machine.site()))
        .filter(series -> series.machine().equals(machine.name()))
        .sorted(Comparator.comparing(Series::signal))
        .toList();
  }
}
