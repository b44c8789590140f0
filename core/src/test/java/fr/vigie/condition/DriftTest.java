package fr.vigie.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fr.vigie.column.Column;
import fr.vigie.condition.Alarm.Event.Clearance;
import fr.vigie.condition.Alarm.Event.Raise;
import fr.vigie.condition.Drift.Rule;
import fr.vigie.signal.Quality;
import fr.vigie.time.Nanos;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class DriftTest {
  private static final Instant START = Instant.parse("2026-11-02T00:00:00Z");
  private static final int WEEK = 7 * 24;

  @Test
  void aSignalWhoseValuesDependOnThoseBeforeAlarmsNoMoreOftenThanIndependentOnes() {
    long seed = Long.getLong("seed", 7);
    Random random = new Random(seed);
    long raises = 0;
    for (int round = 0; round < 20; round++) {
      raises += raises(Drift.of(Rule.USUAL, means(60 * WEEK, correlated(random, 0.9))));
    }
    double hours = 20 * 59.0 * WEEK;
    assertThat(raises / hours).as("an hour, seed %d", seed).isLessThan(1 / 465.0);
  }

  @Test
  void independentHoursAlarmFalselyAboutOnceInNineteenDays() {
    long seed = Long.getLong("seed", 7);
    Random random = new Random(seed);
    long raises = 0;
    for (int round = 0; round < 40; round++) {
      raises += raises(Drift.of(Rule.USUAL, means(53 * WEEK, i -> random.nextGaussian())));
    }
    assertThat(raises / 40.0).as("a year, seed %d", seed).isBetween(8.0, 30.0);
  }

  @Test
  void aLastingShiftIsSeen() {
    long seed = Long.getLong("seed", 7);
    Random random = new Random(seed);
    int seen = 0;
    for (int round = 0; round < 100; round++) {
      IntToDoubleFunction noise = correlated(random, 0.5);
      Drift drift =
          Drift.of(
              Rule.USUAL, means(3 * WEEK, i -> noise.applyAsDouble(i) + (i < 2 * WEEK ? 0 : 6)));
      seen +=
          drift.events().stream()
                  .anyMatch(it -> it instanceof Raise && !it.at().isBefore(at(2 * WEEK)))
              ? 1
              : 0;
    }
    assertThat(seen).as("of 100, seed %d", seed).isGreaterThanOrEqualTo(95);
  }

  @Test
  void whatStaysNewLongEnoughBecomesUsual() {
    Random random = new Random(7);
    Drift drift =
        Drift.of(Rule.USUAL, means(9 * WEEK, i -> random.nextGaussian() + (i < 2 * WEEK ? 0 : 10)));

    assertThat(drift.events())
        .filteredOn(it -> !it.at().isBefore(at(2 * WEEK)))
        .first(InstanceOfAssertFactories.type(Raise.class))
        .satisfies(it -> assertThat(it.at()).isBefore(at(2 * WEEK + 24)));
    assertThat(drift.events())
        .filteredOn(it -> it.at().isAfter(at(2 * WEEK + 24)))
        .first(InstanceOfAssertFactories.type(Clearance.class))
        .satisfies(it -> assertThat(it.at()).isBetween(at(3 * WEEK), at(6 * WEEK)));
    assertThat(drift.level()).isCloseTo(10, within(1.0));
  }

  @Test
  void whatIsLearnedDoesNotMindAFewOutliers() {
    Random random = new Random(8);
    List<Mean> means = means(2 * WEEK, i -> 50 + random.nextGaussian() + (i == 9 ? 1000 : 0));

    Usual usual = Drift.of(Rule.USUAL, means).usual().orElseThrow();

    assertThat(usual.level()).isCloseTo(50, within(0.3));
    assertThat(usual.spread()).isCloseTo(1, within(0.3));
  }

  @Test
  void theCorrelationOfAKnownProcessIsFound() {
    double[] values = new double[20_000];
    IntToDoubleFunction process = correlated(new Random(9), 0.8);
    for (int i = 0; i < values.length; i++) {
      values[i] = process.applyAsDouble(i);
    }
    double truth = (1 + 0.8) / (1 - 0.8);
    assertThat(Usual.learn(values).orElseThrow().correlation()).isCloseTo(truth, within(2.0));
  }

  @Test
  void tooLittleAndWhatNeverMovesTeachNothing() {
    assertThat(Drift.of(Rule.USUAL, List.of()).usual()).isEmpty();
    assertThat(Drift.of(Rule.USUAL, means(WEEK / 2 - 1, i -> i)).usual()).isEmpty();
    Drift still = Drift.of(Rule.USUAL, means(2 * WEEK, i -> 20));
    assertThat(still.usual()).isEmpty();
    assertThat(still.events()).isEmpty();
    assertThatThrownBy(
            () ->
                new Rule(
                    Duration.ofHours(1), Duration.ofHours(9), Duration.ofHours(9), HoldOff.NONE))
        .hasMessageContaining("16 blocks");
  }

  @Test
  void meansAreOfWholeBlocksAndBlocksWithoutANumberAreNone() {
    Column.Builder column = Column.numbers();
    column.add(Nanos.of(START.plusSeconds(7_300)), 9, Quality.GOOD);
    column.add(Nanos.of(START.plusSeconds(10)), 1, Quality.GOOD);
    column.add(Nanos.of(START.plusSeconds(20)), 3, Quality.UNCERTAIN);
    column.addMissing(Nanos.of(START.plusSeconds(30)));
    column.addMissing(Nanos.of(START.plusSeconds(3_700)));

    assertThat(Drift.means(column.build(), Duration.ofHours(1)))
        .containsExactly(new Mean(at(1), 2), new Mean(at(3), 9));
  }

  private static long raises(Drift drift) {
    return drift.events().stream().filter(Raise.class::isInstance).count();
  }

  private static IntToDoubleFunction correlated(Random random, double weight) {
    double[] state = {random.nextGaussian() / Math.sqrt(1 - weight * weight)};
    return i -> state[0] = weight * state[0] + random.nextGaussian();
  }

  private static List<Mean> means(int blocks, IntToDoubleFunction value) {
    List<Mean> means = new ArrayList<>();
    for (int i = 0; i < blocks; i++) {
      means.add(new Mean(at(i + 1), value.applyAsDouble(i)));
    }
    return means;
  }

  private static Instant at(int hour) {
    return START.plus(Duration.ofHours(hour));
  }
}
