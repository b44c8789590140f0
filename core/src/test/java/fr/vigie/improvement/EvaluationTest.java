package fr.vigie.improvement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fr.vigie.time.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static final Instant START = Instant.parse("2026-03-02T05:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Map<String, String> SAME = Map.of("tcr", "30s");

  /** Four weeks, a week of works, four weeks. */
  private static final Course COURSE = new Course(days(0, 28), days(35, 63), List.of());

  private static final Instant NOW = day(100);

  @Test
  void whatClearlyGotBetterIsDemonstratedInPointsPercentAndHoursAWeek() {
    Answer answer = ask(units(1, at -> at < 28 ? 0.60 : 0.70, 0.03), Measure.Direction.UP);

    assertThat(answer.verdict()).hasValue(Verdict.DEMONSTRATED);
    assertThat(answer.objections()).isEmpty();
    assertThat(answer.before()).isEqualTo(28);
    assertThat(answer.after()).isEqualTo(28);
    assertThat(answer.leftOut()).containsOnly(Map.entry(LeftOut.OUTSIDE, 7));
    Effect.Size size = answer.effect().orElseThrow().size();
    assertThat(size.before()).isCloseTo(0.6, within(0.02));
    assertThat(size.after()).isCloseTo(0.7, within(0.02));
    assertThat(size.difference()).isCloseTo(size.after() - size.before(), within(1e-12));
    assertThat(size.elsewhere()).isCloseTo(0, within(1e-12));
    assertThat(size.relative().orElseThrow())
        .isCloseTo(size.difference() / size.before(), within(1e-12));
    assertThat(size.aWeek()).as("8 h a day").isCloseTo(size.difference() * 56, within(1e-9));
    Effect.Certainty certainty = answer.effect().orElseThrow().certainty();
    assertThat(certainty.welch().low()).isPositive();
    assertThat(certainty.bootstrap().low()).isPositive();
    assertThat(certainty.byOrder().orElseThrow().low()).isPositive();
    assertThat(certainty.welch().contains(size.difference())).isTrue();
    assertThat(certainty.bootstrap().contains(size.difference())).isTrue();
  }

  @Test
  void theSameChangeIsADegradationWhereLessWasWanted() {
    List<Unit> units = units(1, at -> at < 28 ? 0.60 : 0.70, 0.03);

    assertThat(ask(units, Measure.Direction.DOWN).verdict()).hasValue(Verdict.DEGRADATION);
  }

  @Test
  void whatMayBeChanceIsInconclusiveAndSaysWhatCouldHaveBeenSeen() {
    Answer answer = ask(units(3, at -> 0.6, 0.1), Measure.Direction.UP);

    assertThat(answer.verdict()).hasValue(Verdict.INCONCLUSIVE);
    Effect.Certainty certainty = answer.effect().orElseThrow().certainty();
    assertThat(certainty.pValue()).isGreaterThan(0.2);
    assertThat(certainty.smallestVisible())
        .as("(1.96 + 0.84) × 0.1 × √(2 / 28)")
        .isCloseTo(2.8016 * 0.1 * Math.sqrt(2 / 28.0), within(0.03));
  }

  @Test
  void whatIsLikelyAndNotSureIsProbable() {
    List<Unit> units = new ArrayList<>();
    for (int i = 0; i < 63; i++) {
      double wobble = (i % 3 - 1) * 0.1;
      units.add(unit(i, 8 * (0.6 + wobble + (i < 28 ? 0 : 0.035)), 8, 1));
    }

    Answer answer = ask(units, Measure.Direction.UP);
    assertThat(answer.effect().orElseThrow().certainty().pValue()).isBetween(0.05, 0.2);
    assertThat(answer.verdict()).hasValue(Verdict.PROBABLE);
    assertThat(ask(units, Measure.Direction.DOWN).verdict()).hasValue(Verdict.INCONCLUSIVE);
  }

  @Test
  void aVerdictKnowsItsLimits() {
    assertThat(Verdict.of(1, 0.0499)).isEqualTo(Verdict.DEMONSTRATED);
    assertThat(Verdict.of(-1, 0.0499)).isEqualTo(Verdict.DEGRADATION);
    assertThat(Verdict.of(1, 0.05)).isEqualTo(Verdict.PROBABLE);
    assertThat(Verdict.of(1, 0.1999)).isEqualTo(Verdict.PROBABLE);
    assertThat(Verdict.of(1, 0.2)).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(Verdict.of(-1, 0.05)).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void longShiftsWeighMoreThanShortOnes() {
    List<Unit> units = new ArrayList<>();
    for (int i = 0; i < 63; i++) {
      boolean isLong = i % 2 == 0;
      double ratio = isLong ? 0.8 : 0.2;
      units.add(unit(i, (isLong ? 9 : 3) * ratio, isLong ? 9 : 3, 1));
    }

    Effect.Size size = ask(units, Measure.Direction.UP).effect().orElseThrow().size();
    assertThat(size.before()).isCloseTo((9 * 0.8 + 3 * 0.2) / 12, within(1e-9));
  }

  @Test
  void whatAlsoHappenedToTheControlMachineIsNoEffectOfTheAction() {
    List<Unit> everywhere = units(5, at -> at < 28 ? 0.60 : 0.70, 0.02);
    List<Unit> control = units(7, at -> at < 28 ? 0.50 : 0.60, 0.02);

    Answer answer = compare(everywhere, control);
    assertThat(answer.verdict()).hasValue(Verdict.INCONCLUSIVE);
    Effect.Size size = answer.effect().orElseThrow().size();
    assertThat(size.elsewhere()).isCloseTo(0.1, within(0.02));
    assertThat(size.difference())
        .isCloseTo(size.after() - size.before() - size.elsewhere(), within(1e-12));
    assertThat(ask(everywhere, Measure.Direction.UP).verdict()).hasValue(Verdict.DEMONSTRATED);
    Answer only = compare(everywhere, units(6, at -> 0.5, 0.02));
    assertThat(only.verdict()).hasValue(Verdict.DEMONSTRATED);
    assertThat(only.effect().orElseThrow().size().elsewhere()).isCloseTo(0, within(0.02));
  }

  @Test
  void whatIsTheSameInAllUnitsHasNotChanged() {
    Answer answer = ask(units(1, at -> 0.7, 0), Measure.Direction.UP);

    assertThat(answer.verdict()).hasValue(Verdict.INCONCLUSIVE);
    assertThat(answer.effect().orElseThrow().certainty().pValue()).isEqualTo(1);
    assertThat(ask(units(1, at -> at < 28 ? 0.7 : 0.8, 0), Measure.Direction.UP).verdict())
        .hasValue(Verdict.DEMONSTRATED);
  }

  @Test
  void aUnitThatTheControlMachineDoesNotHaveIsLeftOutAndCounted() {
    List<Unit> control = new ArrayList<>(units(6, at -> 0.5, 0.02));
    control.remove(0);
    control.set(0, unit(1, 4, 8, 0.5));
    control.set(1, unit(2, 0, 0, 1));

    Answer answer = compare(units(5, at -> 0.6, 0.02), control);
    assertThat(answer.before()).isEqualTo(25);
    assertThat(answer.leftOut()).containsEntry(LeftOut.NO_CONTROL, 3);
  }

  @Test
  void unitsThatDoNotCountAreCountedByTheirReason() {
    Course course =
        new Course(days(0, 28), days(35, 63), List.of(days(2, 4), new Span(day(40), day(41))));
    List<Unit> units = new ArrayList<>(units(1, at -> 0.6, 0.05));
    units.set(5, unit(5, 0, 0, 0));
    units.set(6, unit(6, 3, 8, 0.89));
    units.set(7, unit(7, 3, 8, 0.9));
    Instant across = day(28).minus(Duration.ofHours(1));
    units.add(new Unit(new Span(across, across.plus(Duration.ofHours(8))), 4, 8, 1, SAME));

    Answer answer =
        Evaluation.of(
                course,
                List.of(new Question(Measure.Direction.UP, units, Optional.empty(), 0.9)),
                NOW)
            .get(0);
    assertThat(answer.leftOut())
        .containsOnly(
            Map.entry(LeftOut.OUTSIDE, 8),
            Map.entry(LeftOut.EXCLUDED, 3),
            Map.entry(LeftOut.NOTHING_TO_MEASURE, 1),
            Map.entry(LeftOut.LOW_COVERAGE, 1));
    assertThat(answer.before()).isEqualTo(24);
    assertThat(answer.after()).isEqualTo(27);
    Effect.Size size = answer.effect().orElseThrow().size();
    assertThat(size.aWeek()).isCloseTo(size.difference() * 8 * 7, within(1e-9));
  }

  @Test
  void beforeTheRegisteredEndThereIsAnEffectAndNoVerdict() {
    List<Unit> units = units(1, at -> at < 28 ? 0.60 : 0.70, 0.03).subList(0, 49);

    Answer answer =
        Evaluation.of(
                COURSE,
                List.of(new Question(Measure.Direction.UP, units, Optional.empty(), 0.9)),
                day(49))
            .get(0);
    assertThat(answer.objections()).containsExactly(new Objection.NotOver(day(63)));
    assertThat(answer.verdict()).isEmpty();
    Effect.Size size = answer.effect().orElseThrow().size();
    assertThat(size.aWeek()).isCloseTo(size.difference() * 8 * 7, within(1e-9));
    assertThat(COURSE.lengthAfter(day(35))).isEqualTo(Duration.ZERO);
    assertThat(COURSE.lengthAfter(day(3))).isEqualTo(Duration.ZERO);
  }

  @Test
  void fewerThanTenUnitsOnASideAreNoComparison() {
    List<Unit> nine = units(1, at -> 0.6, 0.05).subList(0, 44);

    Answer answer = ask(nine, Measure.Direction.UP);
    assertThat(answer.objections()).containsExactly(new Objection.TooFew(28, 9, 10));
    assertThat(answer.effect()).isEmpty();
    assertThat(answer.verdict()).isEmpty();
    assertThat(ask(units(1, at -> 0.6, 0.05).subList(0, 45), Measure.Direction.UP).verdict())
        .isPresent();
  }

  @Test
  void unitsThatFollowCloselyFromTheOneBeforeAreRawSamples() {
    List<Unit> units = new ArrayList<>();
    for (int i = 0; i < 63; i++) {
      units.add(unit(i, 8 * (0.5 + 0.1 * Math.sin(i / 5.0)), 8, 1));
    }

    Answer answer = ask(units, Measure.Direction.UP);
    assertThat(answer.verdict()).isEmpty();
    assertThat(answer.effect()).isEmpty();
    assertThat(answer.objections())
        .hasSize(2)
        .allSatisfy(
            each ->
                assertThat(each)
                    .isInstanceOfSatisfying(
                        Objection.Dependent.class,
                        dependent -> {
                          assertThat(dependent.units()).isEqualTo(28);
                          assertThat(dependent.effective()).isLessThan(7);
                          assertThat(dependent.correlation()).isGreaterThan(0.6);
                        }));
  }

  @Test
  void anotherWayOfMeasuringIsNoEffect() {
    List<Unit> units = new ArrayList<>(units(1, at -> at < 28 ? 0.60 : 0.70, 0.03));
    Unit last = units.get(62);
    units.set(
        62,
        new Unit(last.span(), last.numerator(), 8, 1, Map.of("tcr", "28s", "micro-stop", "1m")));

    Answer answer = ask(units, Measure.Direction.UP);
    assertThat(answer.objections())
        .containsExactly(new Objection.OtherConditions(new TreeSet<>(List.of("tcr"))));
    assertThat(answer.verdict()).isEmpty();
    assertThat(answer.effect()).as("is shown, without a verdict").isPresent();
    assertThat(compare(units(1, at -> 0.6, 0.03), units).objections())
        .containsExactly(new Objection.OtherConditions(new TreeSet<>(List.of("control.tcr"))));
  }

  @Test
  void observingMoreThanBeforeIsNoEffect() {
    List<Unit> units = new ArrayList<>();
    for (Unit each : units(1, at -> 0.6, 0.03)) {
      boolean early = each.span().start().isBefore(day(28));
      units.add(new Unit(each.span(), each.numerator(), 8, early ? 0.92 : 0.98, SAME));
    }

    Answer answer = ask(units, Measure.Direction.UP);
    assertThat(answer.objections())
        .hasSize(1)
        .allSatisfy(
            each ->
                assertThat(each)
                    .isInstanceOfSatisfying(
                        Objection.OtherCoverage.class,
                        coverage -> {
                          assertThat(coverage.before()).isCloseTo(0.92, within(1e-9));
                          assertThat(coverage.after()).isCloseTo(0.98, within(1e-9));
                        }));
    assertThat(answer.verdict()).isEmpty();
  }

  @Test
  void theMoreIsAskedOfOneActionTheStrongerAnAnswerMustBe() {
    Question question =
        new Question(
            Measure.Direction.UP,
            units(12, at -> at < 28 ? 0.60 : 0.66, 0.1),
            Optional.empty(),
            0.9);
    double alone = chance(List.of(question), 0);
    Question few =
        new Question(
            Measure.Direction.UP, units(1, at -> 0.6, 0.1).subList(0, 40), Optional.empty(), 0.9);

    assertThat(alone).isLessThan(0.5);
    assertThat(chance(List.of(question, question, question), 2))
        .isCloseTo(3 * alone, within(1e-12));
    assertThat(chance(List.of(few, question), 1)).as("what is not answered").isEqualTo(alone);
  }

  private static double chance(List<Question> questions, int index) {
    Answer answer = Evaluation.of(COURSE, questions, NOW).get(index);
    return answer.effect().orElseThrow().certainty().pValue();
  }

  /** Shifts of unequal length, each following a little from the one before, and nothing done. */
  @Test
  void atFakeDatesAboutOneInTwentyAlarms() {
    long seed = Long.getLong("seed", 7);
    Random random = new Random(seed);
    int alarms = 0;
    int rounds = 400;
    for (int round = 0; round < rounds; round++) {
      Answer answer = ask(following(random, 0), Measure.Direction.UP);
      alarms += isSure(answer) ? 1 : 0;
    }
    assertThat(alarms / (double) rounds).as("seed " + seed).isBetween(0.015, 0.1);
  }

  @Test
  void theSmallestVisibleChangeIsSeenInAboutFourOfFiveCases() {
    long seed = Long.getLong("seed", 7);
    Random random = new Random(seed);
    int seen = 0;
    int rounds = 300;
    double visible =
        (1.96 + 0.84) * SPREAD * Math.sqrt(2 / 28.0 * (1 + FOLLOWING) / (1 - FOLLOWING));
    for (int round = 0; round < rounds; round++) {
      Answer answer = ask(following(random, visible), Measure.Direction.UP);
      seen += answer.verdict().equals(Optional.of(Verdict.DEMONSTRATED)) ? 1 : 0;
    }
    assertThat(seen / (double) rounds).as("seed " + seed).isBetween(0.65, 0.9);
  }

  private static final double FOLLOWING = 0.2;
  private static final double SPREAD = 0.08;

  private static boolean isSure(Answer answer) {
    return answer
        .verdict()
        .filter(each -> each == Verdict.DEMONSTRATED || each == Verdict.DEGRADATION)
        .isPresent();
  }

  private static List<Unit> following(Random random, double change) {
    List<Unit> units = new ArrayList<>();
    double level = random.nextGaussian();
    for (int i = 0; i < 63; i++) {
      level = FOLLOWING * level + Math.sqrt(1 - FOLLOWING * FOLLOWING) * random.nextGaussian();
      double hours = i % 7 == 0 ? 4 : 8;
      units.add(unit(i, hours * (0.6 + SPREAD * level + (i < 28 ? 0 : change)), hours, 1));
    }
    return units;
  }

  private static List<Unit> units(long seed, IntToDoubleFunction level, double spread) {
    Random random = new Random(seed);
    List<Unit> units = new ArrayList<>();
    for (int i = 0; i < 63; i++) {
      units.add(unit(i, 8 * (level.applyAsDouble(i) + spread * random.nextGaussian()), 8, 1));
    }
    return units;
  }

  private static Unit unit(int day, double numerator, double denominator, double coverage) {
    Span shift = new Span(day(day), day(day).plus(Duration.ofHours(8)));
    return new Unit(shift, numerator, denominator, coverage, SAME);
  }

  private static Answer ask(List<Unit> units, Measure.Direction wanted) {
    return Evaluation.of(COURSE, List.of(new Question(wanted, units, Optional.empty(), 0.9)), NOW)
        .get(0);
  }

  private static Answer compare(List<Unit> units, List<Unit> control) {
    Question question = new Question(Measure.Direction.UP, units, Optional.of(control), 0.9);
    return Evaluation.of(COURSE, List.of(question), NOW).get(0);
  }

  private static Instant day(int number) {
    return START.plus(DAY.multipliedBy(number));
  }

  private static Span days(int from, int to) {
    return new Span(day(from), day(to));
  }
}
