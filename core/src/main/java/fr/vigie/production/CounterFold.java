package fr.vigie.production;

import fr.vigie.column.Column;
import fr.vigie.signal.Quality;

/**
 * Turns the samples of a counter into what each of them counts. The first sample is the baseline
 * and counts nothing.
 *
 * <p>A step up counts if it is possible: no more than one step in each {@code fastest}, and one
 * more for the border; without {@code fastest}, one a millisecond. A step down is a roll-over if
 * there is a modulus and the way round is possible (without {@code fastest}: less than half of the
 * modulus). Otherwise it is a reset to zero since when the new value was counted, if that is
 * possible (without {@code fastest}: at most half of the old value).
 *
 * <p>An impossible sample is set aside and counts nothing; the baseline stays. If the next sample
 * follows from the one set aside and not from the baseline, the counter was moved for good, and
 * counting goes on from there.
 */
final class CounterFold {
  private static final long UNLIMITED = 1_000_000;

  private final PartsRule.Counter rule;

  private CounterFold(PartsRule.Counter rule) {
    this.rule = rule;
  }

  static Counts counts(PartsRule.Counter rule, Column samples) {
    if (!samples.readsAs(false)) {
      throw new IllegalArgumentException("a counter needs numbers, found texts");
    }
    return new CounterFold(rule).fold(samples);
  }

  private Counts fold(Column samples) {
    Counts.Builder counts = new Counts.Builder();
    int base = -1;
    int aside = -1;
    for (int i = 0; i < samples.size(); i++) {
      if (samples.quality(i) == Quality.MISSING) {
        continue;
      }
      long step = base < 0 ? 0 : step(samples, base, i);
      if (step < 0 && aside >= 0) {
        step = step(samples, aside, i);
      }
      if (step < 0) {
        counts.quarantine(samples.nanos(i));
        aside = i;
      } else {
        counts.add(samples.nanos(i), step, rule.each());
        base = i;
        aside = -1;
      }
    }
    return counts.build();
  }

  /** What the sample at {@code to} counts after the one at {@code from}; -1 when impossible. */
  private long step(Column samples, int from, int to) {
    long old = Math.round(samples.number(from));
    long now = Math.round(samples.number(to));
    boolean limited = !rule.fastest().isZero();
    long elapsed = samples.nanos(to) - samples.nanos(from);
    long most = elapsed / (limited ? rule.fastest().toNanos() : UNLIMITED) + 1;
    if (now >= old) {
      boolean possible = now - old >= 0 && now - old <= most;
      return possible ? now - old : -1;
    }
    long around = now - old + rule.modulus();
    if (around >= 0 && around <= (limited ? most : (rule.modulus() - 1) / 2)) {
      return around;
    }
    return now >= 0 && now <= (limited ? most : Math.min(most, old / 2)) ? now : -1;
  }
}
