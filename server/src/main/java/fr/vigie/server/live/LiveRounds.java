package fr.vigie.server.live;

import fr.vigie.server.rounds.Rounds;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** The thread on which the {@link LiveBoard} looks at machines. */
@Component
final class LiveRounds extends Rounds {
  private static final Duration PAUSE = Duration.ofMillis(50);

  LiveRounds(LiveBoard board) {
    super("live-board");
    every(Duration.ZERO, PAUSE, "the live board failed, it is tried again", board::step);
  }
}
