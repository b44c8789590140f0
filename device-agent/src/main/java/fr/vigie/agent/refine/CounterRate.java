package fr.vigie.agent.refine;

import fr.vigie.signal.Quality;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Value;
import fr.vigie.time.Nanos;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells for every window how much a counter counted, over the time from the last sample before the
 * window to its own last one; so rates times their times add up to what was counted. A window with
 * less than two samples to compare tells nothing.
 *
 * <p>A fall is a roll-over if there is a modulus and the way round is possible (less than half of
 * it, unless {@code rate-most} says more exactly), else a reset to zero since when the new value
 * was counted, if that is possible (at most half of the old value). What is impossible is set aside
 * and counts nothing; if the next sample follows from it and not from the one before, the counter
 * was moved for good. The convention is that of the counters of production.
 */
final class CounterRate implements Stage {
  private record Reading(long nanos, double count) {}

  private final RateRule rule;
  private final Grid grid;
  private final Consumer<Sample> taker;
  private Optional<Reading> base = Optional.empty();
  private Optional<Reading> aside = Optional.empty();
  private Quality quality = Quality.GOOD;
  private long since;
  private double counted;

  CounterRate(RateRule rule, Consumer<Sample> taker) {
    this.rule = rule;
    this.grid = new Grid(rule.rate().orElseThrow());
    this.taker = taker;
  }

  @Override
  public void accept(Sample sample) {
    if (!(sample.value() instanceof Value.Number number)) {
      return;
    }
    Reading now = new Reading(Nanos.of(sample.time()), number.number());
    if (base.isPresent() && !Stage.follows(sample.time(), Nanos.instant(base.get().nanos))) {
      close();
    }
    if (grid.isLeftAt(now.nanos)) {
      give();
    }
    grid.enter(now.nanos);
    quality = Stage.worse(quality, sample.quality());
    if (base.isEmpty()) {
      since = now.nanos;
      base = Optional.of(now);
    } else {
      count(base.get(), now);
    }
  }

  private void count(Reading before, Reading now) {
    double step = step(before, now);
    if (step < 0 && aside.isPresent()) {
      step = step(aside.get(), now);
    }
    if (step < 0) {
      aside = Optional.of(now);
    } else {
      counted += step;
      base = Optional.of(now);
      aside = Optional.empty();
    }
  }

  /** What was counted from one reading to the next; -1 when that is impossible. */
  private double step(Reading before, Reading now) {
    double up = now.count - before.count;
    double most = most(now.nanos - before.nanos);
    if (up >= 0) {
      return up <= most ? up : -1;
    }
    if (rule.modulus().isPresent()) {
      double modulus = rule.modulus().get();
      double around = up + modulus;
      if (around >= 0
          && around <= Math.min(most, rule.rateMost().isPresent() ? most : modulus / 2)) {
        return around;
      }
    }
    double kept = rule.rateMost().isPresent() ? most : before.count / 2;
    return now.count >= 0 && now.count <= kept ? now.count : -1;
  }

  /** At the fastest, and one more for the border. */
  private double most(long nanos) {
    return rule.rateMost()
        .map(rate -> rate * nanos / rule.nanosPerUnit() + 1)
        .orElse(Double.MAX_VALUE);
  }

  @Override
  public void step(Instant present) {
    if (grid.isOver(present)) {
      give();
    }
  }

  @Override
  public void close() {
    if (grid.isOpen()) {
      give();
    }
    grid.forget();
    base = Optional.empty();
    aside = Optional.empty();
  }

  private void give() {
    long until = base.map(Reading::nanos).orElse(since);
    if (until > since) {
      double rate = counted * rule.nanosPerUnit() / (until - since);
      taker.accept(Stage.computed(grid.time(), rate, quality));
      since = until;
      counted = 0;
      quality = Quality.GOOD;
    }
    grid.leave();
  }
}
