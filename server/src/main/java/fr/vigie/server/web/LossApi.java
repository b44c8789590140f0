package fr.vigie.server.web;

import fr.vigie.server.plant.Plant;
import fr.vigie.server.store.Store;
import fr.vigie.time.Span;
import fr.vigie.wire.Loss;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/losses")
@Tag(name = "losses")
final class LossApi {
  static final int MOST = 10_000;

  private final Store store;
  private final Plant plant;
  private final InstantSource clock;

  LossApi(Store store, Plant plant, InstantSource clock) {
    this.store = store;
    this.plant = plant;
    this.clock = clock;
  }

  /**
   * @param count readings; null when nobody knows
   */
  record LossView(
      String site,
      String agent,
      String source,
      Instant from,
      Instant to,
      @Nullable Long count,
      String reason) {
    static LossView of(Store.DeclaredLoss declared) {
      Loss loss = declared.loss();
      return new LossView(
          declared.source().site(),
          declared.source().agent(),
          loss.source(),
          loss.when().start(),
          loss.when().end(),
          loss.known().isPresent() ? loss.count() : null,
          name(loss.reason()));
    }
  }

  /**
   * @param declared how many declarations
   * @param readings how many readings those that know it lost
   * @param unknown how many of the declarations do not know it
   */
  record TotalView(String agent, String reason, long declared, long readings, long unknown) {}

  /**
   * @param ever of all time, whatever was forgotten since
   * @param matching how many of the span and the question there are, this page and others
   * @param next what to skip for the next page; null when this is the last
   */
  record LossesView(
      Instant from,
      Instant to,
      List<TotalView> ever,
      int matching,
      List<LossView> losses,
      @Nullable Integer next) {}

  @GetMapping
  @Operation(
      summary = "What was declared lost, by default over the last day, and all of it in numbers",
      description =
          "In order of their start; at most limit of them, 1,000 unless said, 10,000 at most.")
  LossesView losses(
      @RequestParam("from") Optional<String> from,
      @RequestParam("to") Optional<String> to,
      @RequestParam("agent") Optional<String> agent,
      @RequestParam("reason") Optional<String> reason,
      @RequestParam(name = "skip", defaultValue = "0") int skip,
      @RequestParam(name = "limit", defaultValue = "1000") int limit)
      throws IOException {
    if (limit < 1 || limit > MOST || skip < 0) {
      throw Problem.wrong("problem.limit", MOST);
    }
    Optional<Loss.Reason> wanted = reason.map(LossApi::reason);
    Instant now = clock.instant();
    Span span = Question.span(from, to, new Span(now.minus(Duration.ofDays(1)), now));
    List<Store.DeclaredLoss> found =
        store.losses(plant.site(), span).stream()
            .filter(it -> agent.isEmpty() || agent.get().equals(it.source().agent()))
            .filter(it -> wanted.isEmpty() || wanted.get() == it.loss().reason())
            .toList();
    boolean more = found.size() - limit > skip;
    return new LossesView(
        span.start(),
        span.end(),
        totals(agent, wanted),
        found.size(),
        found.stream().skip(skip).limit(limit).map(LossView::of).toList(),
        more ? skip + limit : null);
  }

  private List<TotalView> totals(Optional<String> agent, Optional<Loss.Reason> reason)
      throws IOException {
    return store.lossTotals(plant.site()).stream()
        .filter(it -> agent.isEmpty() || agent.get().equals(it.source().agent()))
        .filter(it -> reason.isEmpty() || reason.get() == it.reason())
        .map(
            it ->
                new TotalView(
                    it.source().agent(),
                    name(it.reason()),
                    it.declared(),
                    it.readings(),
                    it.unknown()))
        .toList();
  }

  private static Loss.Reason reason(String text) {
    return Arrays.stream(Loss.Reason.values())
        .filter(reason -> name(reason).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                Problem.wrong(
                    "problem.reason",
                    Question.shortened(text),
                    Arrays.stream(Loss.Reason.values())
                        .map(LossApi::name)
                        .collect(Collectors.joining(", "))));
  }

  private static String name(Loss.Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
