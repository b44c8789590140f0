package fr.vigie.server.alert;

import fr.vigie.server.rounds.Rounds;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** The thread on which rules are judged. */
@Component
final class AlertRounds extends Rounds {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  AlertRounds(Alerts alerts) {
    super("alerts");
    every(PAUSE, PAUSE, "alerts could not be judged, it is tried again", alerts::step);
    every(
        Duration.ofHours(1),
        Duration.ofDays(1),
        "old alerts could not be forgotten, it is tried again",
        alerts::forgetOld);
  }
}
