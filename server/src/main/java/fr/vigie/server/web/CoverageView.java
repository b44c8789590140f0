package fr.vigie.server.web;

import fr.vigie.server.diagnosis.Coverage;
import fr.vigie.server.diagnosis.Hole;
import fr.vigie.server.diagnosis.HoleReason;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How much of a span was seen, in seconds, and the holes in it.
 *
 * @param ratio observed over asked; null when nothing was asked for
 * @param droppedOnPurpose what of the rest was dropped on purpose
 * @param holesLeftOut how many shorter ones there are beside the {@value #MOST_HOLES} shown
 */
record CoverageView(
    Instant from,
    Instant to,
    double observed,
    double asked,
    @Nullable Double ratio,
    double droppedOnPurpose,
    List<HoleView> holes,
    int holesLeftOut) {
  private static final int MOST_HOLES = 1_000;

  /**
   * @param count how many readings are missing; null when nobody knows
   * @param source the sensor, agent or signal that tells of it; {@code *} for all sensors
   */
  record HoleView(
      Instant from,
      Instant to,
      double seconds,
      String reason,
      @Nullable Long count,
      String source) {
    static HoleView of(Hole hole) {
      return new HoleView(
          hole.span().start(),
          hole.span().end(),
          RateView.seconds(hole.span().length()),
          name(hole.reason()),
          hole.count().isPresent() ? hole.count().getAsLong() : null,
          hole.source());
    }
  }

  static CoverageView of(Coverage coverage) {
    return new CoverageView(
        coverage.asked().start(),
        coverage.asked().end(),
        RateView.seconds(coverage.observed()),
        RateView.seconds(coverage.asked().length()),
        RateView.of(coverage.rate(), false).ratio(),
        RateView.seconds(coverage.droppedOnPurpose()),
        holes(coverage),
        Math.max(0, coverage.holes().size() - MOST_HOLES));
  }

  /** The holes by their start, the longest when there are too many. */
  static List<HoleView> holes(Coverage coverage) {
    return longest(coverage, MOST_HOLES).stream().map(HoleView::of).toList();
  }

  static List<Hole> longest(Coverage coverage, int most) {
    return coverage.holes().stream()
        .sorted(Comparator.comparing((Hole hole) -> hole.span().length()).reversed())
        .limit(most)
        .sorted(Comparator.comparing(hole -> hole.span().start()))
        .toList();
  }

  static String name(HoleReason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
