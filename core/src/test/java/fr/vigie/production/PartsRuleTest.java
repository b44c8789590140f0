package fr.vigie.production;

import static fr.vigie.production.Shop.numbers;
import static fr.vigie.production.Shop.span;
import static fr.vigie.production.Shop.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartsRuleTest {
  private static final PartsRule.Counter PLAIN = PartsRule.Counter.plain();

  private static long count(PartsRule.Counter rule, String said) {
    return rule.counts(numbers(said)).within(span(-1, 1e6));
  }

  private static int quarantined(PartsRule.Counter rule, String said) {
    return rule.counts(numbers(said)).quarantined(span(-1, 1e6));
  }

  private static PartsRule.Counter fastest(double seconds) {
    return new PartsRule.Counter(1, 0, Shop.seconds(seconds));
  }

  @Test
  void theFirstSampleIsTheBaseline() {
    assertThat(count(PLAIN, "0 1065")).isZero();
    assertThat(count(PLAIN, "0 1065, 10 1066, 20 1068")).isEqualTo(3);
  }

  @Test
  void aStepCountsAtItsOwnTime() {
    Counts counts = PLAIN.counts(numbers("0 5, 10 6, 20 9"));

    assertThat(counts.within(span(0, 10))).isZero();
    assertThat(counts.within(span(10, 20))).isEqualTo(1);
    assertThat(counts.within(span(20, 30))).isEqualTo(3);
  }

  @Test
  void aResetCountsWhatWasMadeSince() {
    assertThat(count(PLAIN, "0 40, 10 41, 20 0, 30 1, 40 2")).isEqualTo(3);
    assertThat(count(PLAIN, "0 40, 10 41, 20 2, 30 3")).isEqualTo(4);
  }

  @Test
  void aResetToMoreThanCanHaveBeenMadeCountsNothing() {
    assertThat(count(fastest(5), "0 40, 10 41, 20 30, 30 31")).isEqualTo(2);
    assertThat(quarantined(fastest(5), "0 40, 10 41, 20 30, 30 31")).isEqualTo(1);
    assertThat(count(PLAIN, "0 1096, 10 1097, 20 1069, 30 1098")).isEqualTo(2);
  }

  @Test
  void aRollOverGoesOnCounting() {
    PartsRule.Counter rule = new PartsRule.Counter(1, 10_000, Duration.ZERO);

    assertThat(count(rule, "0 9998, 10 9999, 20 0, 30 3")).isEqualTo(5);
    assertThat(count(rule, "0 9998, 10 2")).isEqualTo(4);
    assertThat(count(rule, "0 4000, 10 0, 20 1")).isEqualTo(1);
  }

  @Test
  void aRollOverIsOnlyTakenIfItIsPossible() {
    PartsRule.Counter rule = new PartsRule.Counter(1, 10_000, Duration.ofSeconds(1));

    assertThat(count(rule, "0 9995, 10 2")).isEqualTo(7);
    assertThat(count(rule, "0 9900, 10 3")).isEqualTo(3);
  }

  @Test
  void moreThanTheMachineCanMakeIsSetAside() {
    assertThat(count(fastest(5), "0 10, 10 11, 20 65535, 30 13")).isEqualTo(3);
    assertThat(quarantined(fastest(5), "0 10, 10 11, 20 65535, 30 13")).isEqualTo(1);
  }

  @Test
  void aCounterThatWasMovedForGoodIsFollowed() {
    assertThat(count(fastest(5), "0 10, 10 11, 20 500, 30 501, 40 502")).isEqualTo(3);
    assertThat(quarantined(fastest(5), "0 10, 10 11, 20 500, 30 501, 40 502")).isEqualTo(1);
  }

  @Test
  void missingSamplesAreSteppedOver() {
    assertThat(count(PLAIN, "0 10, 10 -, 20 12")).isEqualTo(2);
  }

  @Test
  void oneStepMayMakeSeveralParts() {
    assertThat(count(new PartsRule.Counter(4, 0, Duration.ZERO), "0 10, 10 12")).isEqualTo(8);
  }

  @Test
  void numbersBeyondAllMeasureAreSetAside() {
    String glitch = "0 10, 10 11, 20 1e300, 30 12, 40 -1e300, 50 13, 60 1e15, 70 14";

    assertThat(count(PLAIN, glitch)).isEqualTo(4);
    assertThat(quarantined(PLAIN, glitch)).isEqualTo(3);
  }

  @Test
  void countsOfPartsOfASpanAddUp() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    StringBuilder said = new StringBuilder("0 0");
    int value = 0;
    for (int i = 1; i < 500; i++) {
      value = random.nextInt(20) == 0 ? 0 : value + random.nextInt(4);
      said.append(", ").append(i).append(' ').append(value);
    }
    Counts counts = PLAIN.counts(numbers(said.toString()));
    for (int i = 0; i < 100; i++) {
      int middle = random.nextInt(500);
      assertThat(counts.within(span(0, middle)) + counts.within(span(middle, 500)))
          .as("seed %d", seed)
          .isEqualTo(counts.within(span(0, 500)));
    }
  }

  @Test
  void wrongRulesAndColumnsAreRefused() {
    assertThatThrownBy(() -> new PartsRule.Cycles(0)).hasMessageContaining("found 0 parts");
    assertThatThrownBy(() -> new PartsRule.Counter(1, -1, Duration.ZERO))
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> PLAIN.counts(texts("0 A"))).hasMessageContaining("found texts");
  }
}
