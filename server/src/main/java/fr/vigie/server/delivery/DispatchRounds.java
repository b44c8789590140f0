package fr.vigie.server.delivery;

import fr.vigie.server.rounds.Rounds;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * The thread on which messages go out; a slow receiver holds up nothing else. A message that is
 * under way when it ends may be sent again after the next start, with its id.
 */
@Component
final class DispatchRounds extends Rounds {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  DispatchRounds(Dispatch dispatch, Outgoing outgoing) {
    super("dispatch");
    every(PAUSE, PAUSE, "messages could not be sent, it is tried again", dispatch::step);
    every(
        Duration.ofHours(1),
        Duration.ofDays(1),
        "old messages could not be forgotten, it is tried again",
        outgoing::forgetOld);
  }
}
