package fr.vigie.energy;

import fr.vigie.statistics.change.Autocorrelation;
import fr.vigie.statistics.regression.Estimate;
import fr.vigie.statistics.regression.Regression;
import fr.vigie.time.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a machine used before something was changed, as a straight line over what explains it (the
 * energy performance indicator of ISO 50006). It holds the data it was made of, so that it says the
 * same for ever; a better one is a new version.
 *
 * @param name of what it is a version
 * @param version from 1 on
 * @param frozen when it was made
 * @param drivers names of what explains the energy, at least one
 * @param observations in order of time, those that are excluded left out
 * @param exclusions what was left out of the data, and why
 */
public record Baseline(
    String name,
    int version,
    Instant frozen,
    List<String> drivers,
    List<Observation> observations,
    List<Exclusion> exclusions) {
  /** Fewest periods, of less than four weeks each. */
  public static final int FEWEST = 30;

  /** Fewest periods of four weeks and more: a year of months. */
  public static final int FEWEST_MONTHS = 12;

  private static final Duration MONTH = Duration.ofDays(28);

  /** A stretch that says nothing about usual work. */
  public record Exclusion(Span span, String why) {}

  /** Too few periods for a baseline. */
  public static final class TooFew extends IllegalArgumentException {
    private final int wanted;
    private final int found;

    private TooFew(int wanted, int found) {
      super("a baseline wants " + wanted + " periods, found " + found);
      this.wanted = wanted;
      this.found = found;
    }

    public int wanted() {
      return wanted;
    }

    public int found() {
      return found;
    }
  }

  public Baseline {
    drivers = List.copyOf(drivers);
    observations = List.copyOf(observations);
    exclusions = List.copyOf(exclusions);
  }

  /**
   * A baseline of those observations that no exclusion touches.
   *
   * @throws TooFew when too few are left
   * @throws IllegalArgumentException when a driver does not vary or follows from others
   */
  public static Baseline freeze(
      String name,
      int version,
      Instant now,
      List<String> drivers,
      List<Observation> all,
      List<Exclusion> exclusions) {
    List<Observation> kept = new ArrayList<>();
    for (Observation each : all) {
      boolean excluded =
          exclusions.stream().anyMatch(it -> it.span().overlap(each.span()).isPresent());
      if (!excluded) {
        kept.add(each);
      }
    }
    boolean months =
        !kept.isEmpty() && kept.stream().allMatch(it -> it.span().length().compareTo(MONTH) >= 0);
    int fewest = months ? FEWEST_MONTHS : FEWEST;
    if (kept.size() < fewest) {
      throw new TooFew(fewest, kept.size());
    }
    Baseline baseline = new Baseline(name, version, now, drivers, kept, exclusions);
    baseline.regression();
    return baseline;
  }

  /** From its data, so that nothing else has to be kept. */
  Regression regression() {
    double[][] predictors = new double[drivers.size()][];
    for (int i = 0; i < predictors.length; i++) {
      predictors[i] = Observation.driver(observations, i);
    }
    return Regression.of(Observation.energies(observations), predictors);
  }

  /**
   * How well the line fits. Of R² and CV(RMSE) the latter counts: R² is low where the drivers
   * hardly vary, however well the line predicts.
   *
   * @param base kWh of a period in which every driver is zero
   * @param marginal kWh for one more of each driver
   * @param correlation first autocorrelation of the residuals
   * @param effective as many independent observations as these tell as much as: n(1 − ρ)/(1 + ρ)
   */
  public record Fit(
      Estimate base,
      List<Estimate> marginal,
      OptionalDouble rSquared,
      OptionalDouble cvRmse,
      double correlation,
      double effective) {}

  public Fit fit() {
    Regression line = regression();
    double[] residuals = line.residuals();
    return new Fit(
        line.intercept(),
        line.slopes(),
        line.rSquared(),
        line.cvRmse(),
        Autocorrelation.at(1, residuals).orElse(0),
        Autocorrelation.effectiveSize(residuals));
  }
}
