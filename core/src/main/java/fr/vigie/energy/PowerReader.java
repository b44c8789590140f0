package fr.vigie.energy;

import fr.vigie.column.Column;
import fr.vigie.signal.Quality;
import fr.vigie.time.Stretches;

/** Integrates power, of which each sample holds until the next. */
final class PowerReader {
  private static final double NANOS_AN_HOUR = 3.6e12;

  private PowerReader() {}

  static LoadCurve read(MeterRule.Power rule, Column samples, Stretches missing, long end) {
    Slices slices = new Slices();
    for (int i = 0; i < samples.size(); i++) {
      long from = samples.nanos(i);
      long to = i + 1 < samples.size() ? samples.nanos(i + 1) : end;
      if (samples.quality(i) == Quality.MISSING) {
        slices.gap(from, to, Gap.Reason.MISSING);
      } else if (to - from > rule.silence().toNanos()) {
        slices.gap(from, to, Gap.Reason.SILENCE);
      } else if (Math.abs(samples.number(i) * rule.kilowatts()) > rule.mostKilowatts()) {
        slices.gap(from, to, Gap.Reason.IMPOSSIBLE);
      } else {
        hold(samples.number(i) * rule.kilowatts(), from, to, missing.within(from, to), slices);
      }
    }
    return new LoadCurve(slices);
  }

  private static void hold(double kilowatts, long from, long to, Stretches missing, Slices slices) {
    long at = from;
    for (int i = 0; i < missing.size(); i++) {
      slices.add(at, missing.start(i), kilowatts * (missing.start(i) - at) / NANOS_AN_HOUR);
      slices.gap(missing.start(i), missing.end(i), Gap.Reason.DECLARED);
      at = missing.end(i);
    }
    slices.add(at, to, kilowatts * (to - at) / NANOS_AN_HOUR);
  }
}
