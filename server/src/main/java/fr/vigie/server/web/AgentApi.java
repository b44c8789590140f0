package fr.vigie.server.web;

import fr.vigie.server.ingest.AgentDirectory;
import fr.vigie.server.ingest.AgentSeen;
import fr.vigie.server.ingest.Alarm;
import fr.vigie.server.ingest.Skew;
import fr.vigie.server.store.Store;
import fr.vigie.wire.Birth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/agents")
@Tag(name = "agents")
final class AgentApi {
  private final AgentDirectory directory;
  private final Store store;

  AgentApi(AgentDirectory directory, Store store) {
    this.directory = directory;
    this.store = store;
  }

  /**
   * Counts are since {@code seenSince}, but for the losses.
   *
   * @param epoch as text, for it takes more digits than a number of JavaScript has
   * @param lossesDeclared how many declarations of losses ever came of it
   * @param alarm what a person has to put right, such as two agents of one name
   * @param skews times of it that are further from the server's than they may be
   */
  record AgentView(
      String site,
      String agent,
      boolean online,
      Instant seenSince,
      @Nullable Instant lastBatch,
      @Nullable String software,
      int signals,
      String epoch,
      long highWater,
      long batches,
      long samples,
      long duplicates,
      long refused,
      @Nullable Alarm alarm,
      List<SkewView> skews,
      long lossesDeclared) {
    static AgentView of(
        AgentSeen seen, @Nullable Alarm alarm, List<Skew> skews, long lossesDeclared) {
      return new AgentView(
          seen.source().site(),
          seen.source().agent(),
          seen.online(),
          seen.seenSince(),
          seen.lastBatch().orElse(null),
          seen.birth().map(Birth::software).orElse(null),
          seen.birth().map(birth -> birth.signals().size()).orElse(0),
          Long.toString(seen.epoch()),
          seen.highWater(),
          seen.batches(),
          seen.samples(),
          seen.duplicates(),
          seen.refused(),
          alarm,
          skews.stream().map(SkewView::of).toList(),
          lossesDeclared);
    }
  }

  /**
   * @param of {@code clock}: the agent's; {@code samples}: dated in the future
   * @param secondsAhead of the server, negative when behind
   */
  record SkewView(String of, double secondsAhead, Instant since) {
    static SkewView of(Skew skew) {
      return new SkewView(
          skew.of().name().toLowerCase(Locale.ROOT), skew.ahead().toMillis() / 1e3, skew.since());
    }
  }

  @GetMapping
  @Operation(summary = "The agents that this server has heard of since its start")
  List<AgentView> agents() throws IOException {
    List<AgentView> views = new ArrayList<>();
    for (AgentSeen seen : directory.agents()) {
      long declared =
          store.lossTotals(seen.source().site()).stream()
              .filter(total -> total.source().equals(seen.source()))
              .mapToLong(Store.LossTotal::declared)
              .sum();
      views.add(
          AgentView.of(
              seen,
              directory.alarm(seen.source()).orElse(null),
              directory.skews(seen.source()),
              declared));
    }
    return views;
  }
}
