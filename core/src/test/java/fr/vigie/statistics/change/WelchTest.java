package fr.vigie.statistics.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fr.vigie.statistics.Interval;
import fr.vigie.statistics.regression.Estimate;
import org.junit.jupiter.api.Test;

class WelchTest {
  private static final double[] A = {
    27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4
  };
  private static final double[] B = {
    27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 20.5, 24.4
  };

  /** Wikipedia, "Welch's t-test", first example; digits by SciPy 1.17. */
  @Test
  void theExampleOfTheEncyclopediaComesOut() {
    Estimate difference = Welch.difference(Moments.of(B), Moments.of(A));

    assertThat(difference.t().orElseThrow()).isCloseTo(-2.455356398286006, within(1e-9));
    assertThat(difference.degreesOfFreedom()).isCloseTo(24.988529290231416, within(1e-9));
    assertThat(difference.pValue().orElseThrow()).isCloseTo(0.021378001462866992, within(1e-9));
    Interval interval = difference.interval(0.95);
    assertThat(interval.low()).isCloseTo(-3.984096267140929, within(1e-9));
    assertThat(interval.high()).isCloseTo(-0.3492370661924069, within(1e-9));
  }

  @Test
  void observationsThatFollowFromEachOtherWidenTheInterval() {
    double[] drifting = {1, 1.1, 1.3, 1.2, 1.5, 1.6, 1.5, 1.8, 1.9, 2.1};
    Moments plain = Moments.of(drifting);
    Moments correlated = Moments.correlated(drifting);

    assertThat(correlated.mean()).isEqualTo(plain.mean());
    assertThat(correlated.variance()).isEqualTo(plain.variance());
    assertThat(correlated.size()).isEqualTo(Autocorrelation.effectiveSize(drifting)).isLessThan(6);
    double ratio =
        Welch.difference(correlated, correlated).standardError()
            / Welch.difference(plain, plain).standardError();
    assertThat(ratio).isCloseTo(Math.sqrt(10 / correlated.size()), within(1e-12));
  }

  @Test
  void samplesWithoutSpreadLeaveNothingToDoubt() {
    Moments two = Moments.of(2, 2, 2);
    Moments three = Moments.of(3, 3);

    assertThat(Welch.difference(two, three)).isEqualTo(new Estimate(1, 0, 3));
    assertThat(Welch.difference(two, three).pValue()).isEmpty();
  }

  @Test
  void aSampleRefusesWhatIsNone() {
    assertThatThrownBy(() -> Moments.of(1)).hasMessageContaining("a sample of 1.0");
    assertThatThrownBy(Moments::of).hasMessageContaining("a sample of 0.0");
    assertThatThrownBy(() -> Moments.of(1, Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new Moments(0, -1, 3)).hasMessageContaining("-1.0");
  }
}
