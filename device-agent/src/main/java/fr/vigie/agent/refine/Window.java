package fr.vigie.agent.refine;

import fr.vigie.agent.refine.Windows.Weight;
import fr.vigie.signal.Quality;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Value;
import fr.vigie.time.Nanos;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * Gathers the samples of a window and tells of them when it is over. A window without samples tells
 * nothing; one in which the device only said that it has no value tells that.
 */
final class Window implements Stage {
  private final Grid grid;
  private final boolean byTime;
  private final Map<Statistic, Consumer<Sample>> give;
  private Quality quality = Quality.GOOD;
  private long count;
  private double weight;
  private double mean;
  private double squares;
  private double min;
  private double max;
  private double last;
  private OptionalDouble held = OptionalDouble.empty();
  private long heldSince;

  /**
   * @param give where each figure goes
   */
  Window(Duration width, Weight weighBy, Map<Statistic, Consumer<Sample>> give) {
    this.grid = new Grid(width);
    this.byTime = weighBy == Weight.TIME;
    this.give = give;
  }

  @Override
  public void accept(Sample sample) {
    long now = Nanos.of(sample.time());
    if (held.isPresent() && !Stage.follows(sample.time(), Nanos.instant(heldSince))) {
      held = OptionalDouble.empty();
    }
    if (grid.isLeftAt(now)) {
      give(grid.end());
    }
    if (!grid.isOpen()) {
      grid.enter(now);
      heldSince = Math.max(heldSince, grid.begin());
    }
    hold(now);
    if (sample.value() instanceof Value.Number number) {
      add(number.number(), now);
      quality = Stage.worse(quality, sample.quality());
    } else {
      held = OptionalDouble.empty();
    }
  }

  private void add(double number, long now) {
    min = count == 0 ? number : Math.min(min, number);
    max = count == 0 ? number : Math.max(max, number);
    last = number;
    count++;
    if (byTime) {
      held = OptionalDouble.of(number);
      heldSince = now;
    } else {
      weigh(number, 1);
    }
  }

  /** What has held until now counts for as long. */
  private void hold(long until) {
    if (held.isPresent() && until > heldSince) {
      weigh(held.getAsDouble(), until - heldSince);
      heldSince = until;
    }
  }

  /** Numerically stable, after D. West, Updating mean and variance estimates, 1979. */
  private void weigh(double number, double its) {
    weight += its;
    double distance = number - mean;
    mean += distance * (its / weight);
    squares += its * distance * (number - mean);
  }

  @Override
  public void step(Instant present) {
    if (grid.isOver(present)) {
      give(grid.end());
    }
  }

  @Override
  public void close() {
    if (grid.isOpen()) {
      give(heldSince);
    }
    held = OptionalDouble.empty();
    grid.forget();
  }

  private void give(long until) {
    hold(until);
    if (weight == 0) {
      mean = last;
    }
    Instant time = grid.time();
    give.forEach((statistic, taker) -> taker.accept(figure(statistic, time)));
    grid.leave();
    heldSince = grid.end();
    quality = Quality.GOOD;
    count = 0;
    weight = 0;
    mean = 0;
    squares = 0;
  }

  private Sample figure(Statistic statistic, Instant time) {
    if (count == 0 && statistic != Statistic.COUNT) {
      return Sample.missing(time);
    }
    double square = weight == 0 ? 0 : squares / weight;
    return switch (statistic) {
      case COUNT -> new Sample(time, Value.of(count), quality);
      case MEAN -> Stage.computed(time, mean, quality);
      case MIN -> new Sample(time, Value.of(min), quality);
      case MAX -> new Sample(time, Value.of(max), quality);
      case RMS -> Stage.computed(time, Math.sqrt(mean * mean + square), quality);
      case DEVIATION -> Stage.computed(time, Math.sqrt(square), quality);
      case LAST -> new Sample(time, Value.of(last), quality);
    };
  }
}
