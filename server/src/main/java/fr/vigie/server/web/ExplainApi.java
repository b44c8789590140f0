package fr.vigie.server.web;

import fr.vigie.server.diagnosis.Diagnosis;
import fr.vigie.server.explain.Explainer;
import fr.vigie.server.explain.Need;
import fr.vigie.server.explain.Opened;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.plant.Plant;
import fr.vigie.time.Span;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/explain")
@Tag(name = "explain")
final class ExplainApi {
  private final Plant plant;
  private final Diagnosis diagnosis;
  private final Explainer explainer;

  ExplainApi(Plant plant, Diagnosis diagnosis, Explainer explainer) {
    this.plant = plant;
    this.diagnosis = diagnosis;
    this.explainer = explainer;
  }

  /**
   * @param description which version of the machine's description it was made with
   * @param trsRefused why the TRS is not to be shown as a result, null when it is
   * @param opened the figure and what it was made of
   * @param losses where to look at what was declared lost meanwhile
   */
  record ExplanationView(
      String machine,
      Instant from,
      Instant to,
      long description,
      @Nullable String trsRefused,
      Opened opened,
      CoverageView coverage,
      String losses) {}

  @GetMapping
  @Operation(summary = "Every figure that can be opened")
  List<Explainer.Openable> figures(Locale language) {
    return explainer.figures(language);
  }

  @GetMapping("/{machine}")
  @Operation(summary = "Every figure of a machine that can be opened")
  List<Explainer.Openable> figures(@PathVariable("machine") String name, Locale language) {
    return explainer.figures(EnergyApi.machine(plant, name), language);
  }

  @GetMapping("/{machine}/{figure}")
  @Operation(
      summary = "What a figure was made of, down to samples, shifts and settings",
      description = "Of the shift that is on, up to now, unless a span is given.")
  ExplanationView explain(
      @PathVariable("machine") String name,
      @PathVariable("figure") String figure,
      @RequestParam("from") Optional<String> from,
      @RequestParam("to") Optional<String> to,
      Locale language)
      throws IOException {
    Machine machine = EnergyApi.machine(plant, name);
    Optional<Need> lacking = explainer.lacks(machine, figure);
    if (lacking.isPresent()) {
      throw Problem.absent("problem." + LossesView.word(lacking.get()), name);
    }
    Span span = Question.span(from, to, diagnosis.current(machine));
    Explainer.Explanation found =
        explainer
            .explain(machine, span, figure, language)
            .orElseThrow(() -> Problem.absent("problem.figure", Question.shortened(figure)));
    Span answered = found.reckoning().figures().span();
    return new ExplanationView(
        name,
        answered.start(),
        answered.end(),
        machine.version(),
        FiguresView.refused(found.reckoning().figures()).orElse(null),
        found.opened(),
        CoverageView.of(found.coverage()),
        "/api/v1/losses?from=" + answered.start() + "&to=" + answered.end());
  }
}
