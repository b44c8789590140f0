package fr.vigie.production;

import static fr.vigie.production.Shop.at;
import static fr.vigie.production.Shop.numbers;
import static fr.vigie.production.Shop.rule;
import static fr.vigie.production.Shop.seconds;
import static fr.vigie.production.Shop.span;
import static fr.vigie.production.Shop.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.calendar.DaysOff;
import fr.vigie.calendar.PublicHolidays;
import fr.vigie.calendar.ShiftCalendar;
import fr.vigie.calendar.ShiftPattern;
import fr.vigie.time.Span;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever is put in, the answer is defined: never NaN, and out of bounds never unsaid. */
class BadInputTest {
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
  private static final Span HOUR = span(0, 3600);

  private final MachineRules.Builder rules =
      MachineRules.of(rule(0)).parts(PartsRule.Counter.plain()).referenceCycle(seconds(60));

  private Figures hour(String states, String parts) {
    return Production.figures(
        rules.build(),
        Inputs.until(at(3600)).state(texts(states)).parts(numbers(parts)).build(),
        HOUR);
  }

  private static ShiftPattern day(String name, int from, int to) {
    return new ShiftPattern(
        name, EnumSet.allOf(DayOfWeek.class), LocalTime.of(from, 0), LocalTime.of(to, 0));
  }

  private static void assertNoRateIsNaN(TimeTree tree) {
    assertThat(
            Stream.of(
                tree.availability(),
                tree.performance(),
                tree.quality(),
                tree.trs(),
                tree.trg(),
                tree.tre(),
                tree.load(),
                tree.commitment(),
                tree.coverage()))
        .noneMatch(rate -> rate.ratio().isPresent() && Double.isNaN(rate.ratio().getAsDouble()));
  }

  @Test
  void zeroRequiredTimeRefusesTheTrsAndKeepsWhatWasMade() {
    rules.calendar(new ShiftCalendar(PARIS, List.of(), DaysOff.NONE, List.of()));

    Figures figures = hour("0 ACTIVE", "0 0, 60 1");

    assertThat(figures.refusal()).contains(Refusal.NOTHING_REQUIRED);
    assertThat(figures.timeTree().trs().ratio()).isEmpty();
    assertThat(figures.timeTree().availability().ratio()).isEmpty();
    assertThat(figures.parts()).isEqualTo(1);
    assertThat(figures.remarks()).containsExactly(Remark.PARTS_OUTSIDE_OPENING);
    assertNoRateIsNaN(figures.timeTree());
  }

  @Test
  void noPartsMakeATrsOfZeroAndNoQuality() {
    Figures figures = hour("0 ACTIVE", "0 7");

    assertThat(figures.trs().orElseThrow().ratio()).hasValue(0);
    assertThat(figures.timeTree().quality().ratio()).isEmpty();
    assertThat(figures.remarks()).isEmpty();
  }

  @Test
  void counterBelowZeroAndAbsurdStepsAreSetAsideAndTold() {
    Figures figures = hour("0 ACTIVE", "0 0, 60 1, 120 -50, 180 2, 240 9000000000000, 300 3");

    assertThat(figures.parts()).isEqualTo(3);
    assertThat(figures.counted().quarantined()).isEqualTo(2);
    assertThat(figures.remarks()).containsExactly(Remark.SAMPLES_SET_ASIDE);
  }

  @Test
  void eventsBelowZeroAreKeptAndTold() {
    rules.parts(new PartsRule.Events(1)).scrap(new PartsRule.Events(1));
    Inputs inputs =
        Inputs.until(at(3600))
            .state(texts("0 ACTIVE"))
            .parts(numbers("60 -5"))
            .scrap(numbers("60 -9"))
            .build();

    Figures figures = Production.figures(rules.build(), inputs, HOUR);

    assertThat(figures.parts()).isEqualTo(-5);
    assertThat(figures.remarks()).containsExactly(Remark.NEGATIVE_COUNT);
    Inputs negativeScrap =
        Inputs.until(at(3600))
            .state(texts("0 ACTIVE"))
            .parts(numbers("60 5"))
            .scrap(numbers("60 -1"))
            .build();
    assertThat(Production.figures(rules.build(), negativeScrap, HOUR).remarks())
        .containsExactly(Remark.NEGATIVE_COUNT);
  }

  @Test
  void partsBelowZeroAreNotSaidToBeRejects() {
    rules.parts(new PartsRule.Events(1));

    assertThat(hour("0 ACTIVE", "60 -5").remarks()).containsExactly(Remark.NEGATIVE_COUNT);
  }

