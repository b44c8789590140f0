package fr.vigie.agent.refine;

import fr.vigie.signal.Quality;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Value;
import fr.vigie.time.BootTime;
import java.time.Instant;

/** Takes the samples of a signal as they come, and hands on what it makes of them. */
interface Stage {
  void accept(Sample sample);

  /**
   * Time has come to {@code present}, as the samples count it, whether one has come or not; an
   * earlier sample may follow only if the device's own time goes back.
   */
  void step(Instant present);

  /** Hands on what is held back. The next sample begins anew. */
  void close();

  /**
   * Whether a sample goes on from the one before: of one quality, dated alike, and not before it.
   */
  static boolean follows(Sample sample, Sample before) {
    return sample.quality() == before.quality() && follows(sample.time(), before.time());
  }

  static boolean follows(Instant time, Instant before) {
    return !time.isBefore(before) && BootTime.is(time) == BootTime.is(before);
  }

  /** What is made of two samples is no better than either. */
  static Quality worse(Quality one, Quality other) {
    if (one == other || other == Quality.GOOD) {
      return one;
    }
    return one == Quality.GOOD ? other : Quality.UNCERTAIN;
  }

  /**
   * A sample of a computed number, in nine significant digits: what follows them is no measurement,
   * and would make the sample many times as long. A number that has overflowed is missing.
   */
  static Sample computed(Instant time, double number, Quality quality) {
    return Double.isFinite(number)
        ? new Sample(time, Value.of(rounded(number)), quality)
        : Sample.missing(time);
  }

  private static double rounded(double number) {
    double size = Math.abs(number);
    if (size == 0 || size >= 1e15) {
      return number;
    }
    int whole = (int) Math.floor(Math.log10(size)) + 1;
    double power = Math.pow(10, Math.max(0, Math.min(15, 9 - whole)));
    return Math.rint(number * power) / power;
  }
}
