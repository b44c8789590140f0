package fr.vigie.energy;

import fr.vigie.column.Column;
import fr.vigie.signal.Quality;

/** Integrates power, of which each sample holds until the next. */
final class PowerReader {
  private static final double NANOS_AN_HOUR = 3.6e12;

  private PowerReader() {}

  static LoadCurve read(MeterRule.Power rule, Column samples, Missing missing, long end) {
    Slices slices = new Slices();
    for (int i = 0; i < samples.size(); i++) {
      long from = samples.nanos(i);
      long to = i + 1 < samples.size() ? samples.nanos(i + 1) : end;
      double kilowatts = samples.number(i) * rule.kilowatts();
      if (samples.quality(i) == Quality.MISSING) {
        slices.gap(from, to, Gap.Reason.MISSING);
      } else if (to - from > rule.silence().toNanos()) {
        slices.gap(from, to, Gap.Reason.SILENCE);
      } else {
        missing.cut(
            from,
            to,
            (start, stop, gone) -> {
              if (gone) {
                slices.gap(start, stop, Gap.Reason.DECLARED);
              } else {
                slices.add(start, stop, kilowatts * (stop - start) / NANOS_AN_HOUR);
              }
            });
      }
    }
    return new LoadCurve(slices);
  }
}
