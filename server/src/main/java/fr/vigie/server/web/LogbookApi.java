package fr.vigie.server.web;

import fr.vigie.server.diagnosis.Diagnosis;
import fr.vigie.server.plant.Machine;
import fr.vigie.server.plant.Orders;
import fr.vigie.server.plant.Plant;
import fr.vigie.server.plant.Rejected;
import fr.vigie.server.plant.Written;
import fr.vigie.time.Span;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/machines/{machine}")
@Tag(name = "logbook")
final class LogbookApi {
  private final Plant plant;
  private final Diagnosis diagnosis;
  private final Orders orders;
  private final Rejected rejected;
  private final TreeBody body;

  LogbookApi(Plant plant, Diagnosis diagnosis, Orders orders, Rejected rejected, TreeBody body) {
    this.plant = plant;
    this.diagnosis = diagnosis;
    this.orders = orders;
    this.rejected = rejected;
    this.body = body;
  }

  /** Who wrote an entry and when; who took it back and when, null while nobody did. */
  record WrittenView(
      String by, Instant recorded, @Nullable String withdrawnBy, @Nullable Instant withdrawn) {
    static WrittenView of(Written written) {
      Optional<Written.Withdrawn> withdrawn = written.withdrawn();
      return new WrittenView(
          written.by(),
          written.at(),
          withdrawn.map(Written.Withdrawn::by).orElse(null),
          withdrawn.map(Written.Withdrawn::at).orElse(null));
    }
  }

  /**
   * @param end null: until the next order starts
   */
  record OrderView(
      long id,
      String product,
      String reference,
      Instant start,
      @Nullable Instant end,
      WrittenView written) {
    static OrderView of(Orders.Entry entry) {
      return new OrderView(
          entry.written().id(),
          entry.order().product(),
          entry.reference(),
          entry.order().start(),
          entry.order().end().orElse(null),
          WrittenView.of(entry.written()));
    }
  }

  /**
   * @param at when the parts were made
   */
  record DeclarationView(
      long id, String kind, long parts, Instant at, String note, WrittenView written) {
    static DeclarationView of(Rejected.Entry entry) {
      return new DeclarationView(
          entry.written().id(),
          Rejected.word(entry.declaration().kind()),
          entry.declaration().parts(),
          entry.declaration().at(),
          entry.note(),
          WrittenView.of(entry.written()));
    }
  }

  @GetMapping("/orders")
  @Operation(summary = "Which product the machine was to make when, those withdrawn included")
  List<OrderView> orders(
      @PathVariable("machine") String name,
      @RequestParam("from") Optional<String> from,
      @RequestParam("to") Optional<String> to) {
    Machine machine = find(name);
    return orders.entries(name, span(machine, from, to)).stream().map(OrderView::of).toList();
  }

  @PostMapping("/orders")
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(summary = "Writes an order: product, by, and if need be start, end, reference")
  @TreeBody.Documented
  OrderView order(@PathVariable("machine") String name, HttpServletRequest request)
      throws IOException {
    return OrderView.of(orders.add(find(name), body.read(request)));
  }

  @PostMapping("/orders/{id}/withdrawal")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Takes an order back; it stays in the list")
  @TreeBody.Documented
  void withdrawOrder(
      @PathVariable("machine") String name, @PathVariable("id") long id, HttpServletRequest request)
      throws IOException {
    found(orders.withdraw(find(name).name(), id, body.read(request)), id);
  }

  @GetMapping("/declarations")
  @Operation(summary = "Scrap and rework that people declared, by when the parts were made")
  List<DeclarationView> declarations(
      @PathVariable("machine") String name,
      @RequestParam("from") Optional<String> from,
      @RequestParam("to") Optional<String> to) {
    Machine machine = find(name);
    return rejected.entries(name, span(machine, from, to)).stream()
        .map(DeclarationView::of)
        .toList();
  }

  @PostMapping("/declarations")
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary =
          "Declares scrap, start-up scrap or rework: kind, parts, by, and if need be at, note")
  @TreeBody.Documented
  DeclarationView declaration(@PathVariable("machine") String name, HttpServletRequest request)
      throws IOException {
    return DeclarationView.of(rejected.add(find(name), body.read(request)));
  }

  @PostMapping("/declarations/{id}/withdrawal")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Takes a declaration back; it stays in the list")
  @TreeBody.Documented
  void withdrawDeclaration(
      @PathVariable("machine") String name, @PathVariable("id") long id, HttpServletRequest request)
      throws IOException {
    found(rejected.withdraw(find(name).name(), id, body.read(request)), id);
  }

  private Span span(Machine machine, Optional<String> from, Optional<String> to) {
    return Question.span(from, to, diagnosis.current(machine));
  }

  private static void found(boolean found, long id) {
    if (!found) {
      throw Problem.absent("problem.entry", Long.toString(id));
    }
  }

  private Machine find(String name) {
    return plant
        .machine(name)
        .orElseThrow(() -> Problem.absent("problem.machine", Question.shortened(name)));
  }
}
