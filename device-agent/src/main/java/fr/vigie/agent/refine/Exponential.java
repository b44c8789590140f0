package fr.vigie.agent.refine;

import fr.vigie.signal.Sample;
import fr.vigie.signal.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A low-pass of the first order, exact for the straight lines that join the samples, however
 * irregular their times are: a sample more on such a line changes nothing (A. Eckner, Algorithms
 * for unevenly spaced time series, 2019, linear interpolation).
 */
final class Exponential implements Stage {
  private final double nanos;
  private final Stage next;
  private Optional<Sample> last = Optional.empty();
  private double value;
  private double filtered;

  Exponential(Duration constant, Stage next) {
    this.nanos = constant.toNanos();
    this.next = next;
  }

  @Override
  public void accept(Sample sample) {
    if (!(sample.value() instanceof Value.Number number)) {
      last = Optional.empty();
      next.accept(sample);
      return;
    }
    double now = number.number();
    if (last.isPresent() && Stage.follows(sample, last.get())) {
      double constants = Duration.between(last.get().time(), sample.time()).toNanos() / nanos;
      double kept = Math.exp(-constants);
      double old = constants == 0 ? 1 : -Math.expm1(-constants) / constants;
      filtered = kept * filtered + (old - kept) * value + (1 - old) * now;
    } else {
      filtered = now;
    }
    value = now;
    last = Optional.of(sample);
    next.accept(Stage.computed(sample.time(), filtered, sample.quality()));
  }

  @Override
  public void step(Instant present) {
    next.step(present);
  }

  @Override
  public void close() {
    last = Optional.empty();
    next.close();
  }
}
