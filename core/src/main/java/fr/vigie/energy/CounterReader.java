package fr.vigie.energy;

import fr.vigie.column.Column;
import fr.vigie.signal.Quality;
import fr.vigie.time.Stretches;
import java.util.OptionalDouble;

/**
 * Reads a meter that counts up. A step of the smallest size that occurs is spread over the time
 * since the value before was first seen, for it grew all along; a larger one belongs to the time
 * since the last sample.
 *
 * <p>A sample from which nothing follows at a possible power is set aside. If the next follows from
 * the one before, it was a reading gone wrong; if it follows from the one set aside, the counter
 * was reset or replaced in between, and what it counted then nobody knows.
 */
final class CounterReader {
  private static final double NANOS_AN_HOUR = 3.6e12;

  /** Steps differ by rounding: of a float in the meter, of a decimal on the way. */
  private static final double SMALLEST = 1.5;

  private final MeterRule.Counter rule;
  private final Stretches missing;
  private final Column samples;
  private final double smallest;
  private final Slices slices = new Slices();

  /** Since when the value has been the same; the time from there to the base is in no slice yet. */
  private long still;

  CounterReader(MeterRule.Counter rule, Column samples, Stretches missing) {
    this.rule = rule;
    this.missing = missing;
    this.samples = samples;
    this.smallest = smallest(samples);
  }

  LoadCurve read() {
    int base = -1;
    int aside = -1;
    for (int i = 0; i < samples.size(); i++) {
      if (samples.quality(i) == Quality.MISSING) {
        continue;
      }
      OptionalDouble step = base < 0 ? OptionalDouble.of(0) : step(base, i);
      if (base < 0) {
        still = samples.nanos(i);
      } else if (step.isPresent()) {
        take(base, i, step.getAsDouble());
      } else if (aside >= 0 && step(aside, i).isPresent()) {
        pause(samples.nanos(base));
        slices.gap(samples.nanos(base), samples.nanos(aside), Gap.Reason.RESET);
        still = samples.nanos(aside);
        take(aside, i, step(aside, i).getAsDouble());
      } else {
        aside = i;
        continue;
      }
      base = i;
      aside = -1;
    }
    if (base >= 0) {
      pause(samples.nanos(base));
    }
    return new LoadCurve(slices);
  }

  private void take(int from, int to, double steps) {
    long start = samples.nanos(from);
    long end = samples.nanos(to);
    double amount = steps * rule.kilowattHours();
    boolean silent = end - start > rule.silence().toNanos();
    boolean declared = missing.overlap(start, end) > 0;
    if (steps != 0 && (silent || declared)) {
      pause(start);
      Gap.Reason reason = declared ? Gap.Reason.DECLARED : Gap.Reason.SILENCE;
      slices.sum(start, end, reason, amount);
      still = end;
    } else if (steps != 0) {
      if (steps > SMALLEST * smallest) {
        pause(start);
      }
      slices.add(still, end, amount);
      still = end;
    }
  }

  /** Nothing was counted since the value was first seen. */
  private void pause(long until) {
    slices.add(still, until, 0);
    still = until;
  }

  /** Steps from one sample to a later one; empty when impossible. */
  private OptionalDouble step(int from, int to) {
    double old = samples.number(from);
    double now = samples.number(to);
    double hours = (samples.nanos(to) - samples.nanos(from)) / NANOS_AN_HOUR;
    double rounding = Math.max(Math.ulp((float) old), Math.ulp((float) now));
    if (!Double.isFinite(rounding)) {
      return OptionalDouble.empty();
    }
    double most = rule.mostKilowatts() * hours / rule.kilowattHours() + smallest + rounding;
    if (now >= old) {
      return now - old <= most ? OptionalDouble.of(now - old) : OptionalDouble.empty();
    }
    if (old - now <= rounding) {
      return OptionalDouble.of(now - old);
    }
    double around = now - old + rule.modulus().orElse(Double.NEGATIVE_INFINITY);
    return around >= 0 && around <= most ? OptionalDouble.of(around) : OptionalDouble.empty();
  }

  private static double smallest(Column samples) {
    double smallest = 0;
    double before = Double.NaN;
    for (int i = 0; i < samples.size(); i++) {
      if (samples.quality(i) != Quality.MISSING) {
        double step = samples.number(i) - before;
        if (step > 0 && (smallest == 0 || step < smallest)) {
          smallest = step;
        }
        before = samples.number(i);
      }
    }
    return smallest;
  }
}
