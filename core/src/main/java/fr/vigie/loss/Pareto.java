package fr.vigie.loss;

import fr.vigie.production.Figures;
import fr.vigie.production.Rate;
import fr.vigie.production.StopPiece;
import fr.vigie.reason.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reasons of stops, the worst first. Stops without a reason have their bar always, be it of zero.
 *
 * @param bars in order; of two that are equal the one whose name comes first, the unknown last
 */
public record Pareto(By by, List<Bar> bars) {
  private static final double CLASS_A = 0.8;

  /** What makes a reason a bad one. */
  public enum By {
    DURATION,
    COUNT,
    /** Mean duration. */
    MEAN
  }

  /**
   * One bar.
   *
   * @param reason empty for stops of which nobody said why
   * @param time of all its stops in the span
   * @param count how many stops; one that crosses the border of two spans counts in both
   */
  public record Stood(Optional<Reason> reason, Duration time, int count) {
    /** Empty when there was none. */
    public Optional<Duration> mean() {
      return count == 0 ? Optional.empty() : Optional.of(time.dividedBy(count));
    }

    Stood plus(Stood other) {
      return new Stood(reason, time.plus(other.time), count + other.count);
    }
  }

  /**
   * A bar in its place.
   *
   * @param cumulated this bar and all before it, over all; unknown by mean, where a sum says
   *     nothing
   * @param isClassA whether it is one of the fewest that make 80 % of the whole
   */
  public record Bar(Stood stood, Rate cumulated, boolean isClassA) {}

  /** Of the stops of a span; micro-stops count where they have a reason. */
  public static Pareto of(Figures figures, By by) {
    return of(tally(figures), by);
  }

  /** What stood why, for sums over spans and machines. */
  public static List<Stood> tally(Figures figures) {
    List<Stood> pieces = new ArrayList<>();
    for (StopPiece piece : figures.stillness().pieces()) {
      if (piece.reason().isPresent() || !piece.micro()) {
        pieces.add(new Stood(piece.reason(), piece.length(), 1));
      }
    }
    return pieces;
  }

  /** Adds up what has the same reason, and puts it in order. */
  public static Pareto of(List<Stood> tally, By by) {
    Map<Optional<String>, Stood> sums = new HashMap<>();
    sums.put(Optional.empty(), new Stood(Optional.empty(), Duration.ZERO, 0));
    tally.forEach(stood -> sums.merge(stood.reason().map(Reason::code), stood, Stood::plus));
    List<Stood> sorted = new ArrayList<>(sums.values());
    sorted.sort(
        Comparator.comparing((Stood stood) -> measure(stood, by), Comparator.reverseOrder())
            .thenComparing(stood -> stood.reason().isEmpty())
            .thenComparing(Pareto::name));
    long whole = sorted.stream().mapToLong(stood -> measure(stood, by)).sum();
    List<Bar> bars = new ArrayList<>();
    long before = 0;
    for (Stood stood : sorted) {
      long now = before + measure(stood, by);
      boolean classA = now > before && before < CLASS_A * whole;
      bars.add(new Bar(stood, share(now, whole, by), by != By.MEAN && classA));
      before = now;
    }
    return new Pareto(by, List.copyOf(bars));
  }

  private static String name(Stood stood) {
    return stood.reason().map(reason -> reason.label() + '\n' + reason.code()).orElse("");
  }

  private static long measure(Stood stood, By by) {
    return switch (by) {
      case DURATION -> stood.time().toNanos();
      case COUNT -> stood.count();
      case MEAN -> stood.mean().orElse(Duration.ZERO).toNanos();
    };
  }

  private static Rate share(long part, long whole, By by) {
    return switch (by) {
      case DURATION -> Rate.of(Duration.ofNanos(part), Duration.ofNanos(whole));
      case COUNT -> Rate.ofParts(part, whole);
      case MEAN -> Rate.UNKNOWN;
    };
  }
}
