package fr.vigie.energy;

import fr.vigie.column.Column;
import fr.vigie.signal.Quality;
import fr.vigie.time.Nanos;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** Reads a load curve; a gap is named for each stretch between two of its intervals. */
final class IntervalReader {
  private static final double NANOS_AN_HOUR = 3.6e12;

  private IntervalReader() {}

  static LoadCurve read(MeterRule.Intervals rule, Column given) {
    Column samples = atTheirMidnights(rule, given);
    Slices slices = new Slices();
    long width = rule.width().toNanos();
    long back = rule.stamp() == MeterRule.Stamp.END ? width : 0;
    double most = rule.mostKilowatts() * width / NANOS_AN_HOUR;
    long reached = 0;
    for (int i = 0; i < samples.size(); i++) {
      long start = samples.nanos(i) - back;
      long end = start + width;
      double amount = samples.number(i) * rule.kilowattHours();
      if (i > 0 && start < reached) {
        slices.twice(start, end, amount);
        continue;
      }
      if (i > 0) {
        slices.gap(reached, start, Gap.Reason.SILENCE);
      }
      if (samples.quality(i) == Quality.MISSING) {
        slices.gap(start, end, Gap.Reason.MISSING);
      } else if (Math.abs(amount) > most) {
        slices.gap(start, end, Gap.Reason.IMPOSSIBLE);
      } else {
        slices.add(start, end, amount);
      }
      reached = end;
    }
    return new LoadCurve(slices);
  }

  private static Column atTheirMidnights(MeterRule.Intervals rule, Column given) {
    if (rule.midnights().isEmpty()) {
      return given;
    }
    ZoneId zone = rule.midnights().get();
    Column.Builder moved = Column.sized(false, given.size());
    for (int i = 0; i < given.size(); i++) {
      ZonedDateTime local = given.time(i).atZone(zone);
      boolean midnight = local.toLocalTime().equals(LocalTime.MIDNIGHT);
      long time = midnight ? Nanos.of(local.plusDays(1).toInstant()) : given.nanos(i);
      if (given.quality(i) == Quality.MISSING) {
        moved.addMissing(time);
      } else {
        moved.add(time, given.number(i), given.quality(i));
      }
    }
    return moved.build().sorted();
  }
}
