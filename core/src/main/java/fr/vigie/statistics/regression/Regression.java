package fr.vigie.statistics.regression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.hipparchus.distribution.continuous.FDistribution;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;

/**
 * Ordinary least squares with an intercept: observed = intercept + Σ slope × predictor. Predictors
 * are taken about their means and brought to one scale before a QR decomposition, which keeps the
 * digits that years and kilowatt-hours lose side by side. Immutable.
 */
public final class Regression {
  /** Of the length of a predictor, what must remain once the others have been taken out of it. */
  private static final double INDEPENDENT = 1e-10;

  private final double[] observed;
  private final double[] slopes;
  private final double[] means;
  private final double[] residuals;
  private final double mean;

  /** Covariance of the slopes for residuals of variance 1. */
  private final RealMatrix unitCovariance;

  private Regression(double[] observed, double[][] predictors) {
    this.observed = observed;
    mean = mean(observed);
    means = Arrays.stream(predictors).mapToDouble(Regression::mean).toArray();
    double[] scales = new double[predictors.length];
    RealMatrix design = new Array2DRowRealMatrix(observed.length, predictors.length);
    for (int j = 0; j < predictors.length; j++) {
      double[] centred = centred(predictors[j], means[j]);
      scales[j] = Math.sqrt(dot(centred, centred));
      for (int i = 0; i < observed.length; i++) {
        design.setEntry(i, j, scales[j] == 0 ? 0 : centred[i] / scales[j]);
      }
    }
    QRDecomposition decomposition = new QRDecomposition(design);
    RealMatrix r = decomposition.getR();
    for (int j = 0; j < predictors.length; j++) {
      if (Math.abs(r.getEntry(j, j)) < INDEPENDENT) {
        throw new IllegalArgumentException(
            "predictor " + (j + 1) + " is constant or follows from those before it");
      }
    }
    double[] scaled =
        decomposition.getSolver().solve(new ArrayRealVector(centred(observed, mean))).toArray();
    slopes = new double[predictors.length];
    for (int j = 0; j < slopes.length; j++) {
      slopes[j] = scaled[j] / scales[j];
    }
    unitCovariance = unitCovariance(r, scales);
    residuals = new double[observed.length];
    for (int i = 0; i < observed.length; i++) {
      residuals[i] = observed[i] - mean;
      for (int j = 0; j < slopes.length; j++) {
        residuals[i] -= slopes[j] * (predictors[j][i] - means[j]);
      }
    }
  }

  /**
   * @param predictors each as long as {@code observed}
   * @throws IllegalArgumentException when there is no predictor, lengths differ, a number is not
   *     finite, a predictor is constant or follows from others, or there are not more observations
   *     than coefficients
   */
  public static Regression of(double[] observed, double[]... predictors) {
    checkLengths(observed, predictors);
    if (predictors.length == 0 || observed.length < predictors.length + 2) {
      throw new IllegalArgumentException(
          "a regression on "
              + predictors.length
              + " predictors wants at least 1 of them and more observations than coefficients, found "
              + observed.length
              + " observations");
    }
    return new Regression(observed.clone(), predictors);
  }

  public int observations() {
    return observed.length;
  }

  /** Observations less coefficients. */
  public int degreesOfFreedom() {
    return observed.length - slopes.length - 1;
  }

  /** What is observed where every predictor is zero. */
  public Estimate intercept() {
    return expected(new double[slopes.length]);
  }

  /** In the order of the predictors. */
  public List<Estimate> slopes() {
    List<Estimate> estimates = new ArrayList<>();
    for (int j = 0; j < slopes.length; j++) {
      double error = residualDeviation() * Math.sqrt(unitCovariance.getEntry(j, j));
      estimates.add(new Estimate(slopes[j], error, degreesOfFreedom()));
    }
    return estimates;
  }

  /** Observed less fitted, in the order of the observations. */
  public double[] residuals() {
    return residuals.clone();
  }

  /** Sum of the squares of the residuals. */
  public double residualSquares() {
    return dot(residuals, residuals);
  }

  /** Sum of the squares that the regression explains. */
  public double explainedSquares() {
    double[] explained = new double[observed.length];
    for (int i = 0; i < observed.length; i++) {
      explained[i] = observed[i] - mean - residuals[i];
    }
    return dot(explained, explained);
  }

  /** Sum of the squared residuals over the degrees of freedom. */
  public double residualVariance() {
    return residualSquares() / degreesOfFreedom();
  }

  /** RMSE, in the unit of what is observed. */
  public double residualDeviation() {
    return Math.sqrt(residualVariance());
  }

  /** Share of the squares that is explained, 0 to 1; empty when all observations are alike. */
  public OptionalDouble rSquared() {
    double explained = explainedSquares();
    double all = explained + residualSquares();
    return all == 0 ? OptionalDouble.empty() : OptionalDouble.of(explained / all);
  }

