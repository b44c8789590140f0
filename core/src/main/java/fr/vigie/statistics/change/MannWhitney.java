package fr.vigie.statistics.change;

import fr.vigie.statistics.Interval;
import java.util.Arrays;
import java.util.Optional;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.stat.inference.MannWhitneyUTest;

/**
 * Comparison of two samples by the order of their observations, which asks for no normal law and
 * which a few wild observations do not move (Mann and Whitney, 1947; Hodges and Lehmann, 1963).
 */
public final class MannWhitney {
  private final double[] before;
  private final double[] after;
  private final double[] differences;

  private MannWhitney(double[] before, double[] after) {
    this.before = before.clone();
    this.after = after.clone();
    differences = new double[before.length * after.length];
    int at = 0;
    for (double first : before) {
      for (double second : after) {
        differences[at++] = second - first;
      }
    }
    Arrays.sort(differences);
  }

  /**
   * @throws IllegalArgumentException when a sample is empty or holds what is not finite
   */
  public static MannWhitney of(double[] before, double[] after) {
    for (double[] sample : new double[][] {before, after}) {
      if (sample.length == 0 || !Arrays.stream(sample).allMatch(Double::isFinite)) {
        throw new IllegalArgumentException("a sample of " + Arrays.toString(sample));
      }
    }
    return new MannWhitney(before, after);
  }

  /** Pairs in which the observation after is the greater one; equal ones count half. */
  public double u() {
    double pairs = 0;
    for (double difference : differences) {
      pairs += difference > 0 ? 1 : difference == 0 ? 0.5 : 0;
    }
    return pairs;
  }

  /** Two-sided, by the normal law with corrections for ties and continuity. */
  public double pValue() {
    return new MannWhitneyUTest().mannWhitneyUTest(before, after, false);
  }

  /** By how much observations after exceed those before: the median of all differences. */
  public double shift() {
    int middle = differences.length / 2;
    return differences.length % 2 == 1
        ? differences[middle]
        : (differences[middle - 1] + differences[middle]) / 2;
  }

  /**
   * Where the shift lies, by the normal law; empty when so few observations cannot tell it with
   * this confidence.
   */
  public Optional<Interval> interval(double confidence) {
    Interval.checkConfidence(confidence);
    double quantile = new NormalDistribution().inverseCumulativeProbability((1 + confidence) / 2);
    double pairs = differences.length;
    double spread = Math.sqrt(pairs * (before.length + after.length + 1) / 12);
    int rank = (int) Math.floor(pairs / 2 - quantile * spread);
    return rank < 1
        ? Optional.empty()
        : Optional.of(
            new Interval(
                differences[rank - 1], differences[differences.length - rank], confidence));
  }
}
