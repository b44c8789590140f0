package fr.vigie.production;

import static fr.vigie.production.MachineState.RUNNING;
import static fr.vigie.production.MachineState.STOPPED;
import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.calendar.ShiftCalendar;
import fr.vigie.calendar.ShiftPattern;
import fr.vigie.column.Column;
import fr.vigie.signal.Quality;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Days that are not 24 hours, or are there only in some years, from samples in UTC to figures. */
class LongAndShortDaysTest {
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
  private static final Set<DayOfWeek> EVERY_DAY = EnumSet.allOf(DayOfWeek.class);
  private static final ShiftCalendar THREE_SHIFTS =
      new ShiftCalendar(
          PARIS,
          List.of(
              new ShiftPattern("matin", EVERY_DAY, LocalTime.of(5, 0), LocalTime.of(13, 0)),
              new ShiftPattern("soir", EVERY_DAY, LocalTime.of(13, 0), LocalTime.of(21, 0)),
              new ShiftPattern("nuit", EVERY_DAY, LocalTime.of(21, 0), LocalTime.of(5, 0))));

  @ParameterizedTest
  @CsvSource({
    "2026-03-28, 24",
    "2026-03-29, 23",
    "2026-03-30, 24",
    "2026-10-25, 25",
    "2026-10-26, 24",
    "2028-02-28, 24",
    "2028-02-29, 24",
    "2028-03-01, 24",
    "2027-03-01, 24"
  })
  void aDaysFiguresAreOverTheHoursThatItHad(LocalDate date, long hours) {
    Instant start = date.atStartOfDay(PARIS).toInstant();
    Instant end = date.plusDays(1).atStartOfDay(PARIS).toInstant();
    MachineRules rules =
        MachineRules.of(Shop.rule(0))
            .parts(PartsRule.Counter.plain())
            .referenceCycle(Duration.ofMinutes(1))
            .calendar(THREE_SHIFTS)
            .build();
    Duration length = Duration.ofHours(hours);
    Duration running = length.minusHours(1);

    Production production = Production.of(rules, oneHourStoppedInTheNight(start, end));
    Figures figures = production.figures(new Span(start, end));

    assertThat(Duration.between(start, end)).isEqualTo(length);
    assertThat(figures.timeTree().tR()).isEqualTo(length);
    assertThat(figures.timeline().time(RUNNING)).isEqualTo(running);
    assertThat(figures.timeline().time(STOPPED)).isEqualTo(Duration.ofHours(1));
    assertThat(figures.parts()).isEqualTo(running.toMinutes());
    assertThat(figures.trs().orElseThrow().ratio()).hasValue((hours - 1.0) / hours);
    assertThat(figures.coverage().ratio()).hasValue(1);
    assertThat(figures.stops()).hasSize(1);
  }

  /** Stopped for the hour that begins at 01:30 UTC, around which the clocks change. */
  private static Inputs oneHourStoppedInTheNight(Instant start, Instant end) {
    Instant stop = start.plus(Duration.ofMinutes(150));
    Instant on = stop.plus(Duration.ofHours(1));
    Column state =
        Column.texts()
            .add(Nanos.of(start), "ACTIVE", Quality.GOOD)
            .add(Nanos.of(stop), "ALARM", Quality.GOOD)
            .add(Nanos.of(on), "ACTIVE", Quality.GOOD)
            .build();
    Column.Builder parts = Column.numbers();
    long made = 0;
    parts.add(Nanos.of(start), made, Quality.GOOD);
    for (Instant at = start; at.isBefore(end); at = at.plusSeconds(60)) {
      if (at.isBefore(stop) || !at.isBefore(on)) {
        parts.add(Nanos.of(at.plusSeconds(30)), ++made, Quality.GOOD);
      }
    }
    return Inputs.until(end).state(state).parts(parts.build()).build();
  }
}
