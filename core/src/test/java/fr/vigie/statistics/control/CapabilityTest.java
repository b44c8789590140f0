package fr.vigie.statistics.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fr.vigie.statistics.Interval;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class CapabilityTest {
  private static final double USUAL = Interval.USUAL;

  /** What separates σ with d2 of three decimals from that of qcc, and qcc's own four digits. */
  private static final Percentage PRINTED = Percentage.withPercentage(0.05);

  private static final Capability RINGS =
      Capability.of(
          ControlCharts.meansAndRanges(ControlChartsTest.PISTON_RINGS),
          Tolerance.between(73.95, 74.05));

  /** Figures and 95 % intervals printed by R's package qcc, process.capability. */
  @Test
  void theCapabilityOfPistonRingsIsThatOfQcc() {
    assertIndex(RINGS.cp(USUAL), 1.703, 1.491, 1.915);
    assertIndex(RINGS.cpk(USUAL), 1.663, 1.448, 1.878);
    Capability narrow =
        Capability.of(
            ControlCharts.meansAndRanges(ControlChartsTest.PISTON_RINGS),
            Tolerance.between(73.99, 74.01));
    assertIndex(narrow.cp(USUAL), 0.3407, 0.2983, 0.3830);
    assertIndex(narrow.cpk(USUAL), 0.3006, 0.2312, 0.3700);
    assertThat(RINGS.observations()).isEqualTo(125);
    assertThat(RINGS.refusal()).isEmpty();
    assertThat(RINGS.isUncertain()).isFalse();
    assertThat(RINGS.instability()).isEmpty();
  }

  /** Boyles (Journal of Quality Technology, 1991); qcc takes the short-term σ, 1 % away. */
  @Test
  void aTargetBesideTheMeanLowersCpm() {
    double off = RINGS.mean() - 74.02;
    double wanted = 0.1 / (6 * Math.sqrt(RINGS.overall() * RINGS.overall() + off * off));
    Capability aimed =
        Capability.of(
            ControlCharts.meansAndRanges(ControlChartsTest.PISTON_RINGS),
            Tolerance.between(73.95, 74.05).withTarget(74.02));

    Capability.Index cpm = aimed.cpm(USUAL).orElseThrow();
    assertThat(cpm.value()).isCloseTo(wanted, within(1e-12));
    assertThat(cpm.value()).isCloseTo(0.7856, Percentage.withPercentage(1));
    double asymptotic = Math.sqrt((0.5 + ratio(off)) / 125) / (1 + ratio(off));
    assertThat(cpm.interval().high() - cpm.interval().low())
        .isCloseTo(2 * 1.959964 * asymptotic * wanted, Percentage.withPercentage(0.5));
    assertThat(RINGS.cpm(USUAL).orElseThrow().value()).isLessThan(pp(RINGS));
    assertThat(aimed.pp(USUAL)).isEqualTo(RINGS.pp(USUAL));
  }

  private static double ratio(double off) {
    return off * off / (RINGS.overall() * RINGS.overall());
  }

  /** χ² with n − 1 = 124 degrees of freedom: 95.07 and 156.71. */
  @Test
  void theIntervalOfPpIsThatOfAStandardDeviation() {
    Capability.Index pp = RINGS.pp(USUAL).orElseThrow();

    assertThat(pp.interval().low() / pp.value()).isCloseTo(Math.sqrt(95.07 / 124), within(1e-4));
    assertThat(pp.interval().high() / pp.value()).isCloseTo(Math.sqrt(156.71 / 124), within(1e-4));
  }

  @Test
  void aProcessThatMovesAwayIsNotStable() {
    double[] moving = new double[30];
    for (int i = 0; i < moving.length; i++) {
      moving[i] = i % 2 + (i < 15 ? 0 : 6);
    }
    Capability capability =
        Capability.of(ControlCharts.individuals(moving), Tolerance.between(-10, 20));

    assertThat(capability.instability()).containsKey(Rule.NELSON_2);
  }

  @Test
  void whereTheMeanIsOnTargetCpmIsPp() {
    double[] even = new double[30];
    for (int i = 0; i < even.length; i++) {
      even[i] = i % 2 == 0 ? 1 : -1;
    }
    Capability capability =
        Capability.of(ControlCharts.individuals(even), Tolerance.between(-4, 4));

    assertThat(capability.cpm(USUAL).orElseThrow().value())
        .isCloseTo(pp(capability), within(1e-12));
    assertThat(capability.ppk(USUAL).orElseThrow().value())
        .isCloseTo(pp(capability), within(1e-12));
    assertThat(capability.within()).isCloseTo(2 / 1.128, within(1e-12));
    assertThat(capability.overall()).isCloseTo(Math.sqrt(30.0 / 29), within(1e-12));
  }

  private static double pp(Capability capability) {
    return capability.pp(USUAL).orElseThrow().value();
  }

  @Test
  void aToleranceOfOneSideHasOnlyTheDistanceToThatSide() {
    ControlCharts charts = ControlCharts.meansAndRanges(ControlChartsTest.PISTON_RINGS);
    Capability most = Capability.of(charts, Tolerance.atMost(74.05));
    Capability least = Capability.of(charts, Tolerance.atLeast(73.95));

    assertThat(most.cpk(USUAL).orElseThrow().value()).isCloseTo(1.663, PRINTED);
    assertThat(least.cpk(USUAL).orElseThrow().value()).isCloseTo(1.743, PRINTED);
    assertThat(most.cp(USUAL)).isEmpty();
    assertThat(most.pp(USUAL)).isEmpty();
    assertThat(most.cpm(USUAL)).isEmpty();
    assertThat(least.cp(USUAL)).isEmpty();
    assertThat(least.ppk(USUAL)).isPresent();
    assertThat(Capability.of(charts, Tolerance.atMost(74.05).withTarget(74)).cpm(USUAL)).isEmpty();
  }

  @Test
  void fewerThanTwentyFiveObservationsAreRefusedAndFewerThanFiftyToBeTakenWithCare() {
    assertThat(noise(24).refusal()).hasValue(Capability.Refusal.TOO_FEW_OBSERVATIONS);
    assertThat(noise(24).cp(USUAL)).isPresent();
    assertThat(noise(25).refusal()).isEmpty();
    assertThat(noise(49).isUncertain()).isTrue();
    assertThat(noise(50).isUncertain()).isFalse();
  }

  @Test
  void observationsThatAreAllAlikeHaveNoCapability() {
    Capability flat =
        Capability.of(ControlCharts.individuals(new double[30]), Tolerance.between(-1, 1));

    assertThat(flat.refusal()).hasValue(Capability.Refusal.ALL_ALIKE);
    assertThat(flat.cp(USUAL)).isEmpty();
    assertThat(flat.cpk(USUAL)).isEmpty();
    assertThat(flat.pp(USUAL)).isEmpty();
    assertThat(flat.ppk(USUAL)).isEmpty();
    assertThat(flat.cpm(USUAL)).isEmpty();
  }

  @Test
  void aMeanOutsideTheToleranceHasANegativeCpk() {
    Capability off = Capability.of(ControlCharts.individuals(5, 6, 5, 6), Tolerance.between(0, 5));

    assertThat(off.cpk(USUAL).orElseThrow().value()).isCloseTo(-0.5 * 1.128 / 3, within(1e-12));
  }

  @Test
  void theIntervalsHoldTheTruthAsOftenAsTheySay() {
    long seed = Long.getLong("seed", 7);
    Random random = new Random(seed);
    int held = 0;
    int heldNearer = 0;
    int heldAimed = 0;
    for (int round = 0; round < 1_000; round++) {
      double[] observed = random.doubles(60).map(any -> random.nextGaussian()).toArray();
      Capability capability =
          Capability.of(ControlCharts.individuals(observed), Tolerance.between(-6, 4));
      held += capability.pp(0.9).orElseThrow().interval().contains(10.0 / 6) ? 1 : 0;
      heldNearer += capability.ppk(0.9).orElseThrow().interval().contains(4.0 / 3) ? 1 : 0;
      double aimed = 10 / (6 * Math.sqrt(2));
      heldAimed += capability.cpm(0.9).orElseThrow().interval().contains(aimed) ? 1 : 0;
    }
    assertThat(held / 1_000.0).as("seed " + seed).isCloseTo(0.9, within(0.045));
    assertThat(heldAimed / 1_000.0).as("seed " + seed).isCloseTo(0.9, within(0.045));
    assertThat(heldNearer / 1_000.0).as("seed " + seed).isCloseTo(0.9, within(0.045));
  }

  @Test
  void aToleranceRefusesWhatIsNone() {
    assertThatThrownBy(() -> Tolerance.between(2, 2)).hasMessage("a tolerance from 2.0 to 2.0");
    assertThatThrownBy(
            () ->
                new Tolerance(
                    OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty()))
        .hasMessageContaining("-Infinity");
    assertThat(Tolerance.between(1, 3).target()).hasValue(2);
    assertThat(Tolerance.atMost(3).target()).isEmpty();
    assertThatThrownBy(() -> RINGS.cp(1.5)).hasMessageContaining("confidence");
    assertThatThrownBy(() -> RINGS.cpk(-1)).hasMessageContaining("confidence");
  }

  private static Capability noise(int size) {
    Random random = new Random(size);
    double[] observed = random.doubles(size).toArray();
    return Capability.of(ControlCharts.individuals(observed), Tolerance.between(0, 1));
  }

  private static void assertIndex(
      Optional<Capability.Index> found, double value, double low, double high) {
    Capability.Index index = found.orElseThrow();
    assertThat(index.value()).isCloseTo(value, PRINTED);
    Offset<Double> offset = within(5e-4 * high);
    assertThat(index.interval().low()).isCloseTo(low, offset);
    assertThat(index.interval().high()).isCloseTo(high, offset);
    assertThat(index.interval().confidence()).isEqualTo(USUAL);
  }
}
