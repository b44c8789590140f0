package fr.vigie.condition;

import fr.vigie.statistics.Interval;
import fr.vigie.statistics.change.Autocorrelation;
import fr.vigie.statistics.regression.Estimate;
import fr.vigie.statistics.regression.Regression;
import fr.vigie.time.Nanos;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Where a signal goes, by a straight line through its means, and when it would reach a limit. Means
 * that depend on those before them tell less than their number: every interval is widened by what
 * the first autocorrelation of the residuals says.
 */
public final class Trend {
  /** Fewer means make no trend. */
  public static final int FEWEST = 10;

  private static final double NANOS_A_DAY = 8.64e13;
  private static final int HALVINGS = 60;

  private final Regression line;
  private final Instant first;
  private final Instant last;
  private final double widening;

  private Trend(Regression line, Instant first, Instant last, double widening) {
    this.line = line;
    this.first = first;
    this.last = last;
    this.widening = widening;
  }

  /** Empty with fewer than {@value #FEWEST} means; they are in order of time. */
  public static Optional<Trend> of(List<Mean> means) {
    if (means.size() < FEWEST) {
      return Optional.empty();
    }
    Instant first = means.get(0).at();
    double[] values = means.stream().mapToDouble(Mean::value).toArray();
    double[] days = means.stream().mapToDouble(mean -> days(first, mean.at())).toArray();
    Regression line = Regression.of(values, days);
    double correlation = Math.max(0, Autocorrelation.at(1, line.residuals()).orElse(0));
    double widening = Math.sqrt((1 + correlation) / (1 - correlation));
    return Optional.of(new Trend(line, first, means.get(means.size() - 1).at(), widening));
  }

  /** In the signal's unit a day. */
  public double aDay() {
    return line.slopes().get(0).value();
  }

  /** Where the slope lies, in the signal's unit a day. */
  public Interval aDay(double confidence) {
    return widened(line.slopes().get(0), confidence);
  }

  /** Whether the slope is not to be told from none. */
  public boolean isFlat(double confidence) {
    return aDay(confidence).contains(0);
  }

  /** Where the next mean at an instant lies. */
  public Interval forecast(Instant at, double confidence) {
    return widened(line.predicted(days(first, at)), confidence);
  }

  /**
   * When a limit is reached. Nothing is told beyond as long after the means as they lasted: what is
   * not reached until then is empty.
   *
   * @param line when the line itself reaches it
   * @param earliest when the interval of the forecast first touches it
   * @param latest when all of the interval has passed it
   * @param horizon until when was looked
   */
  public record Reach(
      Optional<Instant> line,
      Optional<Instant> earliest,
      Optional<Instant> latest,
      Instant horizon) {}

  /** When the signal reaches a limit, judged from its bad side. */
  public Reach reach(Limit limit, double confidence) {
    Instant horizon = last.plus(Duration.between(first, last));
    double sign = limit.side() == Limit.Side.ABOVE ? 1 : -1;
    return new Reach(
        crossing(horizon, at -> sign * (line.expected(days(first, at)).value() - limit.limit())),
        crossing(horizon, at -> sign * (near(at, sign, confidence) - limit.limit())),
        crossing(horizon, at -> sign * (near(at, -sign, confidence) - limit.limit())),
        horizon);
  }

  private double near(Instant at, double sign, double confidence) {
    Interval forecast = forecast(at, confidence);
    return sign > 0 ? forecast.high() : forecast.low();
  }

  private interface Over {
    double by(Instant at);
  }

  /** The first instant from the last mean on at which something is at zero or above. */
  private Optional<Instant> crossing(Instant horizon, Over over) {
    if (over.by(last) >= 0) {
      return Optional.of(last);
    }
    if (over.by(horizon) < 0) {
      return Optional.empty();
    }
    long low = Nanos.of(last);
    long high = Nanos.of(horizon);
    for (int i = 0; i < HALVINGS && high - low > 1; i++) {
      long middle = low + (high - low) / 2;
      if (over.by(Nanos.instant(middle)) >= 0) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return Optional.of(Nanos.instant(high));
  }

  private Interval widened(Estimate estimate, double confidence) {
    return new Estimate(
            estimate.value(), estimate.standardError() * widening, estimate.degreesOfFreedom())
        .interval(confidence);
  }

  private static double days(Instant from, Instant to) {
    return (Nanos.of(to) - Nanos.of(from)) / NANOS_A_DAY;
  }

  /** R² of the line; empty when all means are alike. */
  public OptionalDouble rSquared() {
    return line.rSquared();
  }
}
