package fr.vigie.server.web;

import fr.vigie.production.Figures;
import fr.vigie.server.diagnosis.Diagnosis;
import fr.vigie.server.diagnosis.Reckoning;
import fr.vigie.server.diagnosis.Snapshot;
import fr.vigie.server.live.LiveBoard;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.plant.Plant;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "machines")
final class MachineApi {
  private final Plant plant;
  private final Diagnosis diagnosis;
  private final LiveBoard board;
  private final TreeBody body;
  private final MessageSource messages;

  MachineApi(
      Plant plant, Diagnosis diagnosis, LiveBoard board, TreeBody body, MessageSource messages) {
    this.plant = plant;
    this.diagnosis = diagnosis;
    this.board = board;
    this.body = body;
    this.messages = messages;
  }

  /**
   * @param live null when its samples cannot be read now
   */
  record MachineView(
      String machine, String label, String line, String site, @Nullable LiveView live) {}

  record PeriodView(Instant start, Instant end, double seconds, String state) {}

  record TimelineView(
      String machine, Instant from, Instant to, CoverageView coverage, List<PeriodView> periods) {}

  @GetMapping("/machines")
  @Operation(summary = "All machines, each as it is now")
  List<MachineView> machines() {
    return plant.machines().stream()
        .map(
            machine ->
                new MachineView(
                    machine.name(),
                    machine.label(),
                    machine.line(),
                    machine.site(),
                    board.of(machine).map(LiveView::of).orElse(null)))
        .toList();
  }

  @GetMapping("/machines/{machine}")
  @Operation(summary = "The description of a machine, as it was put")
  Map<String, Object> machine(@PathVariable("machine") String name) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("machine", find(name).name());
    plant.tree(name).ifPresent(tree::putAll);
    return tree;
  }

  @GetMapping("/machines/{machine}/live")
  @Operation(summary = "A machine as it is now")
  LiveView live(@PathVariable("machine") String name) throws IOException {
    Machine machine = find(name);
    Optional<Snapshot> known = board.of(machine);
    return LiveView.of(known.isPresent() ? known.get() : diagnosis.now(machine));
  }

  @PutMapping("/machines/{machine}")
  @Operation(
      summary = "Describes a machine",
      description = "Every mistake is told at once, each with key, found and wanted.")
  @TreeBody.Documented
  ResponseEntity<Map<String, Object>> put(
      @PathVariable("machine") String name, HttpServletRequest request) throws IOException {
    boolean fresh = plant.put(name, body.read(request));
    Map<String, Object> tree = machine(name);
    return fresh
        ? ResponseEntity.created(URI.create("/api/v1/machines/" + name)).body(tree)
        : ResponseEntity.ok(tree);
  }

  @DeleteMapping("/machines/{machine}")
  @Operation(summary = "Forgets the description of a machine; its samples stay")
  ResponseEntity<Void> delete(@PathVariable("machine") String name) {
    find(name);
    plant.remove(name);
    return ResponseEntity.noContent().build();
  }

  @GetMapping("/machines/{machine}/figures")
  @Operation(summary = "Figures of a span, by default of the shift that is on, up to now")
  FiguresView figures(
      @PathVariable("machine") String name,
      @RequestParam("from") Optional<String> from,
      @RequestParam("to") Optional<String> to,
      Locale locale)
      throws IOException {
    return FiguresView.of(
        name, reckon(find(name), from, to), key -> messages.getMessage(key, new Object[0], locale));
  }

  @GetMapping("/machines/{machine}/timeline")
  @Operation(summary = "What the machine did, period by period")
  TimelineView timeline(
      @PathVariable("machine") String name,
      @RequestParam("from") Optional<String> from,
      @RequestParam("to") Optional<String> to)
      throws IOException {
    Reckoning reckoning = reckon(find(name), from, to);
    Figures figures = reckoning.figures();
    return new TimelineView(
        name,
        figures.span().start(),
        figures.span().end(),
        CoverageView.of(reckoning.coverage()),
        figures.timeline().periods().stream()
            .map(
                period ->
                    new PeriodView(
                        period.span().start(),
                        period.span().end(),
                        RateView.seconds(period.span().length()),
                        FiguresView.name(period.state())))
            .toList());
  }

  private Reckoning reckon(Machine machine, Optional<String> from, Optional<String> to)
      throws IOException {
    return diagnosis.reckon(machine, Question.span(from, to, diagnosis.current(machine)));
  }

  private Machine find(String name) {
    return plant
        .machine(name)
        .orElseThrow(() -> Problem.absent("problem.machine", Question.shortened(name)));
  }
}
