package fr.vigie.server.upkeep;

import fr.vigie.server.rounds.Rounds;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * The thread of the {@link Upkeep}: steps follow each other with pauses, so that others come by. A
 * step under way at the end ends by itself; the store waits for it when it is closed.
 */
@Component
final class UpkeepRounds extends Rounds {
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration BUSY = Duration.ofMillis(200);
  private static final Duration IDLE = Duration.ofMinutes(5);

  UpkeepRounds(Upkeep upkeep, List<Chore> chores) {
    super("upkeep", Thread.MIN_PRIORITY);
    paced(
        FIRST,
        IDLE,
        "the store could not be compacted, or old samples not dropped; nothing is lost and it is"
            + " tried again",
        () -> upkeep.step() ? BUSY : IDLE);
    chores.forEach(chore -> every(FIRST, IDLE, chore + " failed and is tried again", chore::run));
  }
}
