package fr.vigie.server.web;

import fr.vigie.server.alert.Alert;
import fr.vigie.server.alert.Alerts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/alerts")
@Tag(name = "alerts")
final class AlertApi {
  static final int MOST = 10_000;
  private static final int LONGEST_NAME = 120;
  private static final int LONGEST_NOTE = 1_000;

  private final Alerts alerts;
  private final TreeBody body;

  AlertApi(Alerts alerts, TreeBody body) {
    this.alerts = alerts;
    this.body = body;
  }

  /**
   * @param subject the machine or the agent
   * @param since when the condition began to hold, by the time of the samples
   * @param raised null while pending
   * @param acknowledged null until somebody has seen it
   * @param recorded when the server learnt of it
   */
  record AlertView(
      String id,
      String rule,
      String subject,
      String severity,
      String state,
      Instant since,
      @Nullable Instant raised,
      @Nullable Instant cleared,
      Alert.@Nullable Acknowledgement acknowledged,
      Instant recorded) {
    static AlertView of(Alert alert) {
      return new AlertView(
          alert.id(),
          alert.rule(),
          alert.subject(),
          alert.severity(),
          alert.state().word(),
          alert.since(),
          alert.raised(),
          alert.cleared(),
          alert.acknowledged(),
          alert.recorded());
    }
  }

  @GetMapping
  @Operation(
      summary = "Alerts, the newest first",
      description =
          "At most limit of them, 1,000 unless said, 10,000 at most; state is one of pending,"
              + " raised, acknowledged, cleared, past.")
  List<AlertView> alerts(
      @RequestParam("state") Optional<String> state,
      @RequestParam(name = "limit", defaultValue = "1000") int limit) {
    if (limit < 1 || limit > MOST) {
      throw Problem.wrong("problem.limit", MOST);
    }
    return alerts.list(state.map(AlertApi::state), limit).stream().map(AlertView::of).toList();
  }

  @PostMapping("/{id}/acknowledgement")
  @Operation(
      summary = "Says who has seen an alert",
      description = "An object with by, and note if there is one.")
  @TreeBody.Documented
  AlertView acknowledge(@PathVariable("id") String id, HttpServletRequest request)
      throws IOException {
    Map<String, Object> tree = body.read(request);
    String by = text(tree, "by");
    String note = text(tree, "note");
    if (by.isEmpty() || by.length() > LONGEST_NAME || note.length() > LONGEST_NOTE) {
      throw Problem.wrong("problem.alert.by", LONGEST_NAME, LONGEST_NOTE);
    }
    if (alerts.alert(id).isEmpty()) {
      throw Problem.absent("problem.alert", Question.shortened(id));
    }
    return alerts
        .acknowledge(id, by, note)
        .map(AlertView::of)
        .orElseThrow(() -> Problem.conflict("problem.alert.acknowledged"));
  }

  private static String text(Map<String, Object> tree, String key) {
    return tree.get(key) instanceof String text ? text.strip() : "";
  }

  private static Alert.State state(String word) {
    return Arrays.stream(Alert.State.values())
        .filter(state -> state.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                Problem.wrong(
                    "problem.alert.state",
                    Question.shortened(word),
                    Arrays.stream(Alert.State.values())
                        .map(Alert.State::word)
                        .collect(Collectors.joining(", "))));
  }
}
