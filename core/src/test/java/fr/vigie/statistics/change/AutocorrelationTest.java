package fr.vigie.statistics.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AutocorrelationTest {
  @Test
  void aSeriesFollowsFromItselfAsTheDefinitionSays() {
    double[] values = {1, 2, 3, 4, 10};

    assertThat(Autocorrelation.at(1, values).orElseThrow()).isCloseTo(8.0 / 50, within(1e-12));
    assertThat(Autocorrelation.at(2, values).orElseThrow()).isCloseTo(-3.0 / 50, within(1e-12));
    assertThat(Autocorrelation.at(1, 5, 5, 5)).isEmpty();
  }

  @Test
  void observationsThatFollowFromEachOtherCountForLess() {
    long seed = Long.getLong("seed", 7);
    Random random = new Random(seed);
    double[] values = new double[20_000];
    for (int i = 1; i < values.length; i++) {
      values[i] = 0.6 * values[i - 1] + random.nextGaussian();
    }

    assertThat(Autocorrelation.at(1, values).orElseThrow())
        .as("seed " + seed)
        .isCloseTo(0.6, within(0.03));
    assertThat(Autocorrelation.at(2, values).orElseThrow())
        .as("seed " + seed)
        .isCloseTo(0.36, within(0.04));
    assertThat(Autocorrelation.effectiveSize(values) / values.length)
        .as("seed " + seed)
        .isCloseTo(0.25, within(0.03));
  }

  @Test
  void observationsThatSwingCountForNoMoreThanTheyAre() {
    assertThat(Autocorrelation.effectiveSize(1, -1, 1, -1, 1, -1)).isEqualTo(6);
    assertThat(Autocorrelation.effectiveSize(4, 4, 4)).isEqualTo(3);
    assertThat(Autocorrelation.effectiveSize(4)).isEqualTo(1);
    assertThat(Autocorrelation.effectiveSize()).isZero();
    assertThat(Autocorrelation.effectiveSize(1, 1, -1, -1))
        .isCloseTo(4 * 0.75 / 1.25, within(1e-12));
  }

  @Test
  void aLagBeyondTheSeriesIsRefused() {
    assertThatThrownBy(() -> Autocorrelation.at(3, 1, 2, 3)).hasMessage("a lag of 3 in 3 values");
    assertThatThrownBy(() -> Autocorrelation.at(0, 1, 2, 3)).hasMessage("a lag of 0 in 3 values");
  }
}
