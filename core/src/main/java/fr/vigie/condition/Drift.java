package fr.vigie.condition;

import fr.vigie.column.Column;
import fr.vigie.signal.Quality;
import fr.vigie.statistics.control.Cusum;
import fr.vigie.time.Nanos;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a signal drifts away from what is usual of it. Means over blocks go into a cumulative sum
 * (K = 0.5, H = 5) about the usual level, in units of the long-run spread, so that a signal whose
 * values depend on those before does not alarm for that. The usual level follows the signal slowly,
 * each block by a bounded step, so that a new normal is one after some time and a failure is not.
 *
 * @param usual what was learned; empty when there was too little to learn from
 * @param level the usual level now
 * @param alarm as it stands after the last block
 * @param events when a drift began to show and when it was over
 */
public record Drift(Optional<Usual> usual, double level, Alarm alarm, List<Alarm.Event> events) {
  /** In long-run spreads, what a block may move the usual level by. */
  private static final double BOUND = 3;

  private static final Cusum CUSUM = Cusum.usual(0, 1);

  public Drift {
    events = List.copyOf(events);
  }

  /**
   * How drift is looked for.
   *
   * @param block over which values are averaged
   * @param learn from the first block on, of which at least half must be there
   * @param memory after which the usual level has followed a new one by two thirds
   */
  public record Rule(Duration block, Duration learn, Duration memory, HoldOff holdOff) {
    /** Hours, and the rhythm of a workshop: a week to learn, and a week to get used to. */
    public static final Rule USUAL =
        new Rule(Duration.ofHours(1), Duration.ofDays(7), Duration.ofDays(7), HoldOff.NONE);

    public Rule {
      if (block.isNegative() || block.isZero() || learn.compareTo(block.multipliedBy(16)) < 0) {
        throw new IllegalArgumentException(
            "drift is learned from 16 blocks and more, found blocks of " + block + " in " + learn);
      }
      if (memory.compareTo(block) < 0) {
        throw new IllegalArgumentException("a memory of " + memory + " is shorter than a block");
      }
    }
  }

  /**
   * @param means of whole blocks, in order of time; blocks may be missing
   */
  public static Drift of(Rule rule, List<Mean> means) {
    Drift nothing = new Drift(Optional.empty(), 0, Alarm.NONE, List.of());
    if (means.isEmpty()) {
      return nothing;
    }
    Instant learned = means.get(0).at().minus(rule.block()).plus(rule.learn());
    double[] first =
        means.stream().filter(it -> !it.at().isAfter(learned)).mapToDouble(Mean::value).toArray();
    if (2 * first.length < rule.learn().dividedBy(rule.block())) {
      return nothing;
    }
    return Usual.learn(first)
        .map(usual -> watch(rule, usual, means.subList(first.length, means.size())))
        .orElse(nothing);
  }

  private static Drift watch(Rule rule, Usual usual, List<Mean> means) {
    double spread = usual.longRunSpread();
    double weight = (double) rule.block().toNanos() / rule.memory().toNanos();
    double level = usual.level();
    Cusum.Sums sums = CUSUM.start();
    Alarm alarm = Alarm.NONE;
    List<Alarm.Event> events = new ArrayList<>();
    for (Mean mean : means) {
      double off = (mean.value() - level) / spread;
      sums = CUSUM.next(sums, off);
      HoldOff.Step step = rule.holdOff().step(alarm, mean.at(), judge(sums));
      alarm = step.alarm();
      events.addAll(step.events());
      sums = bounded(sums);
      level += weight * spread * Math.max(-BOUND, Math.min(BOUND, off));
    }
    return new Drift(Optional.of(usual), level, alarm, events);
  }

  private static Judgement judge(Cusum.Sums sums) {
    if (CUSUM.alarm(sums).isPresent()) {
      return Judgement.BAD;
    }
    boolean small = Math.max(sums.above(), sums.below()) < CUSUM.limit() / 2;
    return small ? Judgement.FINE : Judgement.NEITHER;
  }

  /** Else an alarm would outlast a long drift by as long. */
  private static Cusum.Sums bounded(Cusum.Sums sums) {
    return new Cusum.Sums(
        sums.seen(),
        Math.min(sums.above(), CUSUM.limit()),
        Math.min(sums.below(), CUSUM.limit()),
        sums.aboveSince(),
        sums.belowSince());
  }

  /** Means of the blocks that have a number in them, by the length of a block from 1970 on. */
  public static List<Mean> means(Column samples, Duration block) {
    Column sorted = samples.sorted();
    long width = block.toNanos();
    List<Mean> means = new ArrayList<>();
    int next = 0;
    while (next < sorted.size()) {
      long number = Math.floorDiv(sorted.nanos(next), width);
      double sum = 0;
      int count = 0;
      for (; next < sorted.size() && Math.floorDiv(sorted.nanos(next), width) == number; next++) {
        if (sorted.quality(next) != Quality.MISSING) {
          sum += sorted.number(next);
          count++;
        }
      }
      if (count > 0) {
        means.add(new Mean(Nanos.instant((number + 1) * width), sum / count));
      }
    }
    return means;
  }
}
