package fr.vigie.calendar;

import java.time.LocalDate;
import java.util.List;

/**
 * Days on which a workshop does not open.
 *
 * @param closures beside the public holidays; they may overlap
 */
public record DaysOff(PublicHolidays holidays, List<Closure> closures) {
  public static final DaysOff NONE = new DaysOff(PublicHolidays.NONE, List.of());

  public DaysOff {
    closures = List.copyOf(closures);
  }

  public boolean contains(LocalDate day) {
    return holidays.contain(day) || closures.stream().anyMatch(closure -> closure.contains(day));
  }

  /**
   * A closure of the workshop, such as its summer holidays; both days belong to it.
   *
   * @param last not before the first
   */
  public record Closure(LocalDate first, LocalDate last) {
    public Closure {
      if (last.isBefore(first)) {
        throw new IllegalArgumentException(
            "a closure ends before it starts: " + first + " to " + last);
      }
    }

    boolean contains(LocalDate day) {
      return !day.isBefore(first) && !day.isAfter(last);
    }
  }
}
