package fr.vigie.agent.refine;

import fr.vigie.signal.Sample;
import fr.vigie.signal.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Lets a sample pass when it differs from the last one that passed by more than the band, or when
 * nothing has passed for as long as the signal may be silent. A change of text or of quality always
 * passes. Samples pass as they are or not at all: none is made up, averaged, dated anew or handed
 * over late. The last one held back is not handed over when the value leaves the band: a gauge
 * holds until its next sample, so what was held back differs from what stands by no more than the
 * band. Without a sample nothing passes, however long the silence. When the time goes back, the
 * silence begins anew. Not safe for use by several threads.
 */
final class Deadband {
  private final double band;
  private final Optional<Duration> silence;
  private Optional<Sample> last = Optional.empty();

  /**
   * @param band in the signal's unit; with 0 only repetitions are held back, with a negative one
   *     nothing is
   * @param silence the longest time without a sample; without one a held value is not repeated
   */
  Deadband(double band, Optional<Duration> silence) {
    this.band = band;
    this.silence = silence;
  }

  boolean passes(Sample sample) {
    boolean passes = band < 0 || last.isEmpty() || differs(sample, last.get());
    if (passes) {
      last = Optional.of(sample);
    }
    return passes;
  }

  Consumer<Sample> before(Consumer<Sample> next) {
    return sample -> {
      if (passes(sample)) {
        next.accept(sample);
      }
    };
  }

  private boolean differs(Sample sample, Sample before) {
    if (sample.quality() != before.quality() || isDue(sample.time(), before.time())) {
      return true;
    }
    if (sample.value() instanceof Value.Number now && before.value() instanceof Value.Number then) {
      return Math.abs(now.number() - then.number()) > band;
    }
    return !sample.value().equals(before.value());
  }

  private boolean isDue(Instant now, Instant then) {
    return silence.isPresent()
        && (now.isBefore(then) || Duration.between(then, now).compareTo(silence.get()) >= 0);
  }
}