  /** R² that a useless predictor does not raise; empty as R² is. */
  public OptionalDouble adjustedRSquared() {
    OptionalDouble plain = rSquared();
    return plain.isEmpty()
        ? plain
        : OptionalDouble.of(
            1 - (1 - plain.getAsDouble()) * (observed.length - 1) / degreesOfFreedom());
  }

  /** F of the regression as a whole; empty when no residual is left. */
  public OptionalDouble f() {
    double residual = residualVariance();
    return residual == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(explainedSquares() / slopes.length / residual);
  }

  /** How likely such an F, or a larger one, is if no predictor has an influence; empty as F is. */
  public OptionalDouble fPValue() {
    double explained = explainedSquares() / slopes.length;
    double residual = residualVariance();
    if (residual == 0) {
      return OptionalDouble.empty();
    }
    if (explained == 0) {
      return OptionalDouble.of(1);
    }
    return OptionalDouble.of(
        new FDistribution(degreesOfFreedom(), slopes.length)
            .cumulativeProbability(residual / explained));
  }

  /** CV(RMSE) of ASHRAE guideline 14: RMSE over the mean observed; empty when that is zero. */
  public OptionalDouble cvRmse() {
    return mean == 0 ? OptionalDouble.empty() : OptionalDouble.of(residualDeviation() / mean);
  }

  /**
   * NMBE of this regression over other observations: their sum less what was to be expected, over
   * their sum. Zero over its own; empty when their sum is zero.
   *
   * @throws IllegalArgumentException as {@link #of} does for lengths and numbers
   */
  public OptionalDouble nmbe(double[] others, double[]... predictors) {
    checkLengths(others, predictors);
    double sum = 0;
    double missed = 0;
    for (int i = 0; i < others.length; i++) {
      int row = i;
      double[] at = Arrays.stream(predictors).mapToDouble(each -> each[row]).toArray();
      sum += others[i];
      missed += others[i] - value(at);
    }
    return sum == 0 ? OptionalDouble.empty() : OptionalDouble.of(missed / sum);
  }

  /**
   * The mean of many observations made at these predictors.
   *
   * @throws IllegalArgumentException when they are not as many as the slopes
   */
  public Estimate expected(double... at) {
    return estimate(at, 0);
  }

  /**
   * One more observation at these predictors; its interval is the prediction interval.
   *
   * @throws IllegalArgumentException when they are not as many as the slopes
   */
  public Estimate predicted(double... at) {
    return estimate(at, 1);
  }

  private Estimate estimate(double[] at, double own) {
    double value = value(at);
    double[] offsets = new double[at.length];
    for (int j = 0; j < at.length; j++) {
      offsets[j] = at[j] - means[j];
    }
    double leverage = 1.0 / observed.length + dot(unitCovariance.operate(offsets), offsets);
    double error = residualDeviation() * Math.sqrt(own + leverage);
    return new Estimate(value, error, degreesOfFreedom());
  }

  private double value(double[] at) {
    if (at.length != slopes.length) {
      throw new IllegalArgumentException(
          "wanted " + slopes.length + " predictors, found " + at.length);
    }
    double value = mean;
    for (int j = 0; j < slopes.length; j++) {
      value += slopes[j] * (at[j] - means[j]);
    }
    return value;
  }

  /** (XᵀX)⁻¹ = R⁻¹R⁻ᵀ, back in the units of the predictors. */
  private static RealMatrix unitCovariance(RealMatrix r, double[] scales) {
    int size = scales.length;
    RealMatrix inverse = new Array2DRowRealMatrix(size, size);
    for (int column = 0; column < size; column++) {
      for (int row = column; row >= 0; row--) {
        double value = row == column ? 1 : 0;
        for (int k = row + 1; k <= column; k++) {
          value -= r.getEntry(row, k) * inverse.getEntry(k, column);
        }
        inverse.setEntry(row, column, value / r.getEntry(row, row));
      }
    }
    RealMatrix covariance = inverse.multiplyTransposed(inverse);
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        covariance.multiplyEntry(i, j, 1 / scales[i] / scales[j]);
      }
    }
    return covariance;
  }

  private static void checkLengths(double[] observed, double[]... predictors) {
    List<double[]> all = new ArrayList<>(List.of(predictors));
    all.add(observed);
    for (double[] each : all) {
      if (each.length != observed.length) {
        throw new IllegalArgumentException(
            "a predictor of " + each.length + " values for " + observed.length + " observations");
      }
      for (double value : each) {
        if (!Double.isFinite(value)) {
          throw new IllegalArgumentException("a regression cannot hold " + value);
        }
      }
    }
  }

  private static double[] centred(double[] values, double mean) {
    return Arrays.stream(values).map(value -> value - mean).toArray();
  }

  private static double mean(double[] values) {
    double first = Arrays.stream(values).sum() / values.length;
    return first + Arrays.stream(values).map(value -> value - first).sum() / values.length;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
