package fr.vigie.statistics.change;

import fr.vigie.statistics.Interval;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.hipparchus.stat.descriptive.rank.Percentile;

/**
 * The moving-block bootstrap (Künsch, Annals of Statistics, 1989): series are drawn again from
 * stretches of the one that was seen, so that what follows from its neighbour goes on doing so. The
 * same seed gives the same interval on every machine.
 *
 * @param rounds series to draw, at least 2000
 */
public record BlockBootstrap(int rounds, long seed) {
  public static final int FEWEST_ROUNDS = 2_000;

  public BlockBootstrap {
    if (rounds < FEWEST_ROUNDS) {
      throw new IllegalArgumentException(
          "a bootstrap of " + rounds + " rounds, wanted at least " + FEWEST_ROUNDS);
    }
  }

  /** As long as independent blocks need be: the cube root of the size. */
  public static int usualBlock(int size) {
    return (int) Math.max(1, Math.round(Math.cbrt(size)));
  }

  /**
   * Differences of ratios as they might have been, in growing order.
   *
   * @param sorted about the difference that was seen
   */
  public record Differences(double[] sorted) {
    public Differences {
      sorted = sorted.clone();
      Arrays.sort(sorted);
    }

    @Override
    public double[] sorted() {
      return sorted.clone();
    }

    /** Between the quantiles of the differences. */
    public Interval interval(double confidence) {
      Interval.checkConfidence(confidence);
      Percentile percentile = new Percentile();
      percentile.setData(sorted);
      return new Interval(
          percentile.evaluate(50 * (1 - confidence)),
          percentile.evaluate(50 * (1 + confidence)),
          confidence);
    }

    /** Two-sided: one less the confidence at which the interval reaches zero; never quite zero. */
    public double pValue() {
      long below = Arrays.stream(sorted).filter(each -> each <= 0).count();
      long above = Arrays.stream(sorted).filter(each -> each >= 0).count();
      double tail = (Math.min(below, above) + 1.0) / (sorted.length + 1);
      return Math.min(1, 2 * tail);
    }
  }

  /**
   * Ratio after less ratio before, drawn again and again.
   *
   * @param block elements of a block, from 1 up to the size of the shorter series
   */
  public Differences differences(Ratios before, Ratios after, int block) {
    if (block < 1 || block > Math.min(before.size(), after.size())) {
      throw new IllegalArgumentException(
          "blocks of " + block + " from " + before.size() + " and " + after.size());
    }
    Random random = new Random(seed);
    double[] drawn = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      drawn[round] =
          after.ratio(blocks(random, after.size(), block))
              - before.ratio(blocks(random, before.size(), block));
    }
    double off = after.ratio() - before.ratio() - Arrays.stream(drawn).average().orElseThrow();
    return new Differences(Arrays.stream(drawn).map(each -> each + off).toArray());
  }

  private static IntUnaryOperator blocks(Random random, int size, int block) {
    int[] starts = random.ints((size + block - 1) / block, 0, size - block + 1).toArray();
    return i -> starts[i / block] + i % block;
  }
}
