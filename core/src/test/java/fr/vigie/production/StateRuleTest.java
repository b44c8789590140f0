package fr.vigie.production;

import static fr.vigie.production.MachineState.IDLE;
import static fr.vigie.production.MachineState.OFF;
import static fr.vigie.production.MachineState.RUNNING;
import static fr.vigie.production.Shop.at;
import static fr.vigie.production.Shop.numbers;
import static fr.vigie.production.Shop.rule;
import static fr.vigie.production.Shop.seconds;
import static fr.vigie.production.Shop.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.column.Column;
import fr.vigie.production.StateRule.Levels;
import fr.vigie.production.StateRule.Levels.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateRuleTest {
  private static String told(String said, double dwell, double until) {
    return Shop.told(rule(dwell).timeline(texts(said), at(until)));
  }

  @Test
  void everyChangeCountsWithoutDwell() {
    assertThat(told("0 ACTIVE, 1 READY, 1.5 ACTIVE, 9 OFF", 0, 10))
        .isEqualTo("0 RUNNING, 1 IDLE, 1.5 RUNNING, 9 OFF, 10");
  }

  @Test
  void aShortPulseBelongsToTheStateBefore() {
    assertThat(told("0 ACTIVE, 5 READY, 5.7 ACTIVE", 1, 10)).isEqualTo("0 RUNNING, 10");
  }

  @Test
  void aChangeThatHoldsStartsAtItsOwnTime() {
    assertThat(told("0 ACTIVE, 5 READY, 6 ACTIVE", 1, 10))
        .isEqualTo("0 RUNNING, 5 IDLE, 6 RUNNING, 10");
  }

  @Test
  void aRunOfShortPulsesNeverAddsUpToAState() {
    assertThat(told("0 ACTIVE, 5 READY, 5.6 ACTIVE, 5.9 ALARM, 6.5 ACTIVE", 1, 10))
        .isEqualTo("0 RUNNING, 10");
    assertThat(told("0 ACTIVE, 5 READY, 5.6 ALARM, 6.2 READY, 6.8 ALARM, 7.4 ACTIVE", 1, 10))
        .isEqualTo("0 RUNNING, 10");
    assertThat(told("0 ACTIVE, 5 READY, 5.6 ALARM, 6.2 OFF", 1, 10))
        .isEqualTo("0 RUNNING, 6.2 OFF, 10");
  }

  @Test
  void aReturnToTheStateBeforeRestartsTheDwell() {
    assertThat(told("0 ACTIVE, 5 READY, 5.9 ACTIVE, 6 READY, 6.9 ACTIVE", 1, 10))
        .isEqualTo("0 RUNNING, 10");
    assertThat(told("0 ACTIVE, 5 READY, 5.9 ACTIVE, 6 READY", 1, 10))
        .isEqualTo("0 RUNNING, 6 IDLE, 10");
  }

  @Test
  void textsOfOneStateHoldTogether() {
    Map<String, MachineState> states = Map.of("ACTIVE", RUNNING, "READY", IDLE, "DONE", IDLE);
    StateRule rule = new StateRule.Texts(states, OFF, seconds(1));

    Timeline timeline = rule.timeline(texts("0 ACTIVE, 5 READY, 5.6 DONE, 6.2 ACTIVE"), at(10));

    assertThat(Shop.told(timeline)).isEqualTo("0 RUNNING, 5 IDLE, 6.2 RUNNING, 10");
  }

  @Test
  void theLastChangeWaitsUntilItsDwellIsOver() {
    assertThat(told("0 ACTIVE, 9.5 READY", 1, 10)).isEqualTo("0 RUNNING, 10");
    assertThat(told("0 ACTIVE, 9.5 READY", 1, 10.5)).isEqualTo("0 RUNNING, 9.5 IDLE, 10.5");
  }

  @Test
  void aMissingSampleIsUnobservedAtOnceAndWhatFollowsToo() {
    assertThat(told("0 ACTIVE, 5 -, 5.2 ALARM, 5.4 ACTIVE, 5.8 ALARM", 1, 10))
        .isEqualTo("0 RUNNING, 5 UNOBSERVED, 5.2 STOPPED, 10");
  }

  @Test
  void aPulseCutByAMissingSampleNeverCounts() {
    assertThat(told("0 ACTIVE, 4.5 READY, 5 -, 6 READY", 1, 10))
        .isEqualTo("0 RUNNING, 5 UNOBSERVED, 6 IDLE, 10");
  }

  @Test
  void anUnknownTextMeansWhatTheRuleSays() {
    assertThat(told("0 ACTIVE, 5 WARMUP, 8 ACTIVE", 0, 10))
        .isEqualTo("0 RUNNING, 5 UNOBSERVED, 8 RUNNING, 10");
  }

  @Test
  void theLastOfSamplesAtOneTimeHolds() {
    assertThat(told("0 ACTIVE, 5 READY, 5 ALARM, 8 ALARM, 8 ACTIVE", 0, 10))
        .isEqualTo("0 RUNNING, 5 STOPPED, 8 RUNNING, 10");
    assertThat(told("0 ACTIVE, 5 READY, 5 ACTIVE", 1, 10)).isEqualTo("0 RUNNING, 10");
  }

  @Test
  void noSampleGivesAnEmptyTimeline() {
    Timeline timeline = rule(1).timeline(Column.texts().build(), at(10));

    assertThat(timeline.periods()).isEmpty();
    assertThat(timeline.span().length()).isZero();
  }

  @Test
  void samplesAfterTheEndAreNotKnownYet() {
    assertThat(told("0 ACTIVE, 5 READY, 20 OFF", 0, 10)).isEqualTo("0 RUNNING, 5 IDLE, 10");
  }

  @Test
  void aLevelHoldsBetweenItsTwoLimits() {
    Levels current =
        new Levels(
            OFF, List.of(new Level(IDLE, 0.3, 0.2), new Level(RUNNING, 5, 4)), Duration.ZERO);

    Timeline timeline =
        current.timeline(
            numbers("0 0, 1 0.25, 2 0.35, 3 0.25, 4 4.5, 5 5, 6 5.1, 7 4, 8 3.9, 9 0.1"), at(10));

    assertThat(Shop.told(timeline)).isEqualTo("0 OFF, 2 IDLE, 6 RUNNING, 8 IDLE, 9 OFF, 10");
  }

  @Test
  void aJumpPassesSeveralLevels() {
    Levels current =
        new Levels(
            OFF, List.of(new Level(IDLE, 0.3, 0.2), new Level(RUNNING, 5, 4)), Duration.ZERO);

    Timeline timeline = current.timeline(numbers("0 9, 3 0, 5 -, 6 4.5"), at(10));

    assertThat(Shop.told(timeline)).isEqualTo("0 RUNNING, 3 OFF, 5 UNOBSERVED, 6 IDLE, 10");
  }

  @Test
  void wrongRulesAndColumnsAreRefused() {
    assertThatThrownBy(() -> rule(-1)).hasMessageContaining("PT-1S");
    assertThatThrownBy(() -> new Level(RUNNING, 4, 5)).hasMessageContaining("must be lower");
    assertThatThrownBy(
            () ->
                new Levels(
                    OFF, List.of(new Level(RUNNING, 5, 4), new Level(IDLE, 1, 0)), Duration.ZERO))
        .hasMessageContaining("from the lowest to the highest");
    assertThatThrownBy(() -> rule(0).timeline(numbers("0 1"), at(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found numbers");
  }
}
