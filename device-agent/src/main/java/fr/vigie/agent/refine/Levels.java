package fr.vigie.agent.refine;

import fr.vigie.signal.Quality;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import fr.vigie.signal.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells the level of a signal when it changes: with hysteresis about each threshold, and once it
 * has held for the dwell; by the time at which it began.
 */
final class Levels implements Stage {
  /** A level, since when it holds, by a sample of which quality. */
  private record Since(int level, Instant time, Quality quality) {}

  private final States rule;
  private final Consumer<Sample> taker;
  private final Optional<Learning> learning;
  private List<Double> thresholds;
  private Optional<Since> told = Optional.empty();
  private Optional<Since> pending = Optional.empty();
  private Optional<Sample> last = Optional.empty();

  Levels(Signal signal, States rule, Notebook notebook, Consumer<Sample> taker) {
    this.rule = rule;
    this.taker = taker;
    this.learning =
        rule.learns() ? Optional.of(new Learning(signal, rule, notebook)) : Optional.empty();
    this.thresholds = learning.map(Learning::thresholds).orElse(rule.thresholds());
  }

  @Override
  public void accept(Sample sample) {
    if (thresholds.isEmpty()) {
      learn(sample);
      return;
    }
    if (last.isPresent() && !Stage.follows(sample.time(), last.get().time())) {
      forget();
    }
    settle(sample.time());
    boolean repeats = last.isPresent() && last.get().quality() == sample.quality();
    last = Optional.of(sample);
    if (sample.value() instanceof Value.Number number) {
      follow(new Since(level(number.number()), sample.time(), sample.quality()));
    } else if (!repeats) {
      told = Optional.empty();
      pending = Optional.empty();
      taker.accept(sample);
    }
  }

  private void learn(Sample sample) {
    Learning learner = learning.orElseThrow();
    learner.watch(sample);
    thresholds = learner.thresholds();
  }

  private void follow(Since now) {
    if (told.isEmpty() || rule.dwell().isZero() && told.get().level != now.level) {
      tell(now);
    } else if (told.get().level == now.level) {
      pending = Optional.empty();
    } else if (pending.isEmpty() || pending.get().level != now.level) {
      pending = Optional.of(now);
    }
  }

  private int level(double value) {
    if (told.isEmpty()) {
      return (int) thresholds.stream().filter(threshold -> value >= threshold).count();
    }
    int level = told.get().level;
    double half = rule.hysteresis() / 2;
    while (level < thresholds.size() && value > thresholds.get(level) * (1 + half)) {
      level++;
    }
    while (level > 0 && value < thresholds.get(level - 1) * (1 - half)) {
      level--;
    }
    return level;
  }

  private void settle(Instant now) {
    if (pending.isPresent()
        && Duration.between(pending.get().time, now).compareTo(rule.dwell()) >= 0) {
      tell(pending.get());
    }
  }

  private void tell(Since since) {
    told = Optional.of(since);
    pending = Optional.empty();
    taker.accept(new Sample(since.time, Value.of(rule.names().get(since.level)), since.quality));
  }

  @Override
  public void step(Instant present) {
    if (last.isPresent() && Stage.follows(present, last.get().time())) {
      settle(present);
    }
  }

  private void forget() {
    told = Optional.empty();
    pending = Optional.empty();
    last = Optional.empty();
  }

  @Override
  public void close() {
    forget();
    learning.ifPresent(Learning::pause);
  }
}
