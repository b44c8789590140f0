package fr.vigie.server.web;

import fr.vigie.server.alert.Rules;
import fr.vigie.server.delivery.Carriers;
import fr.vigie.server.delivery.Dispatch;
import fr.vigie.server.delivery.Message;
import fr.vigie.server.delivery.Outgoing;
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
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "alerts")
final class AlertRuleApi {
  private final Rules rules;
  private final Carriers carriers;
  private final Dispatch dispatch;
  private final Outgoing outgoing;
  private final TreeBody body;

  AlertRuleApi(
      Rules rules, Carriers carriers, Dispatch dispatch, Outgoing outgoing, TreeBody body) {
    this.rules = rules;
    this.carriers = carriers;
    this.dispatch = dispatch;
    this.outgoing = outgoing;
    this.body = body;
  }

  /**
   * @param state waiting, sent, gathered into a digest, or given-up
   * @param trouble why the last try failed, or the id of the digest
   */
  record MessageView(
      String id,
      String to,
      String kind,
      String title,
      Instant created,
      String state,
      int tries,
      @Nullable Instant settled,
      @Nullable String trouble) {
    static MessageView of(Message message) {
      return new MessageView(
          message.id(),
          message.recipient(),
          message.kind(),
          message.title(),
          message.created(),
          message.state().word(),
          message.tries(),
          message.settled(),
          message.lastTrouble());
    }
  }

  @GetMapping("/alert-rules")
  @Operation(summary = "What raises alerts, as it was put")
  Map<String, Object> rules() {
    return rules.tree();
  }

  @PutMapping("/alert-rules")
  @Operation(
      summary = "Sets all rules",
      description = "Every mistake is told at once. A rule that stays as it was goes on.")
  @TreeBody.Documented
  Map<String, Object> put(HttpServletRequest request) throws IOException {
    rules.put(body.read(request));
    return rules();
  }

  @PostMapping("/alert-rules/test-message")
  @Operation(
      summary = "Sends a message to see whether it arrives",
      description = "An object with to, the name of a recipient; tried once, at once.")
  @TreeBody.Documented
  MessageView test(HttpServletRequest request) throws IOException {
    String to = String.valueOf(body.read(request).get("to"));
    if (!carriers.names().contains(to)) {
      throw Problem.absent("problem.alert.recipient", Question.shortened(to));
    }
    return MessageView.of(dispatch.trial(to));
  }

  @GetMapping("/alert-messages")
  @Operation(
      summary = "What was sent, waits to be, or was given up; the newest first",
      description =
          "At most limit of them, 1,000 unless said, 10,000 at most; state is one of waiting, sent,"
              + " gathered, given-up.")
  List<MessageView> messages(
      @RequestParam("state") Optional<String> state,
      @RequestParam(name = "limit", defaultValue = "1000") int limit) {
    if (limit < 1 || limit > AlertApi.MOST) {
      throw Problem.wrong("problem.limit", AlertApi.MOST);
    }
    return outgoing.list(state.map(AlertRuleApi::state), limit).stream()
        .map(MessageView::of)
        .toList();
  }

  private static Message.State state(String word) {
    return Arrays.stream(Message.State.values())
        .filter(state -> state.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                Problem.wrong(
                    "problem.alert.state",
                    Question.shortened(word),
                    Arrays.stream(Message.State.values())
                        .map(Message.State::word)
                        .collect(Collectors.joining(", "))));
  }
}
