package fr.vigie.loss;

import fr.vigie.production.CycleTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How long parts of one product took.
 *
 * @param mode median of the times in the fullest bin, of bins that are as full the shortest
 */
public record CycleStatistics(
    int count, Duration mean, Duration mode, Spread spread, Histogram histogram) {
  /** Below so many times nothing is proposed. */
  public static final int FEWEST = 30;

  public static final int MOST_BINS = 100;

  /**
   * Of the times in order, those that stand at 0, a quarter, a half, three quarters and all of the
   * way.
   */
  public record Spread(
      Duration least, Duration quarter, Duration median, Duration threeQuarters, Duration most) {}

  /**
   * How many times lie in each bin of one width; the bins touch.
   *
   * @param start of the first bin, which belongs to it: the shortest time
   * @param beyond how many are longer than the end of the last bin
   */
  public record Histogram(Duration start, Duration width, List<Integer> bins, int beyond) {}

  /** By product, in order of their names; those without an order first. */
  public static Map<String, CycleStatistics> byProduct(List<CycleTime> times) {
    Map<String, List<Duration>> lengths = new TreeMap<>();
    times.forEach(
        time ->
            lengths
                .computeIfAbsent(time.product().orElse(""), product -> new ArrayList<>())
                .add(time.length()));
    Map<String, CycleStatistics> all = new TreeMap<>();
    lengths.forEach((product, found) -> all.put(product, of(found)));
    return Collections.unmodifiableMap(all);
  }

  /**
   * @throws IllegalArgumentException when there is no time
   */
  public static CycleStatistics of(List<Duration> lengths) {
    if (lengths.isEmpty()) {
      throw new IllegalArgumentException("statistics need at least one cycle");
    }
    long[] sorted = lengths.stream().mapToLong(Duration::toNanos).sorted().toArray();
    Duration sum = lengths.stream().reduce(Duration.ZERO, Duration::plus);
    Histogram histogram = histogram(sorted);
    return new CycleStatistics(
        sorted.length,
        sum.dividedBy(sorted.length),
        mode(sorted, histogram),
        new Spread(
            at(sorted, 0), at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75), at(sorted, 1)),
        histogram);
  }

  /**
   * The reference cycle that the times propose: their mode, which stops and slow cycles do not move
   * as they would move a mean. Empty below {@link #FEWEST} times.
   */
  public Optional<Duration> proposal() {
    return count < FEWEST ? Optional.empty() : Optional.of(mode);
  }

  private static Duration mode(long[] sorted, Histogram histogram) {
    int fullest = histogram.bins.indexOf(Collections.max(histogram.bins));
    int before = histogram.bins.subList(0, fullest).stream().mapToInt(Integer::intValue).sum();
    int middle = before + (histogram.bins.get(fullest) - 1) / 2;
    return Duration.ofNanos(sorted[middle]);
  }

  private static Duration at(long[] sorted, double share) {
    return Duration.ofNanos(sorted[(int) Math.round(share * (sorted.length - 1))]);
  }

  /** Bins as wide as Freedman and Diaconis (1981) advise, at least a thousandth of the shortest. */
  private static Histogram histogram(long[] sorted) {
    long range = at(sorted, 0.75).minus(at(sorted, 0.25)).toNanos();
    long wide = Math.round(2 * range / Math.cbrt(sorted.length));
    long width = Math.max(Math.max(1, sorted[0] / 1000), wide);
    int size = (int) Math.min(MOST_BINS, (sorted[sorted.length - 1] - sorted[0]) / width + 1);
    Integer[] bins = new Integer[size];
    Arrays.fill(bins, 0);
    int beyond = 0;
    for (long length : sorted) {
      long bin = (length - sorted[0]) / width;
      if (bin < size) {
        bins[(int) bin]++;
      } else {
        beyond++;
      }
    }
    return new Histogram(
        Duration.ofNanos(sorted[0]), Duration.ofNanos(width), List.of(bins), beyond);
  }
}
