package fr.vigie.statistics.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fr.vigie.statistics.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RegressionTest {
  private static final double[] NORRIS_X = {
    0.2, 337.4, 118.2, 884.6, 10.1, 226.5, 666.3, 996.3, 448.6, 777.0, 558.2, 0.4, 0.6, 775.5,
    666.9, 338.0, 447.5, 11.6, 556.0, 228.1, 995.8, 887.6, 120.2, 0.3, 0.3, 556.8, 339.1, 887.2,
    999.0, 779.0, 11.1, 118.3, 229.2, 669.1, 448.9, 0.5
  };
  private static final double[] NORRIS_Y = {
    0.1, 338.8, 118.1, 888.0, 9.2, 228.1, 668.5, 998.5, 449.1, 778.9, 559.2, 0.3, 0.1, 778.1, 668.8,
    339.3, 448.9, 10.8, 557.7, 228.3, 998.0, 888.8, 119.6, 0.3, 0.6, 557.6, 339.3, 888.0, 998.5,
    778.9, 10.2, 117.6, 228.9, 668.4, 449.2, 0.2
  };

  private static final double[] LONGLEY_Y = {
    60323, 61122, 60171, 61187, 63221, 63639, 64989, 63761, 66019, 67857, 68169, 66513, 68655,
    69564, 69331, 70551
  };
  private static final double[][] LONGLEY_X = {
    {
      83.0, 88.5, 88.2, 89.5, 96.2, 98.1, 99.0, 100.0, 101.2, 104.6, 108.4, 110.8, 112.6, 114.2,
      115.7, 116.9
    },
    {
      234289, 259426, 258054, 284599, 328975, 346999, 365385, 363112, 397469, 419180, 442769,
      444546, 482704, 502601, 518173, 554894
    },
    {
      2356, 2325, 3682, 3351, 2099, 1932, 1870, 3578, 2904, 2822, 2936, 4681, 3813, 3931, 4806, 4007
    },
    {
      1590, 1456, 1616, 1650, 3099, 3594, 3547, 3350, 3048, 2857, 2798, 2637, 2552, 2514, 2572, 2827
    },
    {
      107608, 108632, 109773, 110929, 112075, 113270, 115094, 116219, 117388, 118734, 120445,
      121950, 123366, 125368, 127852, 130081
    },
    {1947, 1948, 1949, 1950, 1951, 1952, 1953, 1954, 1955, 1956, 1957, 1958, 1959, 1960, 1961, 1962}
  };

  /** NIST StRD, linear regression, Norris: certified to 15 digits. */
  @Test
  void norrisComesOutAsNistCertifiesIt() {
    Regression norris = Regression.of(NORRIS_Y, NORRIS_X);

    Estimate slope = norris.slopes().get(0);
    assertRelative(slope.value(), 1.00211681802045);
    assertRelative(slope.standardError(), 0.429796848199937E-03);
    assertRelative(norris.intercept().value(), -0.262323073774029);
    assertRelative(norris.intercept().standardError(), 0.232818234301152);
    assertRelative(norris.rSquared().orElseThrow(), 0.999993745883712);
    assertRelative(norris.residualDeviation(), 0.884796396144373);
    assertRelative(norris.explainedSquares(), 4255954.13232369);
    assertRelative(norris.residualSquares(), 26.6173985294224);
    assertRelative(norris.residualVariance(), 0.782864662630069);
    assertRelative(norris.f().orElseThrow(), 5436385.54079785);
    assertThat(norris.degreesOfFreedom()).isEqualTo(34);
    assertThat(norris.observations()).isEqualTo(36);
  }

  /** NIST StRD, linear regression, Longley: six predictors that nearly follow from each other. */
  @Test
  void longleyComesOutAsNistCertifiesIt() {
    Regression longley = Regression.of(LONGLEY_Y, LONGLEY_X);

    List<Estimate> slopes = longley.slopes();
    double[] values = {
      15.0618722713733,
      -0.358191792925910E-01,
      -2.02022980381683,
      -1.03322686717359,
      -0.511041056535807E-01,
      1829.15146461355
    };
    double[] errors = {
      84.9149257747669,
      0.334910077722432E-01,
      0.488399681651699,
      0.214274163161675,
      0.226073200069370,
      455.478499142212
    };
    for (int i = 0; i < values.length; i++) {
      assertRelative(slopes.get(i).value(), values[i]);
      assertRelative(slopes.get(i).standardError(), errors[i]);
    }
    assertRelative(longley.intercept().value(), -3482258.63459582);
    assertRelative(longley.intercept().standardError(), 890420.383607373);
    assertRelative(longley.rSquared().orElseThrow(), 0.995479004577296);
    assertRelative(longley.residualDeviation(), 304.854073561965);
    assertRelative(longley.explainedSquares(), 184172401.944494);
    assertRelative(longley.residualSquares(), 836424.055505915);
    assertRelative(longley.f().orElseThrow(), 330.285339234588);
    assertThat(longley.degreesOfFreedom()).isEqualTo(9);
  }

  /** From the definitions, in 50 digits by mpmath, with Student's and Fisher's laws of SciPy. */
  @Test
  void theFurtherFiguresOfLongleyAreThoseOfTheirDefinitions() {
    Regression longley = Regression.of(LONGLEY_Y, LONGLEY_X);

    Estimate year = longley.slopes().get(5);
    assertRelative(year.t().orElseThrow(), 4.01588981270979);
    assertRelative(year.pValue().orElseThrow(), 0.0030368033416302872);
    assertRelative(longley.slopes().get(4).pValue().orElseThrow(), 0.8262117957636469);
    assertRelative(year.interval(0.95).low(), 798.7875152784211);
    assertRelative(year.interval(0.95).high(), 2859.515413948683);
    double[] at = {118, 570000, 3500, 2700, 131000, 1963};
    assertRelative(longley.expected(at).value(), 73170.9044764825);
    assertRelative(longley.expected(at).standardError(), 431.909795482691);
    assertRelative(longley.predicted(at).value(), 73170.9044764825);
    assertRelative(longley.predicted(at).standardError(), 528.660645027813);
    assertRelative(longley.adjustedRSquared().orElseThrow(), 0.992465007628826);
    assertRelative(longley.cvRmse().orElseThrow(), 0.00466730060416071);
    assertRelative(longley.fPValue().orElseThrow(), 4.984030528724813e-10);
    assertThat(longley.residuals())
        .startsWith(new double[] {267.34002976, -94.0139423988}, within(1e-8));
  }

  /** Kissock (2003) for one predictor: t × RMSE × √(1 + 1/n + (x − x̄)² / Sxx). */
  @Test
  void thePredictionIntervalOfOnePredictorIsThatOfTheBooks() {
    double[] x = {1, 2, 3, 4, 6};
    Regression line = Regression.of(new double[] {2.1, 3.9, 6.2, 7.8, 12.4}, x);

    double mean = Arrays.stream(x).average().orElseThrow();
    double sxx = Arrays.stream(x).map(each -> (each - mean) * (each - mean)).sum();
    double root = Math.sqrt(1 + 1.0 / 5 + (8 - mean) * (8 - mean) / sxx);
    Interval interval = line.predicted(8).interval(0.9);
    double quantile = 2.3533634348018264;
    assertRelative(
        interval.high() - interval.low(), 2 * quantile * line.residualDeviation() * root);
    assertThat(interval.confidence()).isEqualTo(0.9);
  }

  @Test
  void observationsOnTheLineLeaveNothingToDoubt() {
    double[] x = {0, 1, 2, 3};
    Regression exact = Regression.of(new double[] {1, 3, 5, 7}, x);

    assertThat(exact.slopes().get(0).value()).isCloseTo(2, within(1e-12));
    assertThat(exact.slopes().get(0).standardError()).isCloseTo(0, within(1e-12));
    assertThat(exact.rSquared().orElseThrow()).isCloseTo(1, within(1e-12));
    assertThat(exact.predicted(10).interval(0.95).low()).isCloseTo(21, within(1e-12));
    assertThat(exact.predicted(10).interval(0.95).high()).isCloseTo(21, within(1e-12));
  }

  @Test
  void observationsThatAreAllAlikeHaveNoShareToExplainAndNoFOrT() {
    Regression flat = Regression.of(new double[] {0, 0, 0, 0}, new double[] {1, 2, 3, 5});

    assertThat(flat.slopes().get(0)).isEqualTo(new Estimate(0, 0, 2));
    assertThat(flat.slopes().get(0).t()).isEmpty();
    assertThat(flat.slopes().get(0).pValue()).isEmpty();
    assertThat(flat.rSquared()).isEmpty();
    assertThat(flat.adjustedRSquared()).isEmpty();
    assertThat(flat.f()).isEmpty();
    assertThat(flat.fPValue()).isEmpty();
    assertThat(flat.cvRmse()).isEmpty();
    assertThat(flat.nmbe(new double[] {1, -1}, new double[] {1, 2})).isEmpty();
  }

  @Test
  void aPredictorWithoutAnyInfluenceHasAnFOfZeroAndAllTheLikelihood() {
    Regression none = Regression.of(new double[] {1, -1, -1, 1}, new double[] {-2, -1, 1, 2});

    assertThat(none.f().orElseThrow()).isCloseTo(0, within(1e-12));
    assertThat(none.fPValue().orElseThrow()).isCloseTo(1, within(1e-12));
  }

  @Test
  void theBiasOfOtherObservationsIsWhatTheyExceedTheirPredictionsBy() {
    double[] x = {0, 1, 2, 3};
    Regression line = Regression.of(new double[] {1, 3, 5, 7}, x);

    assertThat(line.nmbe(new double[] {22, 8}, new double[] {10, 3}).orElseThrow())
        .isCloseTo(2.0 / 30, within(1e-12));
    Regression norris = Regression.of(NORRIS_Y, NORRIS_X);
    assertThat(norris.nmbe(NORRIS_Y, NORRIS_X).orElseThrow()).isCloseTo(0, within(1e-13));
  }

  @Test
  void theIntervalOfASlopeHoldsTheTruthAsOftenAsItSays() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int held = 0;
    for (int round = 0; round < 2_000; round++) {
      double[] x = random.doubles(15, 0, 10).toArray();
      double[] y = Arrays.stream(x).map(each -> 5 + 0.3 * each + random.nextGaussian()).toArray();
      held += Regression.of(y, x).slopes().get(0).interval(0.9).contains(0.3) ? 1 : 0;
    }
    assertThat(held / 2_000.0).as("seed " + seed).isCloseTo(0.9, within(0.035));
  }

  @Test
  void whatCannotBeFittedIsRefusedAndSaysWhy() {
    double[] x = {1, 2, 3, 4};
    double[] y = {1, 2, 2, 5};
    double[] twice = {2, 4, 6, 8};
    double[] same = {7, 7, 7, 7};
    assertThatThrownBy(() -> Regression.of(y, x, twice))
        .hasMessage("predictor 2 is constant or follows from those before it");
    assertThatThrownBy(() -> Regression.of(y, same))
        .hasMessage("predictor 1 is constant or follows from those before it");
    assertThatThrownBy(() -> Regression.of(y)).hasMessageContaining("on 0 predictors");
    assertThatThrownBy(() -> Regression.of(new double[] {1, 2}, new double[] {1, 2}))
        .hasMessageContaining("found 2 observations");
    assertThatThrownBy(() -> Regression.of(y, new double[] {1, 2, 3}))
        .hasMessage("a predictor of 3 values for 4 observations");
    assertThatThrownBy(() -> Regression.of(y, new double[] {1, 2, 3, Double.NaN}))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> Regression.of(new double[] {1, 2, 3, 1 / 0.0}, x))
        .hasMessageContaining("Infinity");
    assertThatThrownBy(() -> Regression.of(y, x).predicted(1, 2))
        .hasMessage("wanted 1 predictors, found 2");
    assertThatThrownBy(() -> Regression.of(y, x).nmbe(y, new double[] {1}))
        .hasMessageContaining("a predictor of 1 values");
    assertThatThrownBy(() -> Regression.of(y, x).intercept().interval(1.5))
        .hasMessageContaining("confidence: found 1.5");
  }

  @Test
  void whatWasGivenMayChangeAfterwards() {
    double[] x = NORRIS_X.clone();
    double[] y = NORRIS_Y.clone();
    Regression norris = Regression.of(y, x);
    Arrays.fill(x, 0);
    Arrays.fill(y, 0);
    norris.residuals()[0] = 99;

    assertRelative(norris.residualSquares(), 26.6173985294224);
    assertRelative(norris.explainedSquares(), 4255954.13232369);
  }

  private static void assertRelative(double found, double wanted) {
    Offset<Double> offset = within(1e-9 * Math.abs(wanted));
    assertThat(found).isCloseTo(wanted, offset);
  }
}
