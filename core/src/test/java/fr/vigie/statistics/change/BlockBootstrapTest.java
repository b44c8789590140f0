package fr.vigie.statistics.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fr.vigie.statistics.Interval;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockBootstrapTest {
  private static final BlockBootstrap BOOTSTRAP = new BlockBootstrap(2_000, 42);

  @Test
  void theSameSeedGivesTheSameIntervalOnEveryMachine() {
    Ratios before = Ratios.ofValues(3, 5, 4, 6, 5, 4, 3, 5, 6, 4);
    Ratios after = Ratios.ofValues(6, 5, 7, 6, 8, 5, 7, 6, 6, 7);

    BlockBootstrap.Differences first = BOOTSTRAP.differences(before, after, 2);
    assertThat(BOOTSTRAP.differences(before, after, 2).sorted()).isEqualTo(first.sorted());
    assertThat(new BlockBootstrap(2_000, 43).differences(before, after, 2).sorted())
        .isNotEqualTo(first.sorted());
    assertThat(first.sorted()).hasSize(2_000).isSorted();
    assertThat(Arrays.stream(first.sorted()).average().orElseThrow()).isCloseTo(1.8, within(1e-9));
    assertThat(first.interval(0.95).low()).isCloseTo(0.9, within(0.25));
    assertThat(first.interval(0.95).high()).isCloseTo(2.7, within(0.25));
  }

  /** Blocks of one are the plain bootstrap, whose spread is known: √(v/n + w/m), n not n − 1. */
  @Test
  void blocksOfOneSpreadAsTheOrdinaryBootstrapDoes() {
    double[] values = {1, 4, 2, 8, 5, 7, 1, 3, 9, 6, 2, 5};
    Ratios series = Ratios.ofValues(values);
    double[] drawn = new BlockBootstrap(20_000, 1).differences(series, series, 1).sorted();

    double variance = Moments.of(values).variance() * 11 / 12;
    assertThat(Moments.of(drawn).variance()).isCloseTo(2 * variance / 12, within(0.04));
  }

  @Test
  void aBlockOfTheWholeSeriesCanOnlyBeDrawnInOneWay() {
    Ratios before = Ratios.ofValues(1, 2, 3);
    Ratios after = Ratios.ofValues(4, 5, 9);
    BlockBootstrap.Differences drawn = BOOTSTRAP.differences(before, after, 3);

    assertThat(drawn.interval(0.95)).isEqualTo(new Interval(4, 4, 0.95));
    assertThat(drawn.pValue()).isCloseTo(2.0 / 2_001, within(1e-12));
  }

  @Test
  void longShiftsWeighMoreThanShortOnes() {
    Ratios shifts = new Ratios(new double[] {8, 1}, new double[] {8, 4});

    assertThat(shifts.ratio()).isCloseTo(9.0 / 12, within(1e-12));
    assertThat(shifts.weight()).isEqualTo(12);
    assertThat(Arrays.stream(shifts.influences()).average().orElseThrow())
        .isCloseTo(0.75, within(1e-12));
    assertThat(shifts.influences()[0]).isCloseTo(0.75 + 2.0 / 6, within(1e-12));
    assertThat(Ratios.ofValues(3, 5, 7).influences())
        .containsExactly(new double[] {3, 5, 7}, within(1e-12));
  }

  @Test
  void theIntervalOfASeriesThatFollowsFromItselfHoldsTheTruthMoreOftenInBlocks() {
    long seed = Long.getLong("seed", 7);
    Random random = new Random(seed);
    int plain = 0;
    int blocks = 0;
    for (int round = 0; round < 300; round++) {
      Ratios before = following(random, 120);
      Ratios after = following(random, 120);
      plain += BOOTSTRAP.differences(before, after, 1).interval(0.9).contains(0) ? 1 : 0;
      blocks += BOOTSTRAP.differences(before, after, 10).interval(0.9).contains(0) ? 1 : 0;
    }
    assertThat(blocks / 300.0).as("seed " + seed).isBetween(0.76, 0.94);
    assertThat(plain / 300.0).as("seed " + seed).isLessThan(0.72);
  }

  private static Ratios following(Random random, int size) {
    double[] values = new double[size];
    double value = 0;
    for (int i = -50; i < size; i++) {
      value = 0.6 * value + random.nextGaussian();
      if (i >= 0) {
        values[i] = value;
      }
    }
    return Ratios.ofValues(values);
  }

  @Test
  void theLikelihoodOfNoDifferenceIsWhereTheIntervalReachesZero() {
    double[] drawn = new double[1_000];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = i - 19.5;
    }
    BlockBootstrap.Differences differences = new BlockBootstrap.Differences(drawn);

    assertThat(differences.pValue()).isCloseTo(2 * 21.0 / 1_001, within(1e-12));
    double[] mirrored = Arrays.stream(drawn).map(each -> -each).toArray();
    assertThat(new BlockBootstrap.Differences(mirrored).pValue()).isEqualTo(differences.pValue());
    assertThat(differences.interval(0.9).low()).isPositive();
    assertThat(differences.interval(0.99).low()).isNegative();
    assertThat(new BlockBootstrap.Differences(new double[] {0, 0, 0}).pValue()).isEqualTo(1);
    assertThat(new BlockBootstrap.Differences(new double[] {3, -1, 2}).interval(0.5).low())
        .isEqualTo(-1);
    assertThatThrownBy(() -> differences.interval(1.5)).hasMessageContaining("confidence");
  }

  @Test
  void blocksGrowWithTheCubeRootOfTheSeries() {
    assertThat(BlockBootstrap.usualBlock(1)).isEqualTo(1);
    assertThat(BlockBootstrap.usualBlock(20)).isEqualTo(3);
    assertThat(BlockBootstrap.usualBlock(1_000)).isEqualTo(10);
  }

  @Test
  void aBootstrapRefusesWhatIsNone() {
    Ratios three = Ratios.ofValues(1, 2, 3);
    assertThatThrownBy(() -> new BlockBootstrap(1_999, 1)).hasMessageContaining("1999 rounds");
    assertThatThrownBy(() -> BOOTSTRAP.differences(three, three, 0)).hasMessageContaining("of 0");
    assertThatThrownBy(() -> BOOTSTRAP.differences(three, Ratios.ofValues(1, 2), 3))
        .hasMessage("blocks of 3 from 3 and 2");
    assertThatThrownBy(Ratios::ofValues).hasMessage("0 numerators over 0 denominators");
    assertThatThrownBy(() -> new Ratios(new double[] {1}, new double[] {1, 2}))
        .hasMessage("1 numerators over 2 denominators");
    assertThatThrownBy(() -> new Ratios(new double[] {1}, new double[] {0}))
        .hasMessage("a ratio of 1.0 over 0.0");
    assertThatThrownBy(() -> Ratios.ofValues(1, Double.NaN)).hasMessage("a ratio of NaN over 1.0");
    assertThatThrownBy(() -> new Ratios(new double[] {1}, new double[] {1 / 0.0}))
        .hasMessageContaining("Infinity");
  }

  @Test
  void whatWasGivenMayChangeAfterwards() {
    double[] numerators = {1, 2};
    double[] denominators = {1, 1};
    Ratios ratios = new Ratios(numerators, denominators);
    numerators[0] = 99;
    denominators[0] = 99;
    ratios.numerators()[1] = 99;
    ratios.denominators()[1] = 99;

    assertThat(ratios.ratio()).isEqualTo(1.5);
    assertThat(ratios.numerators()).containsExactly(1, 2);
    assertThat(ratios.denominators()).containsExactly(1, 1);
  }
}
