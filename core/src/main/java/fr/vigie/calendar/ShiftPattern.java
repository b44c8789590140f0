package fr.vigie.calendar;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;

/**
 * A shift as it is planned, in local time.
 *
 * @param days on which it starts
 * @param end on the next day when it is not after the start; 24 h when both are the same
 * @param breaks within it
 */
public record ShiftPattern(
    String name, Set<DayOfWeek> days, LocalTime start, LocalTime end, List<Break> breaks) {
  private static final int DAY = 24 * 3600;

  /**
   * @throws IllegalArgumentException when there is no day, or a break does not lie in the shift
   */
  public ShiftPattern {
    days = Set.copyOf(days);
    breaks = List.copyOf(breaks);
    if (days.isEmpty()) {
      throw new IllegalArgumentException("shift '" + name + "' has no day of the week");
    }
    for (Break pause : breaks) {
      int from = after(start, pause.start());
      int to = from + length(pause.start(), pause.end());
      if (to > length(start, end)) {
        throw new IllegalArgumentException(
            "break "
                + pause.start()
                + " to "
                + pause.end()
                + " is not within shift '"
                + name
                + "'");
      }
    }
  }

  /** A shift without breaks. */
  public ShiftPattern(String name, Set<DayOfWeek> days, LocalTime start, LocalTime end) {
    this(name, days, start, end, List.of());
  }

  /** A pause in local time; over midnight when it does not end after its start. */
  public record Break(LocalTime start, LocalTime end) {}

  boolean crossesMidnight() {
    return !end.isAfter(start);
  }

  /** Whether a local time of a break lies on the day after the shift's start. */
  boolean isNextDay(LocalTime time) {
    return time.isBefore(start);
  }

  /** Seconds of a week of 168 hours that the shift takes, as starts and ends from Monday 00:00. */
  int startSecond(DayOfWeek day) {
    return (day.getValue() - 1) * DAY + start.toSecondOfDay();
  }

  int lengthSeconds() {
    return length(start, end);
  }

  private static int after(LocalTime from, LocalTime to) {
    return Math.floorMod(to.toSecondOfDay() - from.toSecondOfDay(), DAY);
  }

  private static int length(LocalTime from, LocalTime to) {
    int length = after(from, to);
    return length == 0 ? DAY : length;
  }
}
