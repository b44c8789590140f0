package fr.vigie.loss;

import fr.vigie.production.Convention;
import fr.vigie.production.Failure;
import fr.vigie.production.Figures;
import fr.vigie.production.Rate;
import fr.vigie.production.StopPiece;
import fr.vigie.statistics.PoissonBound;
import java.time.Duration;
import java.util.Optional;

/**
 * How often a machine fails and how long it takes to run again, over one or several spans.
 *
 * @param worked what lies between failures under each convention
 * @param failures that started in the span
 * @param repairs failures that ended in it
 * @param repair time that these took in all, each from when the stop was noticed
 * @param explained stops with a reason, over all stops: below 1, failures may be missing
 */
public record Reliability(
    Worked worked, int failures, int repairs, Duration repair, Rate explained) {
  private static final double CONFIDENCE = 0.95;

  /**
   * @param operating time in which the machine worked, micro-stops included (tF)
   * @param processing time in which it made parts or was set up, without any delay (ISO 22400-2)
   * @param calendar all time (tT)
   */
  public record Worked(Duration operating, Duration processing, Duration calendar) {
    public Worked plus(Worked other) {
      return new Worked(
          operating.plus(other.operating),
          processing.plus(other.processing),
          calendar.plus(other.calendar));
    }

    Duration under(Convention convention) {
      if (convention.base() == Convention.Base.CALENDAR) {
        return calendar;
      }
      return convention.mtbf() == Convention.Mtbf.ISO22400 ? processing : operating;
    }
  }

  public static Reliability of(Figures figures) {
    int failures = 0;
    int repairs = 0;
    Duration repair = Duration.ZERO;
    for (Failure failure : figures.stillness().failures()) {
      failures += figures.span().contains(failure.start()) ? 1 : 0;
      if (failure.isOver() && figures.span().contains(failure.end())) {
        repairs++;
        repair = repair.plus(failure.repair());
      }
    }
    Iso22400 iso = Iso22400.of(figures);
    long explained =
        figures.stillness().pieces().stream()
            .filter(piece -> !piece.micro() && piece.reason().isPresent())
            .count();
    long stops = figures.stillness().pieces().stream().filter(StopPiece::micro).count();
    return new Reliability(
        new Worked(figures.timeTree().tF(), iso.time().processing(), figures.timeTree().total()),
        failures,
        repairs,
        repair,
        Rate.ofParts(explained, figures.stillness().pieces().size() - stops));
  }

  public Reliability plus(Reliability other) {
    return new Reliability(
        worked.plus(other.worked),
        failures + other.failures,
        repairs + other.repairs,
        repair.plus(other.repair),
        explained.plus(other.explained));
  }

  /** Mean time between failures; empty when there was none to divide by. */
  public Optional<Duration> mtbf(Convention convention) {
    int divisor = convention.mtbf() == Convention.Mtbf.ISO22400 ? failures + 1 : failures;
    return divisor == 0
        ? Optional.empty()
        : Optional.of(worked.under(convention).dividedBy(divisor));
  }

  /**
   * What the mean time between failures is at least, with one-sided confidence of 95 %: 2T over the
   * chi-squared quantile of 2N + 2 degrees of freedom. Without a failure that is T / 2.996. Empty
   * when the machine did not work.
   */
  public Optional<Duration> mtbfAtLeast(Convention convention) {
    Duration time = worked.under(convention);
    return time.isZero()
        ? Optional.empty()
        : Optional.of(Duration.ofNanos((long) (time.toNanos() / failuresAtMost())));
  }

  /** How many failures are to be expected at most in such a time, with the same confidence. */
  public double failuresAtMost() {
    return PoissonBound.upper(failures, CONFIDENCE);
  }

  /** Mean time to repair; empty while no failure is over. */
  public Optional<Duration> mttr() {
    return repairs == 0 ? Optional.empty() : Optional.of(repair.dividedBy(repairs));
  }

  /** MTBF / (MTBF + MTTR); not known when one of them is not. */
  public Rate inherentAvailability(Convention convention) {
    return mtbf(convention)
        .flatMap(mtbf -> mttr().map(mttr -> Rate.of(mtbf, mtbf.plus(mttr))))
        .orElse(Rate.UNKNOWN);
  }
}
