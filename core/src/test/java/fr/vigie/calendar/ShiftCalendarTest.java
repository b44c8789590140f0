package fr.vigie.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.calendar.ShiftPattern.Break;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShiftCalendarTest {
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
  private static final Set<DayOfWeek> WORKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
  private static final Set<DayOfWeek> EVERY_DAY = EnumSet.allOf(DayOfWeek.class);

  private static final ShiftCalendar THREE_SHIFTS =
      new ShiftCalendar(
          PARIS,
          List.of(
              new ShiftPattern("matin", EVERY_DAY, time("05:00"), time("13:00")),
              new ShiftPattern("soir", EVERY_DAY, time("13:00"), time("21:00")),
              new ShiftPattern("nuit", EVERY_DAY, time("21:00"), time("05:00"))));

  private static LocalTime time(String time) {
    return LocalTime.parse(time);
  }

  private static DaysOff closed(String first, String last) {
    return new DaysOff(
        PublicHolidays.NONE,
        List.of(new DaysOff.Closure(LocalDate.parse(first), LocalDate.parse(last))));
  }

  private static Span day(String date) {
    LocalDate day = LocalDate.parse(date);
    return new Span(
        day.atStartOfDay(PARIS).toInstant(), day.plusDays(1).atStartOfDay(PARIS).toInstant());
  }

  private static Duration required(ShiftCalendar calendar, Span span) {
    long from = Nanos.of(span.start());
    return Duration.ofNanos(calendar.required(from, Nanos.of(span.end())).length());
  }

  @Test
  void anInstantBelongsToTheShiftThatStartsWithIt() {
    Shift shift = THREE_SHIFTS.shiftAt(Instant.parse("2026-03-02T12:00:00Z")).orElseThrow();

    assertThat(shift.name()).isEqualTo("soir");
    assertThat(shift.span().start()).isEqualTo(Instant.parse("2026-03-02T12:00:00Z"));
  }

  @Test
  void aNightShiftBelongsToTheDayOnWhichItStarts() {
    Shift night = THREE_SHIFTS.shiftAt(Instant.parse("2026-03-03T02:00:00Z")).orElseThrow();

    assertThat(night.name()).isEqualTo("nuit");
    assertThat(night.day()).isEqualTo(LocalDate.parse("2026-03-02"));
    assertThat(night.span().length()).isEqualTo(Duration.ofHours(8));
  }

  @Test
  void theNightIntoSummerTimeHasSevenHours() {
    Shift night = THREE_SHIFTS.shiftAt(Instant.parse("2026-03-28T23:00:00Z")).orElseThrow();

    assertThat(night.span().length()).isEqualTo(Duration.ofHours(7));
    assertThat(required(THREE_SHIFTS, day("2026-03-29"))).isEqualTo(Duration.ofHours(23));
  }

  @Test
  void theNightOutOfSummerTimeHasNineHours() {
    Shift night = THREE_SHIFTS.shiftAt(Instant.parse("2026-10-25T00:30:00Z")).orElseThrow();

    assertThat(night.span().length()).isEqualTo(Duration.ofHours(9));
    assertThat(required(THREE_SHIFTS, day("2026-10-25"))).isEqualTo(Duration.ofHours(25));
  }

  @Test
  void shiftsThatMeetInTheSkippedHourStillMeet() {
    ShiftCalendar calendar =
        new ShiftCalendar(
            PARIS,
            List.of(
                new ShiftPattern("A", EVERY_DAY, time("14:30"), time("02:30")),
                new ShiftPattern("B", EVERY_DAY, time("02:30"), time("14:30"))));

    assertThat(required(calendar, day("2026-03-29"))).isEqualTo(Duration.ofHours(23));
    assertThat(required(calendar, day("2026-10-25"))).isEqualTo(Duration.ofHours(25));
  }

  @Test
  void breaksAndPlannedStopsAreOpenAndNotRequired() {
    Span maintenance =
        new Span(Instant.parse("2026-03-02T08:00:00Z"), Instant.parse("2026-03-02T09:00:00Z"));
    ShiftCalendar calendar =
        new ShiftCalendar(
            PARIS,
            List.of(
                new ShiftPattern(
                    "jour",
                    WORKDAYS,
                    time("08:00"),
                    time("17:00"),
                    List.of(new Break(time("12:00"), time("13:00"))))),
            DaysOff.NONE,
            List.of(maintenance));
    Span monday = day("2026-03-02");

    assertThat(calendar.open(Nanos.of(monday.start()), Nanos.of(monday.end())).length())
        .isEqualTo(Duration.ofHours(9).toNanos());
    assertThat(required(calendar, monday)).isEqualTo(Duration.ofHours(7));
    assertThat(calendar.shifts(monday).get(0).breaks())
        .containsExactly(
            new Span(Instant.parse("2026-03-02T11:00:00Z"), Instant.parse("2026-03-02T12:00:00Z")));
  }

  @Test
  void aBreakOfANightShiftMayLieAfterMidnight() {
    ShiftPattern night =
        new ShiftPattern(
            "nuit",
            EVERY_DAY,
            time("21:00"),
            time("05:00"),
            List.of(
                new Break(time("23:50"), time("00:10")), new Break(time("01:00"), time("01:30"))));
    ShiftCalendar calendar = new ShiftCalendar(PARIS, List.of(night));

    Shift shift = calendar.shiftAt(Instant.parse("2026-03-02T23:00:00Z")).orElseThrow();

    assertThat(shift.breaks())
        .containsExactly(
            new Span(Instant.parse("2026-03-02T22:50:00Z"), Instant.parse("2026-03-02T23:10:00Z")),
            new Span(Instant.parse("2026-03-03T00:00:00Z"), Instant.parse("2026-03-03T00:30:00Z")));
    assertThat(required(calendar, shift.span())).isEqualTo(Duration.ofMinutes(480 - 50));
  }

  @Test
  void noShiftStartsOnAClosedDayNorAtTheWeekend() {
    ShiftCalendar calendar =
        new ShiftCalendar(
            PARIS,
            List.of(new ShiftPattern("jour", WORKDAYS, time("08:00"), time("17:00"))),
            closed("2026-05-01", "2026-05-01"),
            List.of());

    assertThat(required(calendar, day("2026-05-01"))).isZero();
    assertThat(required(calendar, day("2026-05-02"))).isZero();
    assertThat(required(calendar, day("2026-05-04"))).isEqualTo(Duration.ofHours(9));
    assertThat(calendar.shiftAt(Instant.parse("2026-05-02T10:00:00Z"))).isEmpty();
  }

  @Test
  void shiftsOfASpanAreWholeAndInOrder() {
    Span span =
        new Span(Instant.parse("2026-03-02T11:00:00Z"), Instant.parse("2026-03-03T04:00:00Z"));

    assertThat(THREE_SHIFTS.shifts(span))
        .extracting(Shift::name)
        .containsExactly("matin", "soir", "nuit");
    assertThat(THREE_SHIFTS.shifts(span).get(0).span().length()).isEqualTo(Duration.ofHours(8));
  }

  @Test
  void overlappingShiftsAreRefused() {
    ShiftPattern late = new ShiftPattern("soir", WORKDAYS, time("13:00"), time("21:30"));
    ShiftPattern night = new ShiftPattern("nuit", WORKDAYS, time("21:00"), time("05:00"));
    ShiftPattern sunday =
        new ShiftPattern("dimanche", Set.of(DayOfWeek.SUNDAY), time("20:00"), time("06:00"));
    ShiftPattern early = new ShiftPattern("matin", WORKDAYS, time("05:00"), time("13:00"));

    assertThatThrownBy(() -> new ShiftCalendar(PARIS, List.of(late, night)))
        .hasMessageContaining("'soir MONDAY' and 'nuit MONDAY'");
    assertThatThrownBy(() -> new ShiftCalendar(PARIS, List.of(early, sunday)))
        .hasMessageContaining("'dimanche SUNDAY' and 'matin MONDAY'");
  }

  @Test
  void wrongShiftsAreRefused() {
    assertThatThrownBy(() -> new ShiftPattern("x", Set.of(), time("08:00"), time("17:00")))
        .hasMessageContaining("no day");
    assertThatThrownBy(
            () ->
                new ShiftPattern(
                    "jour",
                    WORKDAYS,
                    time("08:00"),
                    time("17:00"),
                    List.of(new Break(time("16:30"), time("17:30")))))
        .hasMessageContaining("not within shift 'jour'");
  }
}
