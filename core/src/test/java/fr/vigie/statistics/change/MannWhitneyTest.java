package fr.vigie.statistics.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fr.vigie.statistics.Interval;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MannWhitneyTest {
  private static final double[] MAY = {
    41, 36, 12, 18, 28, 23, 19, 8, 7, 16, 11, 14, 18, 14, 34, 6, 30, 11, 1, 11, 4, 32, 23, 45, 115,
    37
  };
  private static final double[] AUGUST = {
    39, 9, 16, 78, 35, 66, 122, 89, 110, 44, 28, 65, 22, 59, 23, 31, 44, 21, 9, 45, 168, 73, 76,
    118, 84, 85
  };

  /** R, example of wilcox.test: ozone in May and August of airquality, W = 127.5, p = 0.0001208. */
  @Test
  void theExampleOfRComesOut() {
    MannWhitney test = MannWhitney.of(AUGUST, MAY);

    assertThat(test.u()).isEqualTo(127.5);
    assertThat(test.pValue()).isCloseTo(0.00012080783076877434, within(1e-12));
    assertThat(MannWhitney.of(MAY, AUGUST).u()).isEqualTo(26 * 26 - 127.5);
    assertThat(MannWhitney.of(MAY, AUGUST).pValue()).isEqualTo(test.pValue());
    assertThat(MannWhitney.of(MAY, AUGUST).shift()).isEqualTo(32);
  }

  /** Hollander and Wolfe (1973), permeability of the chorioamnion: W = 35, shift 0.305. */
  @Test
  void theShiftOfHollanderAndWolfeComesOut() {
    double[] term = {0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46};
    double[] earlier = {1.15, 0.88, 0.90, 0.74, 1.21};
    MannWhitney test = MannWhitney.of(earlier, term);

    assertThat(test.u()).isEqualTo(35);
    assertThat(test.shift()).isCloseTo(0.305, within(1e-12));
  }

  /** C = nm/2 − z √(nm (n + m + 1) / 12), and the C-th difference from either end. */
  @Test
  void theIntervalLiesBetweenOrderedDifferences() {
    Interval interval = MannWhitney.of(MAY, AUGUST).interval(0.95).orElseThrow();

    assertThat(interval).isEqualTo(new Interval(14, 53, 0.95));
    assertThat(MannWhitney.of(new double[] {1, 2}, new double[] {3, 4}).interval(0.95)).isEmpty();
    assertThat(MannWhitney.of(new double[] {1, 2, 3}, new double[] {3, 4, 5}).interval(0.8))
        .hasValue(new Interval(0, 4, 0.8));
  }

  @Test
  void theShiftOfAnEvenNumberOfDifferencesIsBetweenTheTwoInTheMiddle() {
    assertThat(MannWhitney.of(new double[] {0}, new double[] {1, 2, 9}).shift()).isEqualTo(2);
    assertThat(MannWhitney.of(new double[] {0}, new double[] {1, 2, 4, 9}).shift()).isEqualTo(3);
  }

  @Test
  void samplesThatAreAllAlikeDoNotDiffer() {
    MannWhitney test = MannWhitney.of(new double[] {3, 3}, new double[] {3, 3, 3});

    assertThat(test.pValue()).isEqualTo(1);
    assertThat(test.shift()).isZero();
    assertThat(test.u()).isEqualTo(3);
  }

  @Test
  void theIntervalHoldsTheShiftAsOftenAsItSaysWhateverTheLaw() {
    long seed = Long.getLong("seed", 7);
    Random random = new Random(seed);
    int held = 0;
    for (int round = 0; round < 1_000; round++) {
      double[] before = random.doubles(20).map(each -> -Math.log(1 - each)).toArray();
      double[] after = random.doubles(25).map(each -> 2 - Math.log(1 - each)).toArray();
      held += MannWhitney.of(before, after).interval(0.9).orElseThrow().contains(2) ? 1 : 0;
    }
    assertThat(held / 1_000.0).as("seed " + seed).isBetween(0.865, 0.945);
  }

  @Test
  void aSampleRefusesWhatIsNone() {
    assertThatThrownBy(() -> MannWhitney.of(new double[0], MAY)).hasMessageContaining("[]");
    double[] broken = Arrays.copyOf(MAY, MAY.length);
    broken[3] = Double.NaN;
    assertThatThrownBy(() -> MannWhitney.of(MAY, broken)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> MannWhitney.of(MAY, AUGUST).interval(1))
        .hasMessageContaining("confidence");
  }
}
