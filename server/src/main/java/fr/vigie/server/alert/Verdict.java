package fr.vigie.server.alert;

import fr.vigie.condition.Alarm;
import fr.vigie.condition.HoldOff;
import fr.vigie.condition.Judgement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a condition held for long enough, over a stretch of time and up to its end.
 *
 * @param episodes in order of time; only the last may go on
 * @param begun since when it holds, not yet for long enough
 */
record Verdict(List<Episode> episodes, @Nullable Instant begun) {
  Verdict {
    episodes = List.copyOf(episodes);
  }

  /**
   * @param since when the condition began to hold
   * @param raised when it had held for long enough
   * @param ended null when it goes on
   */
  record Episode(Instant since, Instant raised, @Nullable Instant ended) {
    boolean goesOn() {
      return ended == null;
    }

    Episode endedAt(Instant at) {
      return new Episode(since, raised, at);
    }
  }

  Optional<Instant> pendingSince() {
    return Optional.ofNullable(begun);
  }

  /**
   * @param known the alarm that was on when the stretch began; {@link Alarm#NONE} for none
   * @param turns in order of time; those after {@code now} do not count
   */
  static Verdict of(Alarm known, HoldOff holding, List<Turn> turns, Instant now) {
    List<Episode> episodes = new ArrayList<>();
    if (known instanceof Alarm.Raised raised) {
      episodes.add(new Episode(raised.since(), raised.raised(), null));
    }
    Alarm alarm = known;
    Judgement last = Judgement.NEITHER;
    for (Turn turn : turns) {
      if (turn.at().isAfter(now)) {
        break;
      }
      last = turn.judgement();
      alarm = step(alarm, holding, turn.at(), last, episodes);
    }
    alarm = step(alarm, holding, now, last, episodes);
    return new Verdict(episodes, alarm instanceof Alarm.Pending pending ? pending.since() : null);
  }

  private static Alarm step(
      Alarm alarm, HoldOff holding, Instant at, Judgement judgement, List<Episode> episodes) {
    HoldOff.Step step = holding.step(alarm, at, judgement);
    for (Alarm.Event event : step.events()) {
      if (event instanceof Alarm.Event.Raise raise) {
        episodes.add(new Episode(raise.since(), raise.at(), null));
      } else {
        int newest = episodes.size() - 1;
        episodes.set(newest, episodes.get(newest).endedAt(event.at()));
      }
    }
    return step.alarm();
  }
}
