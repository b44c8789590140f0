package fr.vigie.wire;

import fr.vigie.column.Column;
import fr.vigie.column.TimeGroups;
import java.util.Locale;

/** What the times of a JSON batch are counted from, and in which unit. */
record TimeBase(long nanos, Unit unit) {
  /** From the coarsest on; a word of the wire. */
  enum Unit {
    S(1_000_000_000),
    MS(1_000_000),
    US(1_000),
    NS(1);

    final long nanos;

    Unit(long nanos) {
      this.nanos = nanos;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The earliest time, and the coarsest unit that is exact; 1970 when the span is beyond a long.
   */
  static TimeBase of(TimeGroups groups) {
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    for (int group = 0; group < groups.count(); group++) {
      Column times = groups.leader(group);
      for (int i = 0; i < times.size(); i++) {
        least = Math.min(least, times.nanos(i));
        most = Math.max(most, times.nanos(i));
      }
    }
    if (least > most) {
      return new TimeBase(0, Unit.S);
    }
    if (most - least < 0) {
      return new TimeBase(0, Unit.NS);
    }
    int unit = 0;
    for (int group = 0; group < groups.count(); group++) {
      Column times = groups.leader(group);
      for (int i = 0; i < times.size(); i++) {
        while ((times.nanos(i) - least) % Unit.values()[unit].nanos != 0) {
          unit++;
        }
      }
    }
    return new TimeBase(least, Unit.values()[unit]);
  }

  /** The time in units since the base. */
  long offset(long time) {
    return (time - nanos) / unit.nanos;
  }

  /**
   * @throws ArithmeticException when the time is beyond the years that fit in nanoseconds
   */
  long time(long offset) {
    return Math.addExact(nanos, Math.multiplyExact(offset, unit.nanos));
  }
}
