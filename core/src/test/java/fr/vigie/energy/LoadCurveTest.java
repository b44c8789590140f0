package fr.vigie.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fr.vigie.column.Column;
import fr.vigie.production.MachineState;
import fr.vigie.production.Period;
import fr.vigie.production.Timeline;
import fr.vigie.signal.Quality;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LoadCurveTest {
  private static final Instant START = Instant.parse("2026-11-23T05:00:00Z");
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
  private static final MeterRule.Counter COUNTER = counter(OptionalDouble.empty());
  private static final MeterRule.Power WATTS =
      new MeterRule.Power(0.001, 10_000, Duration.ofMinutes(15));

  private final Column.Builder samples = Column.numbers();

  @Test
  void aCounterTellsWhatWasUsedBetweenTwoReadings() {
    read(0, 100).read(60, 110).read(120, 130);

    LoadCurve curve = curve(COUNTER);

    assertThat(curve.within(minutes(0, 120)).kilowattHours()).isEqualTo(30);
    Energy part = curve.within(minutes(30, 120));
    assertThat(part.kilowattHours()).isCloseTo(25, within(1e-9));
    assertThat(part.shared()).isCloseTo(5, within(1e-9));
    assertThat(part.kilowatts()).hasValueCloseTo(25 / 1.5, within(1e-9));
  }

  @Test
  void beforeTheFirstReadingAndAfterTheLastNothingIsKnown() {
    read(0, 100).read(60, 110);

    Energy wide = curve(COUNTER).within(minutes(-60, 120));

    assertThat(wide.kilowattHours()).isEqualTo(10);
    assertThat(wide.known()).isEqualTo(Duration.ofHours(1));
    assertThat(wide.asked()).isEqualTo(Duration.ofHours(3));
    assertThat(wide.coverage()).hasValueCloseTo(1 / 3.0, within(1e-12));
    assertThat(curve(COUNTER).within(minutes(200, 300)).kilowatts()).isEmpty();
    assertThat(curve(COUNTER).within(minutes(200, 200)).coverage()).isEmpty();
  }

  @Test
  void theStepsOfACoarseMeterAreSpreadOverTheTimeInWhichTheyGrew() {
    for (int minute = 0; minute <= 240; minute++) {
      read(minute, 5_000 + minute / 40);
    }

    LoadCurve curve = curve(COUNTER);

    Windows quarters = curve.windows(minutes(0, 240), Duration.ofMinutes(15));
    assertThat(quarters.known()).hasSize(16);
    assertThat(quarters.known()).allSatisfy(it -> assertThat(it.kilowatts()).isEqualTo(1.5));
  }

  @Test
  void aLargeStepAfterAStandstillBelongsToItsOwnInterval() {
    for (int minute = 0; minute <= 60; minute++) {
      read(minute, 100 + minute * 0.01);
    }
    for (int minute = 61; minute <= 119; minute++) {
      read(minute, 100.6);
    }
    read(120, 103.6);

    LoadCurve curve = curve(COUNTER);

    assertThat(curve.within(minutes(60, 119)).kilowattHours()).isZero();
    assertThat(curve.within(minutes(119, 120)).kilowattHours()).isCloseTo(3, within(1e-9));
  }

  @Test
  void whatACounterCountedDuringASilenceIsASumAndNeverSharedOut() {
    read(0, 100).read(10, 101).read(100, 110).read(110, 111);

    LoadCurve curve = curve(COUNTER);

    assertThat(curve.within(minutes(0, 110)).kilowattHours()).isEqualTo(11);
    assertThat(curve.within(minutes(0, 60)).kilowattHours()).isEqualTo(1);
    assertThat(curve.within(minutes(0, 60)).known()).isEqualTo(Duration.ofMinutes(10));
    assertThat(curve.gaps())
        .containsExactly(new Gap(minutes(10, 100), Gap.Reason.SILENCE, OptionalDouble.of(9)));
  }

  @Test
  void aDeclaredLossMakesAGapHoweverShort() {
    read(0, 100).read(10, 101).read(20, 102);

    LoadCurve counter = LoadCurve.of(COUNTER, samples.build(), List.of(minutes(12, 13)), at(20));
    assertThat(counter.gaps())
        .containsExactly(new Gap(minutes(10, 20), Gap.Reason.DECLARED, OptionalDouble.of(1)));
    LoadCurve power = LoadCurve.of(WATTS, samples.build(), List.of(minutes(12, 13)), at(20));
    assertThat(power.gaps())
        .containsExactly(new Gap(minutes(12, 13), Gap.Reason.DECLARED, OptionalDouble.empty()));
    assertThat(power.within(minutes(0, 20)).known()).isEqualTo(Duration.ofMinutes(19));
  }

  @Test
  void aCounterThatStoodStillDuringASilenceUsedNothing() {
    read(0, 100).read(10, 101).read(100, 101).read(110, 102);

    LoadCurve curve = curve(COUNTER);

    assertThat(curve.gaps()).isEmpty();
    assertThat(curve.within(minutes(0, 110)).known()).isEqualTo(Duration.ofMinutes(110));
  }

  @Test
  void aCounterThatBeginsAnewTellsNothingOfTheTimeBetween() {
    read(0, 100).read(10, 101).read(20, 0).read(30, 1).read(40, 2);

    LoadCurve curve = curve(COUNTER);

    assertThat(curve.gaps())
        .containsExactly(new Gap(minutes(10, 20), Gap.Reason.RESET, OptionalDouble.empty()));
    Energy all = curve.within(minutes(0, 40));
    assertThat(all.kilowattHours()).isEqualTo(3);
    assertThat(all.known()).isEqualTo(Duration.ofMinutes(30));
  }

  @Test
  void aReadingGoneWrongIsSetAside() {
    read(0, 100).read(10, 101).read(20, 0).read(30, 103).read(40, 9e9).read(50, 104);

    LoadCurve curve = curve(COUNTER);

    assertThat(curve.gaps()).isEmpty();
    assertThat(curve.within(minutes(0, 50)).kilowattHours()).isEqualTo(4);
  }

  /** Beyond what a float holds, its resolution is no number. */
  @Test
  void aReadingBeyondAllMeasureDoesNotTakeBackWhatWasCounted() {
    read(0, 100).read(60, 110).read(61, 1e300).read(62, 3).read(120, 13);

    LoadCurve curve = curve(COUNTER);

    assertThat(curve.within(minutes(0, 120)).kilowattHours()).isEqualTo(20);
    assertThat(curve.gaps()).extracting(Gap::reason).containsExactly(Gap.Reason.RESET);
  }

  @Test
  void powerThatNoMachineDrawsIsAGap() {
    read(0, 2_000).read(6, 1e200).read(12, -1e12).read(18, -1_000).read(24, 0);

    LoadCurve curve = curve(WATTS);

    Energy energy = curve.within(minutes(0, 24));
    assertThat(energy.kilowattHours()).isCloseTo(0.2 - 0.1, within(1e-9));
    assertThat(energy.known()).isEqualTo(Duration.ofMinutes(12));
    assertThat(curve.gaps())
        .extracting(Gap::reason)
        .containsExactly(Gap.Reason.IMPOSSIBLE, Gap.Reason.IMPOSSIBLE);
  }

  @Test
  void energyThatNoMachineUsesInAnIntervalIsAGap() {
    MeterRule rule =
        new MeterRule.Intervals(
            1, 36, Duration.ofMinutes(10), MeterRule.Stamp.START, Optional.empty());
    read(0, 6).read(10, 6.5).read(20, -6.5).read(30, -1);

    LoadCurve curve = curve(rule);

    assertThat(curve.within(minutes(0, 40)).kilowattHours()).isEqualTo(5);
    assertThat(curve.gaps())
        .extracting(Gap::reason)
        .containsExactly(Gap.Reason.IMPOSSIBLE, Gap.Reason.IMPOSSIBLE);
  }

  @Test
  void aMeterReplacedByOneThatCountedMoreIsAReset() {
    read(0, 100).read(10, 101).read(20, 5_000_000).read(30, 5_000_001);

    LoadCurve curve = curve(COUNTER);

    assertThat(curve.gaps()).extracting(Gap::reason).containsExactly(Gap.Reason.RESET);
    assertThat(curve.within(minutes(0, 30)).kilowattHours()).isEqualTo(2);
  }

  @Test
  void aCounterThatRollsOverGoesOn() {
    read(0, 999_998).read(10, 999_999).read(20, 1).read(30, 2);

    LoadCurve curve = curve(counter(OptionalDouble.of(1_000_000)));

    assertThat(curve.gaps()).isEmpty();
    assertThat(curve.within(minutes(0, 30)).kilowattHours()).isEqualTo(4);
  }

  @Test
  void aFloatThatFallsByItsOwnResolutionIsNoReset() {
    float old = 20_000.002f;
    read(0, 20_000).read(10, old).read(20, old - Math.ulp(old)).read(30, 20_000.01f);

    LoadCurve curve = curve(COUNTER);

    assertThat(curve.gaps()).isEmpty();
    assertThat(curve.within(minutes(0, 30)).kilowattHours())
        .isCloseTo(20_000.01f - 20_000, within(1e-9));
  }

  @Test
  void powerHoldsUntilTheNextSampleAndNoLongerThanItMay() {
    read(0, 6_000).read(10, 3_000).read(100, 1_000);
    samples.addMissing(Nanos.of(at(105)));
    read(110, -2_000);

    LoadCurve curve = LoadCurve.of(WATTS, samples.build(), List.of(), at(120));

    assertThat(curve.within(minutes(0, 10)).kilowattHours()).isCloseTo(1, within(1e-9));
    assertThat(curve.within(minutes(110, 120)).kilowattHours()).isCloseTo(-1 / 3.0, within(1e-9));
    assertThat(curve.gaps())
        .containsExactly(
            new Gap(minutes(10, 100), Gap.Reason.SILENCE, OptionalDouble.empty()),
            new Gap(minutes(105, 110), Gap.Reason.MISSING, OptionalDouble.empty()));
    assertThat(curve.within(minutes(0, 120)).known()).isEqualTo(Duration.ofMinutes(25));
  }

  @Test
  void aSumThatNoStateCanHaveIsSaidToBelongToNone() {
    read(0, 100).read(10, 101).read(100, 110).read(110, 111);
    Timeline timeline =
        Timeline.of(
            List.of(
                new Period(minutes(0, 50), MachineState.RUNNING),
                new Period(minutes(50, 110), MachineState.IDLE)));

    EnergyUse use = EnergyUse.of(curve(COUNTER), timeline, Optional.empty());

    assertThat(use.total().kilowattHours()).isEqualTo(11);
    assertThat(use.idle().kilowattHours()).isEqualTo(1);
    assertThat(use.ofNoState().kilowattHours()).isEqualTo(9);
    assertThat(use.ofNoState().known()).isEqualTo(Duration.ofMinutes(90));
  }

  @Test
  void windowsOfWhichNotAllIsKnownAreCountedAndNotShown() {
    read(3, 100).read(15, 101).read(30, 102).read(45, 103);

    Windows windows = curve(COUNTER).windows(minutes(0, 60), Duration.ofMinutes(15));

    assertThat(windows.asked()).isEqualTo(4);
    assertThat(windows.known()).extracting(Windows.Window::kilowatts).containsExactly(4.0, 4.0);
    assertThat(new Windows(Duration.ofMinutes(15), List.of(), 4).peak()).isEmpty();
  }

  @Test
  void twoValuesForOneTimeAreNotAddedUp() {
    MeterRule.Intervals rule =
        new MeterRule.Intervals(
            1, 10_000, Duration.ofMinutes(10), MeterRule.Stamp.START, Optional.empty());
    read(0, 1).read(10, 2).read(15, 9).read(20, 3).read(40, 4);
    samples.addMissing(Nanos.of(at(50)));

    LoadCurve curve = curve(rule);

    assertThat(curve.within(minutes(0, 60)).kilowattHours()).isEqualTo(10);
    assertThat(curve.gaps())
        .containsExactly(
            new Gap(minutes(15, 25), Gap.Reason.TWICE, OptionalDouble.of(9)),
            new Gap(minutes(30, 40), Gap.Reason.SILENCE, OptionalDouble.empty()),
            new Gap(minutes(50, 60), Gap.Reason.MISSING, OptionalDouble.empty()));
  }

  @Test
  void aDayOfTwentyFiveHoursEndsAtItsOwnMidnight() {
    MeterRule.Intervals rule =
        new MeterRule.Intervals(
            1, 10_000, Duration.ofHours(1), MeterRule.Stamp.END, Optional.of(PARIS));
    Instant midnight = Instant.parse("2026-10-24T22:00:00Z");
    for (int hour = 1; hour <= 24; hour++) {
      samples.add(Nanos.of(midnight.plus(Duration.ofHours(hour))), 1, Quality.GOOD);
    }
    samples.add(Nanos.of(midnight), 7, Quality.GOOD);

    LoadCurve curve = curve(rule);

    assertThat(curve.gaps()).isEmpty();
    Span last = new Span(midnight.plus(Duration.ofHours(24)), midnight.plus(Duration.ofHours(25)));
    assertThat(curve.within(last).kilowattHours()).isEqualTo(7);
  }

  @Test
  void theOrderOfSamplesAndTheCutsOfSpansChangeNothing() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      List<double[]> readings = new ArrayList<>();
      double value = 0;
      int minute = 0;
      for (int i = 0; i < 200; i++) {
        readings.add(new double[] {minute, value});
        minute += 1 + (random.nextInt(20) == 0 ? 30 + random.nextInt(90) : random.nextInt(5));
        value = random.nextInt(50) == 0 ? 0 : value + random.nextInt(3);
      }
      Span all = minutes(-10, minute);
      for (MeterRule rule : List.of(COUNTER, WATTS)) {
        LoadCurve ordered = curve(readings, rule, minute);
        List<double[]> shuffled = new ArrayList<>(readings);
        Collections.shuffle(shuffled, random);
        LoadCurve other = curve(shuffled, rule, minute);
        assertThat(other.within(all)).as("seed %d", seed).isEqualTo(ordered.within(all));
        assertThat(other.gaps()).as("seed %d", seed).isEqualTo(ordered.gaps());
        int cut = random.nextInt(minute);
        Energy parts = ordered.within(List.of(minutes(-10, cut), minutes(cut, minute)));
        Energy whole = ordered.within(all);
        boolean inside =
            ordered.gaps().stream()
                .anyMatch(
                    gap ->
                        gap.kilowattHours().isPresent()
                            && gap.span().start().isBefore(at(cut))
                            && gap.span().end().isAfter(at(cut)));
        if (!inside) {
          assertThat(parts.kilowattHours())
              .as("seed %d", seed)
              .isCloseTo(whole.kilowattHours(), within(1e-6));
          assertThat(parts.known()).as("seed %d", seed).isEqualTo(whole.known());
        } else {
          assertThat(parts.known()).as("seed %d", seed).isLessThan(whole.known());
        }
      }
    }
  }

  @Test
  void nightsWeekendsAndDaysOffAreToldApart() {
    Instant monday = Instant.parse("2026-11-22T23:00:00Z");
    List<Span> open = new ArrayList<>();
    for (int day : new int[] {0, 1, 3, 4}) {
      Instant six = monday.plus(Duration.ofHours(24 * day + 6));
      open.add(new Span(six, six.plus(Duration.ofHours(10))));
    }
    Span week = new Span(monday, monday.plus(Duration.ofDays(7)));

    Map<Closed, List<Span>> closed = Closed.within(week, open, PARIS);

    assertThat(length(closed.get(Closed.NIGHT))).isEqualTo(Duration.ofHours(4 * 14));
    assertThat(length(closed.get(Closed.DAY_OFF))).isEqualTo(Duration.ofHours(24));
    assertThat(length(closed.get(Closed.WEEKEND))).isEqualTo(Duration.ofHours(48));
  }

  @Test
  void openingHoursThatOverlapOrCrossMidnightAreOpenOnce() {
    Instant monday = Instant.parse("2026-11-22T23:00:00Z");
    List<Span> open =
        List.of(
            new Span(monday.plus(Duration.ofHours(20)), monday.plus(Duration.ofHours(30))),
            new Span(monday.plus(Duration.ofHours(10)), monday.plus(Duration.ofHours(21))));

    Map<Closed, List<Span>> closed =
        Closed.within(new Span(monday, monday.plus(Duration.ofHours(48))), open, PARIS);

    assertThat(closed.get(Closed.NIGHT))
        .containsExactly(
            new Span(monday, monday.plus(Duration.ofHours(10))),
            new Span(monday.plus(Duration.ofHours(30)), monday.plus(Duration.ofHours(48))));
  }

  @Test
  void energyPerGoodPartNeedsAGoodPart() {
    Energy ten = new Energy(10, 0, Duration.ofHours(1), Duration.ofHours(1));

    assertThat(new PerPart(ten, 4).kilowattHours()).hasValue(2.5);
    assertThat(new PerPart(ten, 0).kilowattHours()).isEmpty();
    assertThat(new PerPart(ten, 4).plus(new PerPart(ten, 1)).kilowattHours()).hasValue(4);
  }

  @Test
  void rulesThatCannotBeAreRefused() {
    assertThatThrownBy(() -> new MeterRule.Power(0, 1, Duration.ofMinutes(1)))
        .hasMessageContaining("above zero");
    assertThatThrownBy(() -> new MeterRule.Power(1, 1, Duration.ZERO))
        .hasMessageContaining("above zero");
    assertThatThrownBy(() -> LoadCurve.of(WATTS, texts(), List.of(), START))
        .hasMessageContaining("texts");
  }

  private static Column texts() {
    return Column.texts().add(Nanos.of(START), "READY", Quality.GOOD).build();
  }

  private static Duration length(List<Span> spans) {
    return spans.stream().map(Span::length).reduce(Duration.ZERO, Duration::plus);
  }

  private LoadCurveTest read(int minute, double value) {
    samples.add(Nanos.of(at(minute)), value, Quality.GOOD);
    return this;
  }

  private LoadCurve curve(MeterRule rule) {
    return LoadCurve.of(rule, samples.build(), List.of(), START);
  }

  private static LoadCurve curve(List<double[]> readings, MeterRule rule, int end) {
    Column.Builder column = Column.numbers();
    for (double[] reading : readings) {
      column.add(Nanos.of(at((int) reading[0])), reading[1], Quality.GOOD);
    }
    return LoadCurve.of(rule, column.build(), List.of(), at(end));
  }

  private static MeterRule.Counter counter(OptionalDouble modulus) {
    return new MeterRule.Counter(1, modulus, 1_000, Duration.ofHours(1));
  }

  private static Span minutes(int from, int to) {
    return new Span(at(from), at(to));
  }

  private static Instant at(int minute) {
    return START.plus(Duration.ofMinutes(minute));
  }
}
