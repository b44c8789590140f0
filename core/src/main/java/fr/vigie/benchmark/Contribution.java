package fr.vigie.benchmark;

import fr.vigie.production.Rate;
import fr.vigie.production.TimeTree;
import fr.vigie.signal.Names;
import java.time.YearMonth;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What one company says of one month: sums over its machines, and no name of anything of its own.
 *
 * @param cluster the companies that compare themselves
 * @param sector division of NAF rev. 2 (NACE rev. 2), two digits
 * @param shares of the measures that at least one machine has
 */
public record Contribution(
    String cluster, String sector, YearMonth month, Map<Measure, Share> shares) {
  private static final long MINUTE = 60_000_000_000L;

  /**
   * @throws IllegalArgumentException when cluster or sector is not of its form, or a share is of no
   *     machine or no time
   */
  public Contribution {
    Names.check("cluster", cluster);
    if (!isSector(sector)) {
      throw new IllegalArgumentException(
          "sector: found '" + sector + "', wanted two digits, a division of NAF rev. 2");
    }
    shares.forEach(
        (measure, share) -> {
          if (share.machines() < 1 || share.ofMinutes() < 1) {
            throw new IllegalArgumentException(
                measure.word() + ": found " + share + ", wanted a machine and a minute at least");
          }
        });
    Map<Measure, Share> copy = new EnumMap<>(Measure.class);
    copy.putAll(shares);
    shares = Collections.unmodifiableMap(copy);
  }

  public static boolean isSector(String text) {
    return text.matches("[0-9]{2}");
  }

  /**
   * Sums the machines of a company. A machine counts for a measure that it has, and for none when
   * less of its required time was observed than its own TRS asks for.
   *
   * @param machines the times of each over the whole month
   * @param leastCoverage from 0 to 1
   */
  public static Contribution of(
      String cluster,
      String sector,
      YearMonth month,
      Collection<TimeTree> machines,
      double leastCoverage) {
    Map<Measure, Share> shares = new EnumMap<>(Measure.class);
    for (Measure measure : Measure.values()) {
      Share sum = Share.NOTHING;
      for (TimeTree tree : machines) {
        Rate rate = measure.of(tree);
        boolean seen = tree.coverage().ratio().orElse(0) >= leastCoverage;
        if (seen && rate.ratio().isPresent()) {
          sum = sum.plus(new Share(1, minutes(rate.numerator()), minutes(rate.denominator())));
        }
      }
      if (sum.ofMinutes() > 0) {
        shares.put(measure, sum);
      }
    }
    return new Contribution(cluster, sector, month, shares);
  }

  private static long minutes(long nanos) {
    return Math.round((double) nanos / MINUTE);
  }
}
