package fr.vigie.production;

import static fr.vigie.production.MachineState.IDLE;
import static fr.vigie.production.MachineState.RUNNING;
import static fr.vigie.production.MachineState.STOPPED;
import static fr.vigie.production.Shop.at;
import static fr.vigie.production.Shop.numbers;
import static fr.vigie.production.Shop.rule;
import static fr.vigie.production.Shop.seconds;
import static fr.vigie.production.Shop.span;
import static fr.vigie.production.Shop.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.calendar.ShiftCalendar;
import fr.vigie.calendar.ShiftPattern;
import fr.vigie.calendar.ShiftPattern.Break;
import fr.vigie.signal.Sample;
import fr.vigie.time.Span;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProductionTest {
  private static MachineRules.Builder rules() {
    return MachineRules.of(rule(1)).parts(PartsRule.Counter.plain()).referenceCycle(seconds(10));
  }

  /** From 05:00 to 13:00 UTC, the first second of {@link Shop}, with these breaks. */
  private static ShiftCalendar shift(Break... breaks) {
    Set<DayOfWeek> days = EnumSet.allOf(DayOfWeek.class);
    LocalTime start = LocalTime.of(5, 0);
    return new ShiftCalendar(
        ZoneOffset.UTC,
        List.of(
            new ShiftPattern("matin", days, start, LocalTime.of(13, 0), List.of(breaks)),
            new ShiftPattern("soir", days, LocalTime.of(13, 0), LocalTime.of(21, 0))));
  }

  @Test
  void stopsLoseAvailabilityAndMicroStopsPerformance() {
    Inputs inputs =
        Inputs.until(at(1000))
            .state(texts("0 ACTIVE, 100 READY, 130 ACTIVE, 500 ALARM, 700 ACTIVE"))
            .parts(numbers("0 7, 400 37, 900 77"))
            .build();

    Figures figures = Production.figures(rules().build(), inputs, span(0, 1000));

    TimeTree tree = figures.timeTree();
    assertThat(figures.stops()).containsExactly(new Stop(span(500, 700), STOPPED, span(500, 700)));
    assertThat(figures.microStops())
        .containsExactly(new Stop(span(100, 130), IDLE, span(100, 130)));
    assertThat(figures.span()).isEqualTo(span(0, 1000));
    assertThat(tree.tR()).isEqualTo(seconds(1000));
    assertThat(tree.tF()).isEqualTo(seconds(800));
    assertThat(tree.required().microStops()).isEqualTo(seconds(30));
    assertThat(tree.tN()).hasValue(seconds(700));
    assertThat(tree.speedLoss()).hasValue(seconds(70));
    assertThat(figures.trs().orElseThrow().ratio()).hasValue(0.7);
  }

  @Test
  void theStateInForceAtTheStartIsTheOneBefore() {
    Inputs inputs =
        Inputs.until(at(200))
            .state(texts("150 READY"))
            .stateBefore(Sample.good(at(-3600), "ACTIVE"))
            .parts(numbers("150 12"))
            .partsBefore(Sample.good(at(-60), 10))
            .build();

    Figures figures = Production.figures(rules().build(), inputs, span(100, 200));

    assertThat(figures.timeline().time(RUNNING)).isEqualTo(seconds(50));
    assertThat(figures.rawStates().time("ACTIVE")).isEqualTo(seconds(50));
    assertThat(figures.parts()).isEqualTo(2);
    assertThat(figures.coverage().ratio()).hasValue(1);
  }

  @Test
  void aMissingSampleInForceIsUnobservedWhateverTheRuleReads() {
    for (Inputs.Builder inputs :
        List.of(
            Inputs.until(at(200)),
            Inputs.until(at(200)).state(numbers("150 1")),
            Inputs.until(at(200)).state(texts("150 READY")))) {
      Inputs built = inputs.stateBefore(Sample.missing(at(0))).build();
      StateRule.Levels levels =
          new StateRule.Levels(
              IDLE, List.of(new StateRule.Levels.Level(RUNNING, 5, 4)), Duration.ZERO);
      StateRule rule = built.state().isText() ? rule(0) : levels;

      Timeline timeline =
          Production.figures(MachineRules.of(rule).build(), built, span(100, 150)).timeline();

      assertThat(timeline.time(MachineState.UNOBSERVED)).isEqualTo(seconds(50));
    }
  }

  @Test
  void aSampleInForceThatTheColumnAlreadyHoldsCountsOnce() {
    Inputs inputs =
        Inputs.until(at(100))
            .parts(numbers("0 3, 20 2"))
            .partsBefore(Sample.good(at(0), 3))
            .build();
    MachineRules rules = MachineRules.of(rule(0)).parts(new PartsRule.Events(1)).build();

    assertThat(Production.figures(rules, inputs, span(0, 100)).parts()).isEqualTo(5);
  }

  @Test
  void timeBeforeTheFirstSampleIsUnobserved() {
    Inputs inputs = Inputs.until(at(200)).state(texts("50 ACTIVE")).parts(numbers("60 9")).build();

    Figures figures = Production.figures(rules().build(), inputs, span(0, 200));

    assertThat(figures.timeTree().required().unobserved()).isEqualTo(seconds(50));
    assertThat(figures.rawStates().unobserved()).isEqualTo(seconds(50));
    assertThat(figures.coverage().ratio()).hasValue(0.75);
    assertThat(figures.refusal()).hasValue(Refusal.LOW_COVERAGE);
    assertThat(figures.trs()).isEmpty();
    assertThat(figures.timeTree().trs().ratio()).hasValue(0);
  }

  @Test
  void unobservedTimeInterruptsAStop() {
    Inputs inputs =
        Inputs.until(at(300))
            .state(texts("0 ACTIVE, 100 READY, 220 ACTIVE"))
            .gaps(List.of(span(150, 170)))
            .build();

    Figures figures = Production.figures(rules().build(), inputs, span(0, 300));

    assertThat(figures.stops()).isEmpty();
    assertThat(figures.microStops())
        .extracting(Stop::span)
        .containsExactly(span(100, 150), span(170, 220));
    assertThat(figures.timeTree().required().unobserved()).isEqualTo(seconds(20));
    assertThat(figures.rawStates().time("READY")).isEqualTo(seconds(100));
  }

  @Test
  void aStopTakesTheStateThatLastedLongest() {
    Inputs inputs =
        Inputs.until(at(300))
            .state(texts("0 ACTIVE, 10 READY, 40 ALARM, 90 READY, 99 ACTIVE"))
            .build();

    Figures figures = Production.figures(rules().build(), inputs, span(0, 300));

    assertThat(figures.stops()).containsExactly(new Stop(span(10, 99), STOPPED, span(10, 99)));
  }

  @Test
  void aStopOverTheBorderOfShiftsIsJudgedWholeAndSharedOut() {
    double border = 8 * 3600;
    Inputs inputs =
        Inputs.until(at(2 * border))
            .state(texts("0 ACTIVE, 28760 ALARM, 28830 ACTIVE, 29000 READY"))
            .build();
    Production production = Production.of(rules().calendar(shift()).build(), inputs);

    Figures early = production.figures(span(0, border));
    Figures late = production.figures(span(border, 28_900));

    Span whole = span(28_760, 28_830);
    assertThat(early.stops()).containsExactly(new Stop(span(28_760, border), STOPPED, whole));
    assertThat(late.stops()).containsExactly(new Stop(span(border, 28_830), STOPPED, whole));
    assertThat(early.microStops()).isEmpty();
    assertThat(late.microStops()).isEmpty();
    assertThat(early.timeTree().required().stops()).isEqualTo(seconds(40));
    assertThat(late.timeTree().required().stops()).isEqualTo(seconds(30));
  }

  @Test
  void plannedStopDoesNotLowerAvailability() {
    Inputs inputs =
        Inputs.until(at(28_800)).state(texts("0 ACTIVE, 7200 OFF, 9000 ACTIVE")).build();
    Break pause = new Break(LocalTime.of(7, 0), LocalTime.of(7, 30));

    Figures without =
        Production.figures(rules().calendar(shift()).build(), inputs, span(0, 28_800));
    Figures with =
        Production.figures(rules().calendar(shift(pause)).build(), inputs, span(0, 28_800));

    assertThat(without.timeTree().availability().ratio()).hasValue(0.9375);
    assertThat(with.timeTree().availability().ratio()).hasValue(1);
    assertThat(with.stops()).isEmpty();
    assertThat(with.timeTree().tO()).isEqualTo(Duration.ofHours(8));
    assertThat(with.timeTree().tR()).isEqualTo(Duration.ofMinutes(450));
  }

  @Test
  void partsOfABreakBelongToTheirShiftAndPartsOfClosedTimeToNone() {
    Break pause = new Break(LocalTime.of(7, 0), LocalTime.of(7, 30));
    Inputs inputs =
        Inputs.until(at(24 * 3600))
            .state(texts("0 ACTIVE"))
            .parts(numbers("0 0, 100 5, 7300 6, 80000 8"))
            .scrap(numbers("0 0, 7400 1"))
            .build();
    MachineRules rules = rules().scrap(PartsRule.Counter.plain()).calendar(shift(pause)).build();

    Figures day = Production.figures(rules, inputs, span(0, 24 * 3600));

    assertThat(day.parts()).isEqualTo(8);
    assertThat(day.good()).isEqualTo(7);
    assertThat(day.timeTree().output().parts()).isEqualTo(6);
    assertThat(day.timeTree().output().good()).isEqualTo(5);
    assertThat(day.timeTree().tT()).isEqualTo(Duration.ofHours(24));
    assertThat(day.timeTree().tO()).isEqualTo(Duration.ofHours(16));
    assertThat(day.timeTree().commitment().ratio()).hasValue(16 / 24.0);
  }

  @Test
  void timeBeforeServiceIsNotEvenTotalTime() {
    Inputs inputs = Inputs.until(at(1000)).state(texts("0 READY, 400 ACTIVE")).build();
    MachineRules rules = rules().inServiceSince(at(400)).build();

    Figures figures = Production.figures(rules, inputs, span(0, 1000));

    assertThat(figures.timeTree().tT()).isEqualTo(seconds(600));
    assertThat(figures.timeTree().availability().ratio()).hasValue(1);
    assertThat(figures.stops()).isEmpty();
    assertThat(Production.figures(rules, inputs, span(0, 300)).refusal())
        .hasValue(Refusal.NOTHING_REQUIRED);
  }

  @Test
  void cyclesCountWhereTheyEnd() {
    Inputs inputs =
        Inputs.until(at(100))
            .state(texts("0 ACTIVE, 20 READY, 30 ACTIVE, 50 OFF, 60 ACTIVE, 80 OFF, 90 ACTIVE"))
            .build();
    MachineRules rules =
        MachineRules.of(rule(0))
            .cycle(new CycleRule("ACTIVE", "OFF"))
            .parts(new PartsRule.Cycles(2))
            .build();
    Production production = Production.of(rules, inputs);

    assertThat(production.figures(span(0, 100)).cycles())
        .containsExactly(new Cycle(span(0, 50)), new Cycle(span(60, 80)));
    assertThat(production.figures(span(0, 100)).parts()).isEqualTo(4);
    assertThat(production.figures(span(0, 50)).parts()).isZero();
    assertThat(production.figures(span(50, 100)).parts()).isEqualTo(4);
    assertThat(production.figures(span(0, 100)).refusal()).hasValue(Refusal.NO_REFERENCE_CYCLE);
  }

  @Test
  void eventsCountOnceOrForTheirNumber() {
    MachineRules rules =
        MachineRules.of(rule(0))
            .parts(new PartsRule.Events(1))
            .scrap(new PartsRule.Events(1))
            .build();
    Inputs inputs =
        Inputs.until(at(100))
            .state(texts("0 ACTIVE"))
            .parts(texts("10 part, 20 part, 30 -, 40 part"))
            .scrap(numbers("50 2"))
            .build();

    Figures figures = Production.figures(rules, inputs, span(0, 100));

    assertThat(figures.parts()).isEqualTo(3);
    assertThat(figures.good()).isEqualTo(1);
  }

  @Test
  void impossibleSamplesAreTold() {
    MachineRules rules = rules().parts(new PartsRule.Counter(1, 0, Duration.ofSeconds(5))).build();
    Inputs inputs =
        Inputs.until(at(100))
            .state(texts("0 ACTIVE"))
            .parts(numbers("0 1, 20 65535, 40 3"))
            .build();

    Figures figures = Production.figures(rules, inputs, span(0, 100));

    assertThat(figures.parts()).isEqualTo(2);
    assertThat(figures.counted().quarantined()).isEqualTo(1);
  }

  @Test
  void absurdNumbersStillGiveFigures() {
    MachineRules rules =
        rules()
            .parts(new PartsRule.Events(1_000))
            .scrap(new PartsRule.Events(1))
            .referenceCycle(Duration.ofDays(99))
            .build();
    Inputs inputs =
        Inputs.until(at(100))
            .state(texts("0 ACTIVE"))
            .parts(numbers("10 1e300, 20 900000000, 30 -1e300, 40 5"))
            .scrap(numbers("10 1e12, 20 1e300"))
            .build();

    Figures figures = Production.figures(rules, inputs, span(0, 100));

    assertThat(figures.parts()).isEqualTo(900_000_005_000L);
    assertThat(figures.counted().quarantined()).isEqualTo(3);
    assertThat(figures.timeTree().performance().isOverReference()).isTrue();
  }

  @Test
  void aSignalOfNumbersHasNoRawStates() {
    StateRule.Levels levels =
        new StateRule.Levels(
            IDLE, List.of(new StateRule.Levels.Level(RUNNING, 5, 4)), Duration.ZERO);
    Inputs inputs = Inputs.until(at(10)).state(numbers("0 6, 5 1")).build();

    Figures figures = Production.figures(MachineRules.of(levels).build(), inputs, span(0, 10));

    assertThat(figures.rawStates().times()).isEmpty();
    assertThat(figures.timeline().time(RUNNING)).isEqualTo(seconds(5));
    assertThat(figures.refusal()).hasValue(Refusal.PARTS_NOT_COUNTED);
  }

  @Test
  void nothingKnownIsAllUnobserved() {
    Figures figures =
        Production.figures(rules().build(), Inputs.until(at(100)).build(), span(0, 100));

    assertThat(figures.timeTree().required().unobserved()).isEqualTo(seconds(100));
    assertThat(figures.coverage().ratio()).hasValue(0);
    assertThat(figures.refusal()).hasValue(Refusal.LOW_COVERAGE);
  }

  @Test
  void partsByCyclesNeedARuleForCycles() {
    assertThatThrownBy(() -> rules().parts(new PartsRule.Cycles(1)).build())
        .hasMessageContaining("no rule gives cycles");
    assertThatThrownBy(() -> rules().leastCoverage(90).build()).hasMessageContaining("90");
    assertThatThrownBy(() -> rules().microStop(seconds(-1)).build()).hasMessageContaining("PT-1S");
  }
}
