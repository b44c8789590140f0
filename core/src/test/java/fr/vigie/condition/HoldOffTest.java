package fr.vigie.condition;

import static fr.vigie.condition.Judgement.BAD;
import static fr.vigie.condition.Judgement.FINE;
import static fr.vigie.condition.Judgement.NEITHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.condition.Alarm.Clear;
import fr.vigie.condition.Alarm.Event;
import fr.vigie.condition.Alarm.Event.Clearance;
import fr.vigie.condition.Alarm.Event.Raise;
import fr.vigie.condition.Alarm.Pending;
import fr.vigie.condition.Alarm.Raised;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HoldOffTest {
  private static final Instant START = Instant.parse("2026-11-24T05:00:00Z");
  private static final HoldOff RULE = holdOff(10, 20, 0);

  private final List<Event> events = new ArrayList<>();
  private Alarm alarm = Alarm.NONE;

  @Test
  void anAlarmIsRaisedOnceItHasBeenBadForLongEnough() {
    say(RULE, 0, BAD);
    assertThat(alarm).isEqualTo(new Pending(at(0), Instant.MIN));
    say(RULE, 9, BAD);
    assertThat(events).isEmpty();

    say(RULE, 10, BAD);

    assertThat(events).containsExactly(new Raise(at(10), at(0)));
    assertThat(alarm).isEqualTo(new Raised(at(0), at(10)));
  }

  @Test
  void theInstantOfAnEventIsThatOfTheRuleAndNotOfTheQuestion() {
    say(RULE, 0, BAD);
    say(RULE, 100, FINE);
    say(RULE, 200, BAD);

    assertThat(events).containsExactly(new Raise(at(10), at(0)), new Clearance(at(120), at(10)));
    say(RULE, 300, BAD);
    assertThat(events).hasSize(3).last().isEqualTo(new Raise(at(210), at(200)));
  }

  @Test
  void whatIsBadForAMomentIsNoAlarm() {
    say(RULE, 0, BAD);
    say(RULE, 5, FINE);
    say(RULE, 6, BAD);
    say(RULE, 12, NEITHER);
    say(RULE, 30, FINE);

    assertThat(events).isEmpty();
    assertThat(alarm).isEqualTo(Alarm.NONE);
  }

  @Test
  void anAlarmEndsOnlyAfterUnbrokenFineTime() {
    say(RULE, 0, BAD);
    say(RULE, 10, FINE);
    say(RULE, 25, NEITHER);
    say(RULE, 31, FINE);
    say(RULE, 50, FINE);
    assertThat(alarm.isRaised()).isTrue();

    say(RULE, 51, FINE);

    assertThat(events).last().isEqualTo(new Clearance(at(51), at(10)));
    assertThat(alarm.isRaised()).isFalse();
  }

  @Test
  void whatNobodyKnowsNeitherRaisesNorEndsAnAlarm() {
    say(RULE, 0, NEITHER);
    say(RULE, 100, BAD);
    say(RULE, 110, NEITHER);
    say(RULE, 500, NEITHER);

    assertThat(events).containsExactly(new Raise(at(110), at(100)));
    assertThat(alarm.isRaised()).isTrue();
  }

  @Test
  void aSecondAlarmWaitsUntilTheQuietTimeIsOver() {
    HoldOff quiet = holdOff(0, 0, 100);
    say(quiet, 0, BAD);
    say(quiet, 10, FINE);
    say(quiet, 20, BAD);
    assertThat(alarm).isEqualTo(new Pending(at(20), at(100)));

    say(quiet, 150, FINE);

    assertThat(events)
        .containsExactly(
            new Raise(at(0), at(0)),
            new Clearance(at(10), at(0)),
            new Raise(at(100), at(20)),
            new Clearance(at(150), at(100)));
  }

  @Test
  void whatIsFineAgainBeforeTheQuietTimeIsOverStaysUnsaid() {
    HoldOff quiet = holdOff(0, 0, 100);
    say(quiet, 0, BAD);
    say(quiet, 10, FINE);
    say(quiet, 20, BAD);
    say(quiet, 30, FINE);
    say(quiet, 200, FINE);

    assertThat(events).hasSize(2);
    assertThat(alarm).isEqualTo(new Clear(at(100)));
  }

  @Test
  void withoutAHoldOffEachChangeIsSaid() {
    say(HoldOff.NONE, 0, BAD);
    say(HoldOff.NONE, 0, FINE);
    say(HoldOff.NONE, 1, BAD);

    assertThat(events)
        .containsExactly(
            new Raise(at(0), at(0)), new Clearance(at(0), at(0)), new Raise(at(1), at(1)));
  }

  @Test
  void judgementsOutOfOrderAreRefused() {
    say(RULE, 10, BAD);

    assertThatThrownBy(() -> RULE.step(alarm, at(9), BAD))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("in order of time");
    say(RULE, 20, BAD);
    assertThatThrownBy(() -> RULE.step(alarm, at(19), BAD))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> holdOff(-1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void toAskMoreOftenChangesNothingAndRaisesKeepTheirDistance() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      HoldOff rule = holdOff(random.nextInt(4), random.nextInt(4), random.nextInt(20));
      List<Event> asked = new ArrayList<>();
      Alarm seldom = Alarm.NONE;
      Alarm often = Alarm.NONE;
      List<Event> askedOften = new ArrayList<>();
      Judgement said = NEITHER;
      int second = 0;
      for (int i = 0; i < 60; i++) {
        for (int end = second + random.nextInt(8); second < end; second++) {
          HoldOff.Step step = rule.step(often, at(second), said);
          often = step.alarm();
          askedOften.addAll(step.events());
        }
        said = Judgement.values()[random.nextInt(3)];
        HoldOff.Step step = rule.step(seldom, at(second), said);
        seldom = step.alarm();
        asked.addAll(step.events());
        HoldOff.Step other = rule.step(often, at(second), said);
        often = other.alarm();
        askedOften.addAll(other.events());
      }
      assertThat(askedOften).as("seed %d, %s", seed, rule).isEqualTo(asked);
      assertThat(often).as("seed %d", seed).isEqualTo(seldom);
      Instant last = Instant.MIN;
      for (Event event : asked) {
        if (event instanceof Raise raise) {
          assertThat(raise.at()).as("seed %d", seed).isAfterOrEqualTo(last);
          assertThat(raise.at()).isAfterOrEqualTo(raise.since().plus(rule.hold()));
          last = raise.at().plus(rule.quiet());
        }
      }
    }
  }

  @Test
  void aLimitHasAWayBackThatMustBePassed() {
    Limit hot = Limit.above(80, 75);
    assertThat(hot.judge(80.1)).isEqualTo(BAD);
    assertThat(hot.judge(80)).isEqualTo(NEITHER);
    assertThat(hot.judge(75)).isEqualTo(FINE);
    Limit low = Limit.below(2, 2);
    assertThat(low.judge(1.9)).isEqualTo(BAD);
    assertThat(low.judge(2)).isEqualTo(FINE);
    assertThatThrownBy(() -> Limit.above(80, 81)).hasMessageContaining("above 80.0");
    assertThatThrownBy(() -> Limit.below(2, 1)).hasMessageContaining("below 2.0");
    assertThatThrownBy(() -> Limit.below(2, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void say(HoldOff rule, int second, Judgement judgement) {
    HoldOff.Step step = rule.step(alarm, at(second), judgement);
    alarm = step.alarm();
    events.addAll(step.events());
  }

  private static HoldOff holdOff(int hold, int release, int quiet) {
    return new HoldOff(
        Duration.ofSeconds(hold), Duration.ofSeconds(release), Duration.ofSeconds(quiet));
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }
}