  /** A clock that jumps back, as in NAB's machine temperature: times repeat and go backwards. */
  @Test
  void clockThatStepsBackNeverMakesMoreTimeThanThereWas() {
    Figures figures =
        hour(
            "0 ACTIVE, 1000 READY, 400 ACTIVE, 700 READY, 1000 ACTIVE", "0 0, 900 5, 300 2, 600 3");

    Duration all =
        figures.timeline().times().values().stream().reduce(Duration.ZERO, Duration::plus);
    assertThat(all).isEqualTo(seconds(3600));
    assertThat(figures.timeline().time(MachineState.IDLE)).isEqualTo(seconds(300));
    assertThat(figures.parts()).isEqualTo(5);
  }

  @Test
  void referenceThatIsTooLongIsKeptAndTold() {
    Figures figures = hour("0 ACTIVE", "0 0, 3000 100");

    assertThat(figures.timeTree().performance().ratio().orElseThrow()).isGreaterThan(1);
    assertThat(figures.timeTree().speedLoss().orElseThrow()).isNegative();
    assertThat(figures.remarks()).containsExactly(Remark.REFERENCE_TOO_LONG);
  }

  @Test
  void shiftThatIsThereTwiceIsRefused() {
    assertThatThrownBy(
            () -> new ShiftCalendar(PARIS, List.of(day("matin", 6, 14), day("matin", 6, 14))))
        .hasMessageContaining("shifts overlap: 'matin");
  }

  @Test
  void partsMadeInAHoleOfTheCalendarAreInNoRateAndTold() {
    rules.calendar(new ShiftCalendar(PARIS, List.of(day("nuit", 0, 6), day("jour", 7, 20))));

    Production production =
        Production.of(
            rules.build(),
            Inputs.until(at(7200))
                .state(texts("-3600 ACTIVE"))
                .parts(numbers("0 0, 600 10, 4200 20"))
                .build());

    Figures hole = production.figures(span(0, 3600));
    assertThat(hole.refusal()).contains(Refusal.NOTHING_REQUIRED);
    assertThat(hole.timeTree().output().parts()).isZero();
    assertThat(hole.remarks()).containsExactly(Remark.PARTS_OUTSIDE_OPENING);
    assertThat(production.figures(span(3600, 7200)).remarks()).isEmpty();
  }

  @Test
  void longestDayOfTheYearHasTwentyFiveHoursInEveryFigure() {
    rules.calendar(new ShiftCalendar(PARIS, List.of(day("matin", 0, 12), day("soir", 12, 0))));
    Span sunday = localDay("2026-10-25");
    Inputs inputs =
        Inputs.until(sunday.end())
            .stateBefore(fr.vigie.signal.Sample.good(sunday.start(), "ACTIVE"))
            .build();

    TimeTree tree = Production.figures(rules.build(), inputs, sunday).timeTree();

    assertThat(tree.tT()).isEqualTo(Duration.ofHours(25));
    assertThat(tree.tR()).isEqualTo(Duration.ofHours(25));
    assertThat(tree.tF()).isEqualTo(Duration.ofHours(25));
  }

  @Test
  void emptyMonthHasNoFigureButItsTime() {
    rules.calendar(
        new ShiftCalendar(
            PARIS,
            List.of(day("jour", 8, 16)),
            new DaysOff(
                PublicHolidays.FRANCE,
                List.of(
                    new DaysOff.Closure(
                        LocalDate.parse("2026-08-01"), LocalDate.parse("2026-08-31")))),
            List.of()));
    Span august = new Span(localDay("2026-08-01").start(), localDay("2026-08-31").end());

    Figures figures = Production.figures(rules.build(), Inputs.until(august.end()).build(), august);

    assertThat(figures.timeTree().tT()).isEqualTo(Duration.ofDays(31));
    assertThat(figures.timeTree().tO()).isZero();
    assertThat(figures.refusal()).contains(Refusal.NOTHING_REQUIRED);
    assertThat(figures.timeTree().tre().ratio()).hasValue(0);
    assertNoRateIsNaN(figures.timeTree());
  }

  private static Span localDay(String day) {
    LocalDate date = LocalDate.parse(day);
    return new Span(
        date.atStartOfDay(PARIS).toInstant(), date.plusDays(1).atStartOfDay(PARIS).toInstant());
  }
}
