package fr.vigie.server.alert;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.condition.Alarm;
import fr.vigie.condition.HoldOff;
import fr.vigie.condition.Judgement;
import fr.vigie.server.alert.Verdict.Episode;
import fr.vigie.time.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final Instant START = Instant.parse("2026-11-24T06:00:00Z");
  private static final HoldOff FIVE_MINUTES =
      new HoldOff(Duration.ofMinutes(5), Duration.ZERO, Duration.ZERO);

  @Test
  void whatLastsLongEnoughIsRaisedAtThatMomentAndNotWhenItIsAskedFor() {
    Verdict verdict = judged(60, bad(10), fine(20), bad(30), fine(33), bad(40));

    assertThat(verdict.episodes())
        .containsExactly(new Episode(at(10), at(15), at(20)), new Episode(at(40), at(45), null));
    assertThat(verdict.pendingSince()).isEmpty();
  }

  @Test
  void whatHasNotLastedLongEnoughIsPending() {
    Verdict verdict = judged(12, bad(10));

    assertThat(verdict.episodes()).isEmpty();
    assertThat(verdict.pendingSince()).contains(at(10));
  }

  @Test
  void timeThatNobodySawNeitherFulfilsNorClears() {
    List<Span> dark = List.of(new Span(at(12), at(30)));

    assertThat(over(Turn.within(List.of(bad(10), fine(40)), dark, Judgement.NEITHER)))
        .isEqualTo(List.of(new Episode(at(30), at(35), at(40))));
    assertThat(over(Turn.within(List.of(bad(2), fine(40)), dark, Judgement.NEITHER)))
        .isEqualTo(List.of(new Episode(at(2), at(7), at(40))));
    assertThat(over(Turn.within(List.of(bad(10), fine(20)), dark, Judgement.NEITHER))).isEmpty();
  }

  @Test
  void outsideOfShiftsAllIsWell() {
    Span asked = new Span(START, at(60));
    List<Span> shifts = List.of(new Span(at(10), at(20)), new Span(at(20), at(30)));

    List<Episode> episodes = over(Turn.outside(List.of(bad(0)), shifts, asked, Judgement.FINE));

    assertThat(episodes).containsExactly(new Episode(at(10), at(15), at(30)));
  }

  @Test
  void whatWasOnBeforeTheFirstTurnStaysOnUntilATurnSaysOtherwise() {
    Alarm known = new Alarm.Raised(at(-500), at(-495));

    assertThat(Verdict.of(known, FIVE_MINUTES, List.of(), at(1)).episodes())
        .containsExactly(new Episode(at(-500), at(-495), null));
    assertThat(Verdict.of(known, FIVE_MINUTES, List.of(fine(0)), at(1)).episodes())
        .containsExactly(new Episode(at(-500), at(-495), at(0)));
  }

  private static List<Episode> over(List<Turn> turns) {
    return Verdict.of(Alarm.NONE, FIVE_MINUTES, turns, at(60)).episodes();
  }

  private static Verdict judged(int now, Turn... turns) {
    return Verdict.of(Alarm.NONE, FIVE_MINUTES, List.of(turns), at(now));
  }

  private static Turn bad(int minute) {
    return new Turn(at(minute), Judgement.BAD);
  }

  private static Turn fine(int minute) {
    return new Turn(at(minute), Judgement.FINE);
  }

  private static Instant at(int minute) {
    return START.plus(Duration.ofMinutes(minute));
  }
}
