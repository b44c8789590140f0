package fr.vigie.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fr.vigie.statistics.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class TrendTest {
  private static final Instant START = Instant.parse("2026-10-01T00:00:00Z");

  @Test
  void aStraightLineReachesItsLimitWhenItsFormulaSays() {
    Trend trend = Trend.of(means(20, i -> 2 + 0.1 * i)).orElseThrow();

    assertThat(trend.aDay()).isCloseTo(0.1, within(1e-9));
    Trend.Reach reach = trend.reach(Limit.above(4.5, 4.5), 0.95);
    assertThat(reach.line().orElseThrow())
        .isBetween(day(25).minusSeconds(1), day(25).plusSeconds(1));
    assertThat(reach.earliest().orElseThrow()).isBetween(day(25).minusSeconds(60), day(25));
    assertThat(reach.latest().orElseThrow()).isBetween(day(25), day(25).plusSeconds(60));
    assertThat(trend.isFlat(0.95)).isFalse();
    assertThat(trend.rSquared()).hasValueCloseTo(1.0, within(1e-9));
  }

  @Test
  void aFallingSignalReachesALowerLimit() {
    Trend trend = Trend.of(means(20, i -> 10 - 0.2 * i)).orElseThrow();

    assertThat(trend.reach(Limit.below(5, 5), 0.95).line().orElseThrow())
        .isBetween(day(25).minusSeconds(1), day(25).plusSeconds(1));
    assertThat(trend.reach(Limit.above(11, 11), 0.95).line()).isEmpty();
  }

  @Test
  void whatIsBeyondItsLimitAlreadyIsReached() {
    Trend trend = Trend.of(means(20, i -> 2 + 0.1 * i)).orElseThrow();

    assertThat(trend.reach(Limit.above(3, 3), 0.95).line()).contains(day(19));
  }

  @Test
  void nothingIsToldOfTimesFurtherAwayThanTheMeansReachBack() {
    Trend trend = Trend.of(means(20, i -> 2 + 0.1 * i)).orElseThrow();

    Trend.Reach reach = trend.reach(Limit.above(6.0, 6.0), 0.95);

    assertThat(reach.horizon()).isEqualTo(day(38));
    assertThat(reach.line()).isEmpty();
    assertThat(reach.latest()).isEmpty();
  }

  @Test
  void theForecastsOfNoisyTrendsHoldAsOftenAsTheyPromise() {
    long seed = Long.getLong("seed", 7);
    Random random = new Random(seed);
    int held = 0;
    int order = 0;
    for (int round = 0; round < 1000; round++) {
      Trend trend =
          Trend.of(means(40, i -> 1 + 0.05 * i + 0.3 * random.nextGaussian())).orElseThrow();
      Interval forecast = trend.forecast(day(50), 0.9);
      held += forecast.contains(1 + 0.05 * 50 + 0.3 * random.nextGaussian()) ? 1 : 0;
      Trend.Reach reach = trend.reach(Limit.above(3.5, 3.5), 0.9);
      boolean inOrder =
          reach.line().isPresent()
              && reach.earliest().isPresent()
              && !reach.earliest().get().isAfter(reach.line().get())
              && reach.latest().map(it -> !it.isBefore(reach.line().get())).orElse(true);
      order += inOrder ? 1 : 0;
    }
    assertThat(held).as("of 1000, seed %d", seed).isBetween(860, 960);
    assertThat(order).as("seed %d", seed).isEqualTo(1000);
  }

  @Test
  void aSignalThatWandersIsNotCalledATrendForIt() {
    long seed = Long.getLong("seed", 7);
    Random random = new Random(seed);
    int steep = 0;
    for (int round = 0; round < 500; round++) {
      double[] state = {0};
      Trend trend =
          Trend.of(means(90, i -> state[0] = 0.7 * state[0] + random.nextGaussian())).orElseThrow();
      steep += trend.isFlat(0.95) ? 0 : 1;
    }
    assertThat(steep).as("of 500, seed %d", seed).isLessThan(60);
  }

  @Test
  void fewMeansMakeNoTrend() {
    assertThat(Trend.of(means(9, i -> i))).isEmpty();
  }

  private static List<Mean> means(int days, IntToDoubleFunction value) {
    List<Mean> means = new ArrayList<>();
    for (int i = 0; i < days; i++) {
      means.add(new Mean(day(i), value.applyAsDouble(i)));
    }
    return means;
  }

  private static Instant day(int day) {
    return START.plus(Duration.ofDays(day));
  }
}
