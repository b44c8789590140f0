package fr.vigie.calendar;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Set;

/** Public holidays of the place where a workshop stands. */
public enum PublicHolidays {
  NONE,
  /** The eleven of the French labour code, article L3133-1. */
  FRANCE,
  /** Good Friday and 26 December as well: Bas-Rhin, Haut-Rhin, Moselle (article L3134-13). */
  ALSACE_MOSELLE;

  private static final Set<MonthDay> FIXED =
      Set.of(
          MonthDay.of(1, 1),
          MonthDay.of(5, 1),
          MonthDay.of(5, 8),
          MonthDay.of(7, 14),
          MonthDay.of(8, 15),
          MonthDay.of(11, 1),
          MonthDay.of(11, 11),
          MonthDay.of(12, 25));

  /** Easter Monday, Ascension and Whit Monday. */
  private static final Set<Long> AFTER_EASTER = Set.of(1L, 39L, 50L);

  private static final long GOOD_FRIDAY = -2;
  private static final MonthDay SAINT_STEPHEN = MonthDay.of(12, 26);

  /** Whether a day is one of them. */
  public boolean contain(LocalDate day) {
    if (this == NONE) {
      return false;
    }
    MonthDay date = MonthDay.from(day);
    long afterEaster = day.toEpochDay() - easter(day.getYear()).toEpochDay();
    return FIXED.contains(date)
        || AFTER_EASTER.contains(afterEaster)
        || this == ALSACE_MOSELLE && (afterEaster == GOOD_FRIDAY || date.equals(SAINT_STEPHEN));
  }

  /** Easter Sunday of a Gregorian year: the algorithm that Nature published on 20 April 1876. */
  static LocalDate easter(int year) {
    int golden = year % 19;
    int century = year / 100;
    int ofCentury = year % 100;
    int correction = (century - (century + 8) / 25 + 1) / 3;
    int epact = (19 * golden + century - century / 4 - correction + 15) % 30;
    int weekday = (32 + 2 * (century % 4) + 2 * (ofCentury / 4) - epact - ofCentury % 4) % 7;
    int month = (golden + 11 * epact + 22 * weekday) / 451;
    int days = epact + weekday - 7 * month + 114;
    return LocalDate.of(year, days / 31, days % 31 + 1);
  }
}
