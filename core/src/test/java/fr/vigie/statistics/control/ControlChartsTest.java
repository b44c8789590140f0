package fr.vigie.statistics.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ControlChartsTest {
  /** Constants with three decimals: what separates our limits from exact ones. */
  private static final Percentage PRINTED = Percentage.withPercentage(0.03);

  /** Inside diameters of piston rings in mm, as R's package qcc has them (Montgomery, 1991). */
  static final double[][] PISTON_RINGS = {
    {74.030, 74.002, 74.019, 73.992, 74.008},
    {73.995, 73.992, 74.001, 74.011, 74.004},
    {73.988, 74.024, 74.021, 74.005, 74.002},
    {74.002, 73.996, 73.993, 74.015, 74.009},
    {73.992, 74.007, 74.015, 73.989, 74.014},
    {74.009, 73.994, 73.997, 73.985, 73.993},
    {73.995, 74.006, 73.994, 74.000, 74.005},
    {73.985, 74.003, 73.993, 74.015, 73.988},
    {74.008, 73.995, 74.009, 74.005, 74.004},
    {73.998, 74.000, 73.990, 74.007, 73.995},
    {73.994, 73.998, 73.994, 73.995, 73.990},
    {74.004, 74.000, 74.007, 74.000, 73.996},
    {73.983, 74.002, 73.998, 73.997, 74.012},
    {74.006, 73.967, 73.994, 74.000, 73.984},
    {74.012, 74.014, 73.998, 73.999, 74.007},
    {74.000, 73.984, 74.005, 73.998, 73.996},
    {73.994, 74.012, 73.986, 74.005, 74.007},
    {74.006, 74.010, 74.018, 74.003, 74.000},
    {73.984, 74.002, 74.003, 74.005, 73.997},
    {74.000, 74.010, 74.013, 74.020, 74.003},
    {73.988, 74.001, 74.009, 74.005, 73.996},
    {74.004, 73.999, 73.990, 74.006, 74.009},
    {74.010, 73.989, 73.990, 74.009, 74.014},
    {74.015, 74.008, 73.993, 74.000, 74.010},
    {73.982, 73.984, 73.995, 74.017, 74.013}
  };

  /** Figures printed by qcc for these rings. */
  @Test
  void theMeansAndRangesOfPistonRingsAreThoseOfQcc() {
    ControlCharts charts = ControlCharts.meansAndRanges(PISTON_RINGS);

    assertThat(charts.location().limits().centre()).isCloseTo(74.00118, within(5e-6));
    assertThat(charts.location().limits().lower()).isCloseTo(73.98805, within(5e-6));
    assertThat(charts.location().limits().upper()).isCloseTo(74.0143, within(5e-5));
    assertThat(charts.sigma()).isCloseTo(0.009785039, PRINTED);
    assertThat(charts.spread().limits().centre()).isCloseTo(0.02276, within(5e-9));
    assertThat(charts.spread().limits().lower()).isZero();
    assertThat(charts.spread().limits().upper()).isCloseTo(0.04812533, PRINTED);
    assertThat(charts.location().points()).hasSize(25);
    assertThat(charts.location().broken(Rule.WESTERN_ELECTRIC)).isEmpty();
    assertThat(charts.spread().beyond()).isEmpty();
    assertThat(charts.observations()).hasSize(125).startsWith(74.030, 74.002);
  }

  /** Figures printed by qcc for these rings. */
  @Test
  void theMeansAndDeviationsOfPistonRingsAreThoseOfQcc() {
    ControlCharts charts = ControlCharts.meansAndDeviations(PISTON_RINGS);

    assertThat(charts.sigma()).isCloseTo(0.009829977, within(5e-10));
    assertThat(charts.spread().limits().centre()).isCloseTo(0.009240037, within(5e-10));
    assertThat(charts.spread().limits().lower()).isZero();
    assertThat(charts.spread().limits().upper()).isCloseTo(0.019302416, within(1e-9));
    double reach = 3 * 0.009829977 / Math.sqrt(5);
    assertThat(charts.location().limits().upper()).isCloseTo(74.001176 + reach, within(1e-8));
  }

  /** NIST/SEMATECH e-Handbook 6.3.2.2, batches of a flow rate. */
  @Test
  void theIndividualsOfTheNistHandbookHaveItsLimits() {
    ControlCharts charts =
        ControlCharts.individuals(49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1);

    assertThat(charts.location().limits().centre()).isCloseTo(50.81, within(5e-3));
    assertThat(charts.location().limits().lower()).isCloseTo(45.8187, within(5e-3));
    assertThat(charts.location().limits().upper()).isCloseTo(55.8013, within(5e-3));
    assertThat(charts.spread().limits().centre()).isCloseTo(1.8778, within(5e-5));
    assertThat(charts.spread().points()).hasSize(9);
    assertThat(charts.spread().points().get(0)).isCloseTo(2, within(1e-9));
    assertThat(charts.spread().limits().upper()).isCloseTo(3.267 * 1.87778, within(5e-5));
  }

  /** ISO 7870-2 and ASTM E2587, for subgroups of 2 to 10. */
  @Test
  void theConstantsAreThoseThatTheNormsPrint() {
    double[] c4 = {.7979, .8862, .9213, .9400, .9515, .9594, .9650, .9693, .9727};
    double[] a2 = {1.880, 1.023, .729, .577, .483, .419, .373, .337, .308};
    double[] b3 = {0, 0, 0, 0, .030, .118, .185, .239, .284};
    double[] b4 = {3.267, 2.568, 2.266, 2.089, 1.970, 1.882, 1.815, 1.761, 1.716};
    for (int size = 2; size <= 10; size++) {
      double[] zeros = new double[size];
      double[] group = new double[size];
      group[0] = 1;
      ControlCharts ranges = ControlCharts.meansAndRanges(group, group);
      ControlCharts deviations = ControlCharts.meansAndDeviations(group, group);
      Limits location = ranges.location().limits();
      Limits spread = deviations.spread().limits();

      assertThat(Constants.c4(size)).isCloseTo(c4[size - 2], within(5e-5));
      assertThat(location.upper() - location.centre()).isCloseTo(a2[size - 2], within(1e-3));
      assertThat(spread.lower() / spread.centre()).isCloseTo(b3[size - 2], within(1e-3));
      assertThat(spread.upper() / spread.centre()).isCloseTo(b4[size - 2], within(1e-3));
      assertThat(ControlCharts.meansAndRanges(zeros, zeros).sigma()).isZero();
    }
    assertThat(Constants.d2(2)).isEqualTo(1.128);
    assertThat(Constants.d2(10)).isEqualTo(3.078);
    assertThat(Constants.lowerRange(7)).isEqualTo(0.076);
    assertThat(Constants.upperRange(10)).isEqualTo(1.777);
  }

  @Test
  void aSubgroupThatSpreadsTooFarStandsOutAmongTheRanges() {
    double[][] groups = new double[20][];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = new double[] {0, i == 7 ? 9 : 1};
    }

    assertThat(ControlCharts.meansAndRanges(groups).spread().beyond()).containsExactly(7);
    assertThat(ControlCharts.meansAndDeviations(groups).spread().beyond()).containsExactly(7);
    Chart chart = new Chart(List.of(1.0, 2.0, 3.0, 0.9, 3.1), new Limits(1, 2, 3));
    assertThat(chart.beyond()).containsExactly(3, 4);
  }

  @Test
  void chartsRefuseWhatTheyCannotHold() {
    assertThatThrownBy(() -> ControlCharts.individuals(1)).hasMessageContaining("found 1");
    assertThatThrownBy(() -> ControlCharts.individuals(1, Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> ControlCharts.meansAndRanges(new double[] {1, 2}))
        .hasMessageContaining("sizes [2]");
    assertThatThrownBy(
            () -> ControlCharts.meansAndRanges(new double[] {1, 2}, new double[] {1, 2, 3}))
        .hasMessageContaining("sizes [2, 3]");
    assertThatThrownBy(() -> ControlCharts.meansAndDeviations(new double[] {1}, new double[] {1}))
        .hasMessageContaining("sizes [1, 1]");
    assertThatThrownBy(() -> ControlCharts.meansAndRanges(new double[11], new double[11]))
        .hasMessageContaining("found 11");
    assertThatThrownBy(ControlCharts::meansAndRanges).hasMessageContaining("sizes []");
    assertThatThrownBy(() -> new Limits(2, 1, 3)).hasMessage("limits 2.0, 1.0, 3.0");
    assertThatThrownBy(() -> new Limits(0, 4, 3)).hasMessageContaining("4.0");
    assertThatThrownBy(() -> Limits.about(0, Double.POSITIVE_INFINITY))
        .hasMessageContaining("Infinity");
  }
}
