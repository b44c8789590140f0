package fr.vigie.production;

import static fr.vigie.production.MachineState.IDLE;
import static fr.vigie.production.MachineState.RUNNING;
import static fr.vigie.production.MachineState.UNOBSERVED;
import static fr.vigie.production.Shop.at;
import static fr.vigie.production.Shop.rule;
import static fr.vigie.production.Shop.seconds;
import static fr.vigie.production.Shop.span;
import static fr.vigie.production.Shop.texts;
import static fr.vigie.production.Shop.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import fr.vigie.time.Stretches;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private final Timeline timeline =
      rule(0).timeline(texts("0 ACTIVE, 10 READY, 15 ACTIVE, 40 OFF"), at(60));

  @Test
  void neighboursInOneStateMerge() {
    Timeline merged =
        Timeline.of(
            List.of(
                new Period(span(0, 5), RUNNING),
                new Period(span(5, 7), RUNNING),
                new Period(span(7, 7), IDLE),
                new Period(span(7, 9), RUNNING)));

    assertThat(merged.periods()).containsExactly(new Period(span(0, 9), RUNNING));
  }

  @Test
  void periodsWithAHoleAreRefused() {
    assertThatThrownBy(
            () ->
                Timeline.of(
                    List.of(new Period(span(0, 5), RUNNING), new Period(span(6, 7), RUNNING))))
        .hasMessageContaining("a period starts at");
  }

  @Test
  void timesFillTheSpan() {
    assertThat(timeline.time(RUNNING)).isEqualTo(seconds(35));
    assertThat(timeline.time(IDLE)).isEqualTo(seconds(5));
    assertThat(timeline.times().values().stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(timeline.span().length());
  }

  @Test
  void aPartCutsPeriodsAndDoesNotKnowWhatLiesOutside() {
    assertThat(told(timeline.restrict(span(12, 20)))).isEqualTo("12 IDLE, 15 RUNNING, 20");
    assertThat(told(timeline.restrict(span(-5, 3)))).isEqualTo("-5 UNOBSERVED, 0 RUNNING, 3");
    assertThat(told(timeline.restrict(span(50, 70)))).isEqualTo("50 OFF, 60 UNOBSERVED, 70");
    assertThat(told(timeline.restrict(span(80, 90)))).isEqualTo("80 UNOBSERVED, 90");
    assertThat(told(timeline.restrict(span(-9, -8)))).isEqualTo("-9 UNOBSERVED, -8");
    assertThat(timeline.restrict(span(12, 12)).periods()).isEmpty();
    assertThat(timeline.restrict(timeline.span())).isEqualTo(timeline);
  }

  @Test
  void stateAtABorderIsTheOneThatStarts() {
    assertThat(timeline.stateAt(at(10))).isEqualTo(IDLE);
    assertThat(timeline.stateAt(at(9.999))).isEqualTo(RUNNING);
    assertThat(timeline.stateAt(at(60))).isEqualTo(UNOBSERVED);
    assertThat(timeline.stateAt(at(-1))).isEqualTo(UNOBSERVED);
  }

  @Test
  void gapsAreUnobserved() {
    Timeline seen =
        timeline.without(
            Stretches.of(List.of(span(8, 12), span(11, 13), span(50, 99), span(-9, 1))));

    assertThat(told(seen))
        .isEqualTo(
            "0 UNOBSERVED, 1 RUNNING, 8 UNOBSERVED, 13 IDLE, 15 RUNNING, 40 OFF, 50 UNOBSERVED, 60");
  }

  @Test
  void stretchesAgreeWithCountingEverySecond() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      boolean[] first = new boolean[120];
      boolean[] second = new boolean[120];
      Stretches a = Stretches.of(draw(random, first));
      Stretches b = Stretches.of(draw(random, second));
      int from = random.nextInt(60);
      int to = from + random.nextInt(60);
      int within = 0;
      int minus = 0;
      for (int i = 0; i < first.length; i++) {
        within += first[i] && i >= from && i < to ? 1 : 0;
        minus += first[i] && !second[i] ? 1 : 0;
      }
      assertThat(seconds(a.within(nanos(from), nanos(to)).length() / 1e9))
          .as("seed %d", seed)
          .isEqualTo(seconds(within));
      assertThat(seconds(a.minus(b).length() / 1e9)).as("seed %d", seed).isEqualTo(seconds(minus));
    }
  }

  private static long nanos(int second) {
    return Nanos.of(at(second));
  }

  private static List<Span> draw(Random random, boolean[] seconds) {
    List<Span> spans = new ArrayList<>();
    for (int i = random.nextInt(8); i > 0; i--) {
      int from = random.nextInt(100);
      int to = from + random.nextInt(20);
      spans.add(span(from, to));
      for (int j = from; j < to; j++) {
        seconds[j] = true;
      }
    }
    return spans;
  }
}
