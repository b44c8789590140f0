package fr.vigie.server.web;

import fr.vigie.improvement.Action;
import fr.vigie.server.improvement.Improvements;
import fr.vigie.server.improvement.Outcome;
import fr.vigie.server.plant.ActionBook;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.plant.Plant;
import fr.vigie.server.plant.Registered;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/actions")
@Tag(name = "actions")
final class ActionApi {
  private final ActionBook book;
  private final Plant plant;
  private final Improvements improvements;
  private final TreeBody body;
  private final MessageSource messages;

  ActionApi(
      ActionBook book,
      Plant plant,
      Improvements improvements,
      TreeBody body,
      MessageSource messages) {
    this.book = book;
    this.plant = plant;
    this.improvements = improvements;
    this.body = body;
    this.messages = messages;
  }

  @GetMapping
  @Operation(summary = "Actions, the newest first; of one machine, or of all")
  List<ActionView> list(@RequestParam("machine") Optional<String> machine) {
    return book.list(machine).stream().map(ActionView::of).toList();
  }

  @PostMapping
  @Operation(
      summary = "Registers an action, for ever, at the server's time",
      description = "Every mistake is told at once, each with key, found and wanted.")
  @TreeBody.Documented
  ResponseEntity<ActionView> register(HttpServletRequest request) throws IOException {
    Registered registered = book.register(body.read(request));
    return ResponseEntity.created(URI.create("/api/v1/actions/" + registered.id()))
        .body(ActionView.of(registered));
  }

  @GetMapping("/{id}")
  @Operation(summary = "An action as it was registered")
  ActionView action(@PathVariable("id") String id) {
    return ActionView.of(find(id));
  }

  @GetMapping("/{id}/evaluation")
  @Operation(summary = "What an action brought, or why that cannot be told")
  EvaluationView evaluation(@PathVariable("id") String id, Locale locale) throws IOException {
    Registered registered = find(id);
    Action action = registered.action();
    Machine machine = machine(action.machine());
    Optional<Machine> control = action.control().map(this::machine);
    List<Outcome> outcomes = improvements.evaluate(registered, machine, control);
    return EvaluationView.of(registered, outcomes, messages, locale);
  }

  private Registered find(String id) {
    return Optional.of(id)
        .filter(text -> text.matches("[0-9]{1,18}"))
        .flatMap(text -> book.find(Long.parseLong(text)))
        .orElseThrow(() -> Problem.absent("problem.action", Question.shortened(id)));
  }

  private Machine machine(String name) {
    return plant.machine(name).orElseThrow(() -> Problem.absent("problem.machine", name));
  }
}
