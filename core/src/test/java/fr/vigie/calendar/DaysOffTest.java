package fr.vigie.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DaysOffTest {
  /** Dates of Easter as the U.S. Naval Observatory lists them; 1818 and 2285 are the earliest. */
  @ParameterizedTest
  @CsvSource({
    "1818, 1818-03-22",
    "1886, 1886-04-25",
    "1943, 1943-04-25",
    "1954, 1954-04-18",
    "1981, 1981-04-19",
    "2000, 2000-04-23",
    "2008, 2008-03-23",
    "2024, 2024-03-31",
    "2025, 2025-04-20",
    "2026, 2026-04-05",
    "2027, 2027-03-28",
    "2038, 2038-04-25",
    "2049, 2049-04-18",
    "2076, 2076-04-19",
    "2285, 2285-03-22"
  })
  void easterFallsWhereTheChurchesPutIt(int year, LocalDate easter) {
    assertThat(PublicHolidays.easter(year)).isEqualTo(easter);
  }

  /** The list of service-public.fr for 2026. */
  @Test
  void franceRestsOnElevenDays() {
    assertThat(daysOf(2026, PublicHolidays.FRANCE))
        .containsExactly(
            "2026-01-01",
            "2026-04-06",
            "2026-05-01",
            "2026-05-08",
            "2026-05-14",
            "2026-05-25",
            "2026-07-14",
            "2026-08-15",
            "2026-11-01",
            "2026-11-11",
            "2026-12-25");
  }

  @Test
  void alsaceAndMoselleRestOnTwoMore() {
    assertThat(daysOf(2026, PublicHolidays.ALSACE_MOSELLE))
        .containsAll(daysOf(2026, PublicHolidays.FRANCE))
        .contains("2026-04-03", "2026-12-26")
        .hasSize(13);
  }

  /** Ascension fell on 1 May in 2008: one day less. */
  @Test
  void twoHolidaysOnOneDayAreOneDay() {
    assertThat(daysOf(2008, PublicHolidays.FRANCE)).hasSize(10).contains("2008-05-01");
  }

  @Test
  void nobodyRestsWhereNoHolidaysWereChosen() {
    assertThat(daysOf(2026, PublicHolidays.NONE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-08-03", "2026-08-10", "2026-08-23"})
  void bothDaysOfAClosureAndAllBetweenAreClosed(LocalDate day) {
    assertThat(summer().contains(day)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-08-02", "2026-08-24"})
  void theDaysAroundAClosureAreNot(LocalDate day) {
    assertThat(summer().contains(day)).isFalse();
  }

  @Test
  void closureEndsAfterItStarts() {
    LocalDate day = LocalDate.parse("2026-08-03");
    assertThatThrownBy(() -> new DaysOff.Closure(day, day.minusDays(1)))
        .hasMessageContaining("2026-08-03 to 2026-08-02");
    assertThat(new DaysOff.Closure(day, day).contains(day)).isTrue();
  }

  private static DaysOff summer() {
    return new DaysOff(
        PublicHolidays.NONE,
        List.of(new DaysOff.Closure(LocalDate.parse("2026-08-03"), LocalDate.parse("2026-08-23"))));
  }

  private static List<String> daysOf(int year, PublicHolidays holidays) {
    return Stream.iterate(LocalDate.of(year, 1, 1), day -> day.plusDays(1))
        .limit(LocalDate.of(year, 1, 1).lengthOfYear())
        .filter(holidays::contain)
        .map(LocalDate::toString)
        .toList();
  }
}
