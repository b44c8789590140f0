package fr.vigie.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fr.vigie.energy.Windows.Window;
import fr.vigie.production.MachineState;
import fr.vigie.production.Period;
import fr.vigie.production.Timeline;
import fr.vigie.time.Span;
import java.io.IOException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SteelMillTest {
  private static final Span YEAR = new Span(day(2018, 1, 1), day(2019, 1, 1));

  @Test
  void aYearStampedAtTheEndOfItsIntervalsHasNoGapAndItsPublishedSum() throws IOException {
    LoadCurve curve = curve(SteelMill.rows());

    assertThat(curve.gaps()).isEmpty();
    Energy year = curve.within(YEAR);
    assertThat(year.kilowattHours()).isCloseTo(959_636.71, within(1e-6));
    assertThat(year.known()).isEqualTo(Duration.ofDays(365)).isEqualTo(year.asked());
    assertThat(year.shared()).isZero();
  }

  @Test
  void withoutTheRuleOfTwentyFourHoursEachDayHasAGapAndNightsAreWrong() throws IOException {
    MeterRule.Intervals naive =
        new MeterRule.Intervals(
            1, 10_000, Duration.ofMinutes(15), MeterRule.Stamp.END, Optional.empty());
    LoadCurve curve =
        LoadCurve.of(naive, SteelMill.column(SteelMill.rows()), List.of(), YEAR.end());

    Span first = new Span(day(2018, 1, 1), day(2018, 1, 2));
    double night = curve.within(first).kilowattHours();
    assertThat(night)
        .isNotCloseTo(curve(SteelMill.rows()).within(first).kilowattHours(), within(.1));
    assertThat(curve.within(new Span(day(2018, 12, 31), day(2019, 1, 1))).known())
        .isEqualTo(Duration.ofHours(24).minusMinutes(15));
  }

  @Test
  void eachKindOfLoadHasItsPublishedEnergyAndTime() throws IOException {
    List<SteelMill.Row> rows = SteelMill.rows();
    LoadCurve curve = curve(rows);

    assertThat(load(rows, curve, "Light_Load").kilowattHours()).isCloseTo(155_892.81, within(1e-6));
    assertThat(load(rows, curve, "Light_Load").known()).isEqualTo(Duration.ofMinutes(18_072 * 15));
    assertThat(load(rows, curve, "Medium_Load").kilowattHours())
        .isCloseTo(372_766.54, within(1e-6));
    assertThat(load(rows, curve, "Medium_Load").known()).isEqualTo(Duration.ofMinutes(9_696 * 15));
    assertThat(load(rows, curve, "Maximum_Load").kilowattHours())
        .isCloseTo(430_977.36, within(1e-6));
    assertThat(load(rows, curve, "Maximum_Load").known()).isEqualTo(Duration.ofMinutes(7_272 * 15));
  }

  @Test
  void energyByStateIsThatOfThePeriodsOfTheState() throws IOException {
    List<SteelMill.Row> rows = SteelMill.rows();
    LoadCurve curve = curve(rows);
    List<Period> periods = new ArrayList<>();
    for (SteelMill.Row row : rows) {
      MachineState state =
          switch (row.load()) {
            case "Light_Load" -> MachineState.OFF;
            case "Medium_Load" -> MachineState.IDLE;
            default -> MachineState.RUNNING;
          };
      periods.add(new Period(interval(row), state));
    }

    EnergyUse use = EnergyUse.of(curve, Timeline.of(periods), Optional.empty());

    assertThat(use.byState().get(MachineState.OFF)).isNotNull();
    assertThat(use.byState().get(MachineState.OFF).kilowattHours())
        .isCloseTo(155_892.81, within(1e-6));
    assertThat(use.idle().kilowattHours()).isCloseTo(372_766.54, within(1e-6));
    assertThat(use.byState().get(MachineState.RUNNING).kilowattHours())
        .isCloseTo(430_977.36, within(1e-6));
    assertThat(use.ofNoState().kilowattHours()).isCloseTo(0, within(1e-6));
    assertThat(use.closed()).isEmpty();
  }

  @Test
  void weekendsUseWhatTheRowsOfTheWeekendSay() throws IOException {
    List<SteelMill.Row> rows = SteelMill.rows();
    double expected =
        rows.stream()
            .filter(row -> row.week().equals("Weekend"))
            .mapToDouble(SteelMill.Row::kilowattHours)
            .sum();

    Map<Closed, List<Span>> closed = Closed.within(YEAR, workdays(), SteelMill.SEOUL);
    Energy weekends = curve(rows).within(closed.get(Closed.WEEKEND));

    assertThat(weekends.kilowattHours()).isCloseTo(expected, within(1e-6));
    assertThat(weekends.asked()).isEqualTo(Duration.ofDays(104));
    assertThat(closed.get(Closed.NIGHT)).isEmpty();
    assertThat(closed.get(Closed.DAY_OFF)).isEmpty();
    System.out.printf(
        "steel mill: %.2f kWh on weekends of 959636.71 kWh, %.1f %%, mean %.2f kW%n",
        weekends.kilowattHours(),
        weekends.kilowattHours() / 9596.3671,
        weekends.kilowatts().orElseThrow());
  }

  @Test
  void theBaseLoadIsThePublishedFifthPercentile() throws IOException {
    Windows quarters = curve(SteelMill.rows()).windows(YEAR, EnergyUse.QUARTER);

    assertThat(quarters.asked()).isEqualTo(35_040);
    assertThat(quarters.known()).hasSize(35_040);
    BaseLoad low = BaseLoad.fifthPercentile(quarters).orElseThrow();
    assertThat(low.kilowatts()).isCloseTo(4 * 2.74, within(1e-9));
    List<Span> weekends = Closed.within(YEAR, workdays(), SteelMill.SEOUL).get(Closed.WEEKEND);
    BaseLoad closed = BaseLoad.ofClosedTime(quarters, weekends).orElseThrow();
    assertThat(closed.windows()).isEqualTo(104 * 96);
    System.out.printf(
        "steel mill: base load %.2f kW (fifth percentile), %.2f kW (median of weekends)%n",
        low.kilowatts(), closed.kilowatts());
  }

  @Test
  void thePeakIsTheHighestQuarterWithItsTime() throws IOException {
    List<SteelMill.Row> rows = SteelMill.rows();
    SteelMill.Row top = rows.get(0);
    for (SteelMill.Row row : rows) {
      top = row.kilowattHours() > top.kilowattHours() ? row : top;
    }

    Window peak = curve(rows).windows(YEAR, EnergyUse.QUARTER).peak().orElseThrow();

    assertThat(peak.kilowatts()).isCloseTo(4 * top.kilowattHours(), within(1e-9));
    assertThat(peak.span()).isEqualTo(interval(top));
    System.out.printf("steel mill: peak %.2f kW at %s%n", peak.kilowatts(), peak.span().start());
  }

  /**
   * Nothing is known to have been changed in that year; the hours of more than light load explain.
   */
  @Test
  void theSecondHalfOfTheYearIsHeldAgainstABaselineOfTheFirst() throws IOException {
    List<Observation> days = days(SteelMill.rows());

    Baseline baseline =
        Baseline.freeze(
            "first-half",
            1,
            YEAR.start(),
            List.of("loaded-hours"),
            days.subList(0, 181),
            List.of());
    Savings savings = Savings.of(baseline, days.subList(181, 365));

    double used = days.subList(181, 365).stream().mapToDouble(Observation::kilowattHours).sum();
    assertThat(savings.expected() - savings.saved()).isCloseTo(used, within(1e-6));
    assertThat(savings.periods()).hasSize(184);
    assertThat(savings.periods().get(183).sum()).isCloseTo(savings.saved(), within(1e-6));
    assertThat(savings.predicted()).isPositive();
    assertThat(savings.guideline()).isPositive();
    Baseline.Fit fit = baseline.fit();
    System.out.printf(
        "steel mill: baseline R² %.3f, CV(RMSE) %.3f, ρ %.2f, 181 days tell as much as %.0f%n",
        fit.rSquared().orElseThrow(),
        fit.cvRmse().orElseThrow(),
        fit.correlation(),
        fit.effective());
    System.out.printf(
        "steel mill: second half saved %.0f of %.0f kWh, ± %.0f (prediction), ± %.0f (guideline), %s%n",
        savings.saved(),
        savings.expected(),
        savings.predicted(),
        savings.guideline(),
        savings.refusals());
  }

  private static List<Observation> days(List<SteelMill.Row> rows) {
    LoadCurve curve = curve(rows);
    List<Observation> days = new ArrayList<>();
    for (int day = 0; day < 365; day++) {
      Instant start = YEAR.start().plus(Duration.ofDays(day));
      Span span = new Span(start, start.plus(Duration.ofDays(1)));
      List<SteelMill.Row> today = rows.subList(96 * day, 96 * day + 96);
      days.add(
          new Observation(span, curve.within(span).kilowattHours(), List.of(loadedHours(today))));
    }
    return days;
  }

  private static double loadedHours(List<SteelMill.Row> rows) {
    return rows.stream().filter(row -> !row.load().equals("Light_Load")).count() / 4.0;
  }

  private static Energy load(List<SteelMill.Row> rows, LoadCurve curve, String load) {
    return curve.within(
        rows.stream().filter(row -> row.load().equals(load)).map(SteelMillTest::interval).toList());
  }

  private static Span interval(SteelMill.Row row) {
    boolean midnight = row.stamp().getHour() == 0 && row.stamp().getMinute() == 0;
    Instant end = row.stamp().plusDays(midnight ? 1 : 0).atZone(SteelMill.SEOUL).toInstant();
    return new Span(end.minus(Duration.ofMinutes(15)), end);
  }

  private static List<Span> workdays() {
    List<Span> days = new ArrayList<>();
    for (LocalDate day = LocalDate.of(2018, 1, 1); day.getYear() == 2018; day = day.plusDays(1)) {
      if (day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0) {
        days.add(
            new Span(
                day.atStartOfDay(SteelMill.SEOUL).toInstant(),
                day.plusDays(1).atStartOfDay(SteelMill.SEOUL).toInstant()));
      }
    }
    return days;
  }

  private static LoadCurve curve(List<SteelMill.Row> rows) {
    return LoadCurve.of(SteelMill.RULE, SteelMill.column(rows), List.of(), YEAR.end());
  }

  private static Instant day(int year, int month, int day) {
    return LocalDate.of(year, month, day).atStartOfDay(SteelMill.SEOUL).toInstant();
  }
}
