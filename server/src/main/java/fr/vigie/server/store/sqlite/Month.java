package fr.vigie.server.store.sqlite;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A calendar month in UTC, the unit in which sealed samples are kept and dropped. */
record Month(YearMonth yearMonth, Bounds bounds) implements Comparable<Month> {
  private static final Pattern FILE = Pattern.compile("(\\d{4}-(?:0[1-9]|1[0-2]))\\.db");
  private static final long NANOS_OF_DAY = 86_400_000_000_000L;

  static Month of(YearMonth yearMonth) {
    return new Month(yearMonth, new Bounds(start(yearMonth), start(yearMonth.plusMonths(1))));
  }

  static Month of(long nanos) {
    return of(YearMonth.from(LocalDate.ofEpochDay(Math.floorDiv(nanos, NANOS_OF_DAY))));
  }

  /** The month whose file has this name, empty when it is no name of ours. */
  static Optional<Month> ofFile(Path file) {
    Matcher matcher = FILE.matcher(file.getFileName().toString());
    return matcher.matches()
        ? Optional.of(of(YearMonth.parse(matcher.group(1))))
        : Optional.empty();
  }

  String fileName() {
    return yearMonth + ".db";
  }

  /** The last nanosecond that fits is the one that no half-open span can hold. */
  boolean contains(long nanos) {
    return bounds.contains(nanos) || (nanos == Long.MAX_VALUE && bounds.to() == nanos);
  }

  @Override
  public int compareTo(Month other) {
    return yearMonth.compareTo(other.yearMonth);
  }

  private static long start(YearMonth yearMonth) {
    return Bounds.nanos(yearMonth.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  @Override
  public String toString() {
    return yearMonth.toString();
  }
}
