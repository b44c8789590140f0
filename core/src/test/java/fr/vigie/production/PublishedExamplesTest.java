package fr.vigie.production;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Worked examples that others published; each test says where. */
class PublishedExamplesTest {
  private static final Offset<Double> EXACT = within(1e-12);

  private static TimeTree tree(double opening, double required, double operating, Output output) {
    return new TimeTree(
        Duration.ofHours(24),
        minutes(opening),
        new TimeTree.Required(
            minutes(operating), Duration.ZERO, minutes(required - operating), Duration.ZERO),
        output);
  }

  private static Duration minutes(double minutes) {
    return Duration.ofMillis(Math.round(minutes * 60_000));
  }

  private static Output made(long parts, long bad, Tcr tcr) {
    return Output.of(List.of(new Output.Product(parts, Rejects.scrap(bad), tcr)));
  }

  /** TPM-TD, ISTA Oran, exercise 1. */
  @Test
  void istaExercise() {
    TimeTree tree = tree(480, 460, 375, made(50, 5, Tcr.of(Duration.ofMinutes(5))));

    assertThat(tree.tR()).isEqualTo(Duration.ofMinutes(460));
    assertThat(tree.tF()).isEqualTo(Duration.ofMinutes(375));
    assertThat(tree.tN()).hasValue(Duration.ofMinutes(250));
    assertThat(tree.tU()).hasValue(Duration.ofMinutes(225));
    assertThat(tree.availability().ratio()).hasValueCloseTo(0.8152173913043478, EXACT);
    assertThat(tree.performance().ratio()).hasValueCloseTo(0.6666666666666666, EXACT);
    assertThat(tree.quality().ratio()).hasValueCloseTo(0.9, EXACT);
    assertThat(tree.trs().ratio()).hasValueCloseTo(0.4891304347826087, EXACT);
    assertThat(tree.trg().ratio()).hasValueCloseTo(0.46875, EXACT);
    assertThat(tree.tre().ratio()).hasValueCloseTo(0.15625, EXACT);
    assertThat(tree.nonQuality()).hasValue(Duration.ofMinutes(25));
    assertThat(tree.speedLoss()).hasValue(Duration.ofMinutes(125));
  }

  /** ENIM 2023: 70 h required, 555 good parts, 0.0612 h a part. */
  @Test
  void enimWeek() {
    Tcr tcr = Tcr.of(Duration.ofMillis(220_320));
    TimeTree tree = tree(70 * 60, 70 * 60, 70 * 60, made(555, 0, tcr));

    assertThat(tree.trs().ratio()).hasValueCloseTo(0.48522857142857145, EXACT);
    assertThat(Duration.ofHours(1).toNanos() / (double) tcr.forParts(1).toNanos())
        .isCloseTo(16.339869281045754, EXACT);
  }

  /** infoqualite.fr: 20 000 parts at 3 000 an hour, 300 bad, 24 h. */
  @Test
  void infoqualiteDay() {
    TimeTree tree = tree(24 * 60, 24 * 60, 24 * 60, made(20_000, 300, Tcr.perHour(3_000)));

    assertThat(hours(tree.tN().orElseThrow())).isCloseTo(6.666666666666667, EXACT);
    assertThat(hours(tree.tU().orElseThrow())).isCloseTo(6.566666666666666, EXACT);
    assertThat(tree.quality().ratio()).hasValueCloseTo(0.985, EXACT);
    assertThat(tree.tre().ratio()).hasValueCloseTo(0.2736111111111111, EXACT);
  }

  /** Vorne's OEE worksheet, with its own convention: breakdowns taken off the planned time. */
  @Test
  void vorneWorksheet() {
    Tcr ideal = new Tcr(Duration.ofMinutes(1_000), 1_041);
    TimeTree tree = tree(3_240, 2_780, 1_820, made(1_626, 8, ideal));

    assertThat(tree.availability().ratio()).hasValueCloseTo(0.6546762589928058, EXACT);
    assertThat(tree.performance().ratio()).hasValueCloseTo(0.8582195902080629, EXACT);
    assertThat(tree.quality().ratio()).hasValueCloseTo(0.995079950799508, EXACT);
    assertThat(tree.trs().ratio()).hasValueCloseTo(0.5590916315938604, EXACT);
  }

  /** waycalculator.com. */
  @Test
  void wayCalculatorShift() {
    TimeTree tree = tree(480, 480, 420, made(400, 20, Tcr.of(Duration.ofMinutes(1))));

    assertThat(tree.availability().ratio()).hasValueCloseTo(0.875, EXACT);
    assertThat(tree.performance().ratio()).hasValueCloseTo(0.9523809523809523, EXACT);
    assertThat(tree.quality().ratio()).hasValueCloseTo(0.95, EXACT);
    assertThat(tree.trs().ratio()).hasValueCloseTo(0.7916666666666666, EXACT);
  }

  /** SMRP Best Practices: scheduled downtime counts there, and is not required in NF E60-182. */
  @Test
  void smrpMachineInBothConventions() {
    double open = 16 * 60;
    double up = 12.26 * 60;

    TimeTree smrp = tree(open, open, up, Output.UNCOUNTED);
    TimeTree norm = tree(open, open - 1.66 * 60, up, Output.UNCOUNTED);

    assertThat(smrp.availability().ratio()).hasValueCloseTo(0.76625, EXACT);
    assertThat(norm.availability().ratio()).hasValueCloseTo(0.8549511854951185, EXACT);
  }

  private static double hours(Duration time) {
    return time.toNanos() / 3.6e12;
  }
}
