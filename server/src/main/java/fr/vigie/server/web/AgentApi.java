package fr.vigie.server.web;

import fr.vigie.server.ingest.AgentDirectory;
import fr.vigie.server.ingest.AgentSeen;
import fr.vigie.server.ingest.Alarm;
import fr.vigie.wire.Birth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/agents")
@Tag(name = "agents")
final class AgentApi {
  private final AgentDirectory directory;

  AgentApi(AgentDirectory directory) {
    this.directory = directory;
  }

  /**
   * Counts are since {@code seenSince}.
   *
   * @param epoch as text, for it takes more digits than a number of JavaScript has
   * @param alarm what a person has to put right, such as two agents of one name
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
      @Nullable Alarm alarm) {
    static AgentView of(AgentSeen seen, @Nullable Alarm alarm) {
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
          alarm);
    }
  }

  @GetMapping
  @Operation(summary = "The agents that this server has heard of since its start")
  List<AgentView> agents() {
    return directory.agents().stream()
        .map(seen -> AgentView.of(seen, directory.alarm(seen.source()).orElse(null)))
        .toList();
  }
}
