package fr.vigie.statistics.regression;

import fr.vigie.statistics.Interval;
import java.util.OptionalDouble;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * A figure of a regression and how sure it is.
 *
 * @param value in the unit of the figure
 * @param standardError in the unit of the figure; 0 when every observation lies on the line
 * @param degreesOfFreedom of Student's distribution, above 0
 */
public record Estimate(double value, double standardError, int degreesOfFreedom) {
  /** Value over standard error; empty when the error is zero. */
  public OptionalDouble t() {
    return standardError == 0 ? OptionalDouble.empty() : OptionalDouble.of(value / standardError);
  }

  /** How likely such a value, or one further from zero, is if the truth is zero; empty as t is. */
  public OptionalDouble pValue() {
    OptionalDouble t = t();
    return t.isEmpty()
        ? t
        : OptionalDouble.of(
            2
                * new TDistribution(degreesOfFreedom)
                    .cumulativeProbability(-Math.abs(t.getAsDouble())));
  }

  /** Where the truth lies. */
  public Interval interval(double confidence) {
    Interval.checkConfidence(confidence);
    double quantile =
        new TDistribution(degreesOfFreedom).inverseCumulativeProbability((1 + confidence) / 2);
    return Interval.about(value, quantile * standardError, confidence);
  }
}
