package fr.vigie.production;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeTreeTest {
  private static final Tcr MINUTE = Tcr.of(Duration.ofMinutes(1));

  private static TimeTree shift(int running, int stops, int unobserved, Output output) {
    Duration required = Duration.ofMinutes(running + stops + unobserved);
    return new TimeTree(
        required,
        required,
        new TimeTree.Required(
            Duration.ofMinutes(running),
            Duration.ZERO,
            Duration.ofMinutes(stops),
            Duration.ofMinutes(unobserved)),
        output);
  }

  private static Output made(long parts, long good) {
    return Output.of(List.of(new Output.Product(parts, Rejects.scrap(parts - good), MINUTE)));
  }

  @Test
  void nothingRequiredIsEmptyAndNotZero() {
    TimeTree tree = TimeTree.NOTHING;

    assertThat(tree.trs().ratio()).isEmpty();
    assertThat(tree.availability().ratio()).isEmpty();
    assertThat(tree.coverage().ratio()).isEmpty();
    assertThat(tree.refusal(0.9)).hasValue(Refusal.NOTHING_REQUIRED);
  }

  @Test
  void rateOutOfBoundsNeverComesWithoutADoubt() {
    assertThat(shift(100, 20, 0, made(100, 90)).doubts()).isEmpty();
    assertThat(shift(100, 20, 0, made(0, 0)).doubts()).isEmpty();
    assertThat(shift(100, 20, 0, made(101, 90)).doubts())
        .containsExactly(Remark.REFERENCE_TOO_LONG);
    assertThat(shift(100, 20, 0, made(3, -1)).doubts())
        .containsExactly(Remark.REJECTS_ABOVE_PRODUCTION);
    assertThat(shift(100, 20, 0, made(-5, -5)).doubts()).containsExactly(Remark.NEGATIVE_COUNT);
    assertThat(shift(100, 20, 0, made(5, 9)).doubts()).containsExactly(Remark.NEGATIVE_COUNT);
    Output slowPartsScrapped =
        Output.of(
            List.of(
                new Output.Product(1, Rejects.scrap(2), Tcr.of(Duration.ofMinutes(20))),
                new Output.Product(10, Rejects.NONE, MINUTE)));
    TimeTree mixed = shift(100, 20, 0, slowPartsScrapped);
    assertThat(mixed.trs().ratio().orElseThrow()).isNegative();
    assertThat(mixed.doubts()).containsExactly(Remark.REJECTS_ABOVE_PRODUCTION);
  }

  @Test
  void withoutPartsQualityIsEmptyAndTrsZero() {
    TimeTree tree = shift(400, 80, 0, made(0, 0));

    assertThat(tree.quality().ratio()).isEmpty();
    assertThat(tree.performance().ratio()).hasValue(0);
    assertThat(tree.trs().ratio()).hasValue(0);
    assertThat(tree.refusal(0.9)).isEmpty();
  }

  @Test
  void withoutReferenceCycleAvailabilityAndQualityStand() {
    TimeTree tree = shift(360, 120, 0, Output.untimed(200, Rejects.scrap(10)));

    assertThat(tree.availability().ratio()).hasValue(0.75);
    assertThat(tree.quality().ratio()).hasValue(0.95);
    assertThat(tree.performance().ratio()).isEmpty();
    assertThat(tree.trs().ratio()).isEmpty();
    assertThat(tree.tN()).isEmpty();
    assertThat(tree.speedLoss()).isEmpty();
    assertThat(tree.refusal(0.9)).hasValue(Refusal.NO_REFERENCE_CYCLE);
  }

  @Test
  void withoutCountedPartsOnlyAvailabilityStands() {
    TimeTree tree = shift(360, 120, 0, Output.UNCOUNTED);

    assertThat(tree.availability().ratio()).hasValue(0.75);
    assertThat(tree.quality().ratio()).isEmpty();
    assertThat(tree.trs().ratio()).isEmpty();
    assertThat(tree.refusal(0.9)).hasValue(Refusal.PARTS_NOT_COUNTED);
  }

  @Test
  void performanceAboveTheReferenceIsKeptAndFlagged() {
    TimeTree tree = shift(300, 180, 0, made(330, 330));

    assertThat(tree.performance().ratio()).hasValue(1.1);
    assertThat(tree.performance().isOverReference()).isTrue();
    assertThat(tree.isReferenceTooLong()).isTrue();
    assertThat(tree.speedLoss()).hasValue(Duration.ofMinutes(-30));
    assertThat(tree.trs().ratio()).hasValue(0.6875);
  }

  @Test
  void lowCoverageRefusesTheTrsAndStillTellsIt() {
    TimeTree tree = shift(400, 20, 60, made(300, 300));

    assertThat(tree.coverage().ratio()).hasValue(0.875);
    assertThat(tree.refusal(0.9)).hasValue(Refusal.LOW_COVERAGE);
    assertThat(tree.refusal(0.875)).isEmpty();
    assertThat(tree.trs().ratio()).hasValue(0.625);
    assertThat(tree.tF()).isEqualTo(Duration.ofMinutes(400));
  }

  @Test
  void severalProductsCountEachAtItsOwnCycle() {
    Output output =
        Output.of(
            List.of(
                new Output.Product(100, Rejects.scrap(10), MINUTE),
                new Output.Product(20, Rejects.NONE, Tcr.of(Duration.ofMinutes(10)))));
    TimeTree tree = shift(400, 80, 0, output);

    assertThat(tree.tN()).hasValue(Duration.ofMinutes(300));
    assertThat(tree.tU()).hasValue(Duration.ofMinutes(290));
    assertThat(tree.quality().ratio()).hasValue(290 / 300.0);
  }

  @Test
  void twoShiftsAddTheirTimesAndNotTheirRates() {
    TimeTree good = shift(480, 0, 0, made(480, 480));
    TimeTree bad = shift(0, 240, 0, made(0, 0));

    TimeTree both = good.plus(bad);

    assertThat(both.trs().ratio()).hasValue(480 / 720.0);
    assertThat(both.trs()).isEqualTo(good.trs().plus(bad.trs()));
    assertThat(both.availability()).isEqualTo(good.availability().plus(bad.availability()));
    assertThat(TimeTree.NOTHING.plus(good)).isEqualTo(good);
  }

  @Test
  void aSumWithoutOneReferenceCycleHasNoTrs() {
    TimeTree sum =
        shift(480, 0, 0, made(480, 480)).plus(shift(480, 0, 0, Output.untimed(9, Rejects.NONE)));

    assertThat(sum.trs().ratio()).isEmpty();
    assertThat(sum.quality().ratio()).hasValue(1);
    assertThat(sum.refusal(0.9)).hasValue(Refusal.NO_REFERENCE_CYCLE);
  }

  @Test
  void moreScrapThanPartsIsKeptBelowZero() {
    TimeTree tree = shift(480, 0, 0, made(10, -2));

    assertThat(tree.quality().ratio()).hasValue(-0.2);
    assertThat(tree.trs().ratio().orElseThrow()).isNegative();
  }

  @Test
  void ratesOfTimeAndOfPartsDoNotAdd() {
    Rate time = Rate.of(Duration.ofHours(1), Duration.ofHours(2));

    assertThatThrownBy(() -> time.plus(Rate.ofParts(1, 2)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(time.plus(Rate.UNKNOWN)).isEqualTo(Rate.UNKNOWN);
    assertThat(Rate.UNKNOWN.ratio()).isEmpty();
    assertThat(Rate.UNKNOWN.isOverReference()).isFalse();
  }

  @Test
  void aReferenceCycleOfNothingIsRefused() {
    assertThatThrownBy(() -> Tcr.of(Duration.ZERO)).hasMessageContaining("PT0S");
    assertThatThrownBy(() -> Tcr.perHour(0)).hasMessageContaining("0 in PT1H");
    assertThatThrownBy(() -> Tcr.of(Duration.ofDays(100))).hasMessageContaining("PT2400H");
  }
}
