package fr.vigie.wire;

import fr.vigie.column.Column;
import fr.vigie.column.TimeGroups;
import java.util.Locale;

/** What the times of a JSON batch are counted from. */
record TimeBase(long nanos) {
  /** What the times of a group are counted in; a word of the wire. */
  enum Unit {
    S(1_000_000_000),
    MS(1_000_000),
    US(1_000),
    NS(1);

    private final long nanos;

    Unit(long nanos) {
      this.nanos = nanos;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The second of the earliest time; 1970 when the times are too far apart for one base. */
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
    long base = least - Math.floorMod(least, Unit.S.nanos);
    return new TimeBase(least > most || base > least || most - base < 0 ? 0 : base);
  }

  /** The coarsest unit in which every time of the column is whole. */
  Unit unit(Column times) {
    int unit = 0;
    for (int i = 0; i < times.size(); i++) {
      while ((times.nanos(i) - nanos) % Unit.values()[unit].nanos != 0) {
        unit++;
      }
    }
    return Unit.values()[unit];
  }

  /** The time in units since the base. */
  long offset(long time, Unit unit) {
    return (time - nanos) / unit.nanos;
  }

  /**
   * @throws ArithmeticException when the time is beyond the years that fit in nanoseconds
   */
  long time(long offset, Unit unit) {
    return Math.addExact(nanos, Math.multiplyExact(offset, unit.nanos));
  }
}
