package fr.vigie.energy;

import fr.vigie.statistics.Interval;
import fr.vigie.statistics.regression.Estimate;
import fr.vigie.statistics.regression.Regression;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What was saved against a baseline (IPMVP: avoided energy), with how sure that is. In all,
 * uncertainty is a half-width in kWh.
 *
 * @param periods in order of time
 * @param expected kWh that the baseline would have used in all of them
 * @param saved kWh in all of them, expected less used; negative when more was used
 * @param predicted at {@link #CONFIDENCE}, from the prediction interval of the regression, widened
 *     by the autocorrelation of its residuals
 * @param guideline at {@link #CONFIDENCE}, by ASHRAE guideline 14 for autocorrelated data
 * @param refusals why no saving may be claimed; empty when it may
 * @param outside periods in which a driver lay outside of what the baseline has seen
 */
public record Savings(
    List<Period> periods,
    double expected,
    double saved,
    double predicted,
    double guideline,
    Set<Refusal> refusals,
    int outside) {
  /** Of the IPMVP's rule: a saving is to be twice its standard error. */
  public static final double CONFIDENCE = 0.68;

  private static final double MOST_UNCERTAIN = 0.5;
  private static final double GUIDELINE = 1.26;

  /** Why a saving is not claimed. */
  public enum Refusal {
    /** As much was used as was to be expected, or more. */
    NOTHING_SAVED,
    /** The uncertainty is more than half of the saving. */
    UNCERTAIN
  }

  /**
   * @param expected kWh
   * @param prediction where what is used would lie without a change, at 95 %
   * @param sum savings up to and with this period, in kWh
   */
  public record Period(Observation observation, double expected, Interval prediction, double sum) {
    public double saved() {
      return expected - observation.kilowattHours();
    }
  }

  public Savings {
    periods = List.copyOf(periods);
    refusals = Set.copyOf(refusals);
  }

  /**
   * @param observations after the change, in order of time, at least one, with the baseline's
   *     drivers
   */
  public static Savings of(Baseline baseline, List<Observation> observations) {
    if (observations.isEmpty()) {
      throw new IllegalArgumentException("savings need at least one period");
    }
    Regression line = baseline.regression();
    Baseline.Fit fit = baseline.fit();
    List<Period> periods = new ArrayList<>();
    double expected = 0;
    double saved = 0;
    for (Observation each : observations) {
      Estimate estimate = line.predicted(each.at());
      expected += estimate.value();
      saved += estimate.value() - each.kilowattHours();
      periods.add(new Period(each, estimate.value(), estimate.interval(Interval.USUAL), saved));
    }
    double predicted = predicted(line, fit, baseline, observations);
    double guideline = guideline(line, fit, baseline, observations.size(), expected);
    Set<Refusal> refusals = EnumSet.noneOf(Refusal.class);
    if (saved <= 0) {
      refusals.add(Refusal.NOTHING_SAVED);
    } else if (Math.max(predicted, guideline) > MOST_UNCERTAIN * saved) {
      refusals.add(Refusal.UNCERTAIN);
    }
    int outside = (int) observations.stream().filter(it -> isOutside(baseline, it)).count();
    return new Savings(periods, expected, saved, predicted, guideline, refusals, outside);
  }

  /** Saved over expected; empty when nothing was to be expected. */
  public OptionalDouble share() {
    return expected == 0 ? OptionalDouble.empty() : OptionalDouble.of(saved / expected);
  }

  public boolean mayBeClaimed() {
    return refusals.isEmpty();
  }

  /**
   * The sum of m predictions errs by the noise of m periods and by m times the error of the line at
   * their mean.
   */
  private static double predicted(
      Regression line, Baseline.Fit fit, Baseline baseline, List<Observation> observations) {
    int count = observations.size();
    double[] mean = new double[baseline.drivers().size()];
    for (Observation each : observations) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += each.drivers().get(i) / count;
      }
    }
    double noise = count * line.residualVariance();
    double tilt = count * line.expected(mean).standardError();
    double widening = baseline.observations().size() / fit.effective();
    return quantile(line.degreesOfFreedom()) * Math.sqrt((noise + tilt * tilt) * widening);
  }

  /** t · 1.26 · CV(RMSE) · √((n/n′)(1 + 2/n′)/m), as a share of a period's mean in the baseline. */
  private static double guideline(
      Regression line, Baseline.Fit fit, Baseline baseline, int count, double expected) {
    double observations = baseline.observations().size();
    double effective = fit.effective();
    double share =
        Math.sqrt(observations / effective * (1 + 2 / effective) / count)
            * GUIDELINE
            * fit.cvRmse().orElse(0);
    int freedom = (int) Math.max(1, effective - baseline.drivers().size() - 1);
    return quantile(Math.min(freedom, line.degreesOfFreedom())) * share * Math.abs(expected);
  }

  private static double quantile(int degreesOfFreedom) {
    return new Estimate(0, 1, degreesOfFreedom).interval(CONFIDENCE).high();
  }

  private static boolean isOutside(Baseline baseline, Observation observation) {
    for (int i = 0; i < baseline.drivers().size(); i++) {
      double value = observation.drivers().get(i);
      double[] seen = Observation.driver(baseline.observations(), i);
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (double each : seen) {
        low = Math.min(low, each);
        high = Math.max(high, each);
      }
      if (value < low || value > high) {
        return true;
      }
    }
    return false;
  }
}
