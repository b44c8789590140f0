package fr.vigie.agent.refine;

import fr.vigie.signal.Quality;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Holds back samples as long as one straight line from the last that left to the newest passes all
 * of them within a bound. When it does not, the one before the newest leaves, with its own time: so
 * the lines that join what left are never further from what was held back than the bound. (The
 * classic door only asks that some line passes them, which allows twice the bound.)
 */
final class SwingingDoor implements Stage {
  private final double bound;
  private final Duration silence;
  private final Stage next;
  private Optional<Sample> left = Optional.empty();
  private Optional<Sample> held = Optional.empty();
  private double steepest;
  private double flattest;

  /**
   * @param bound in the signal's unit
   * @param silence the longest time between two samples that leave, while samples come
   */
  SwingingDoor(double bound, Duration silence, Stage next) {
    this.bound = bound;
    this.silence = silence;
    this.next = next;
  }

  @Override
  public void accept(Sample sample) {
    if (isRepeatedAbsence(sample)) {
      return;
    }
    Optional<Sample> before = held.or(() -> left);
    if (before.isEmpty()
        || !Stage.follows(sample, before.get())
        || sample.time().equals(before.get().time())
        || !(sample.value() instanceof Value.Number)) {
      release();
      pass(sample);
      return;
    }
    if (held.isPresent() && (isDue(sample.time()) || isOutside(slope(sample, 0)))) {
      release();
    }
    if (isDue(sample.time())) {
      pass(sample);
    } else {
      flattest = Math.max(flattest, slope(sample, -bound));
      steepest = Math.min(steepest, slope(sample, bound));
      held = Optional.of(sample);
    }
  }

  private boolean isRepeatedAbsence(Sample sample) {
    return sample.quality() == Quality.MISSING
        && held.isEmpty()
        && left.isPresent()
        && Stage.follows(sample, left.get())
        && !isDue(sample.time());
  }

  private boolean isOutside(double slope) {
    return slope < flattest || slope > steepest;
  }

  /**
   * Of the line from what left last to a sample that is {@code by} higher, in units a nanosecond.
   */
  private double slope(Sample sample, double by) {
    Sample from = left.orElseThrow();
    return (number(sample) + by - number(from))
        / Duration.between(from.time(), sample.time()).toNanos();
  }

  private static double number(Sample sample) {
    return ((Value.Number) sample.value()).number();
  }

  private boolean isDue(Instant now) {
    return Duration.between(left.orElseThrow().time(), now).compareTo(silence) >= 0;
  }

  private void release() {
    held.ifPresent(this::pass);
  }

  private void pass(Sample sample) {
    left = Optional.of(sample);
    held = Optional.empty();
    flattest = Double.NEGATIVE_INFINITY;
    steepest = Double.POSITIVE_INFINITY;
    next.accept(sample);
  }

  @Override
  public void step(Instant present) {
    if (held.isPresent() && isDue(present)) {
      release();
    }
    next.step(present);
  }

  @Override
  public void close() {
    release();
    left = Optional.empty();
    next.close();
  }
}
