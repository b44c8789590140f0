package fr.vigie.statistics.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RuleTest {
  private static final Limits LIMITS = Limits.about(0, 1);

  @Test
  void onePointBeyondThreeSigmaIsTold() {
    assertLasts(Rule.NELSON_1, "3 3.1 0 -3.1 -3", 1, 3);
    assertLasts(Rule.WESTERN_ELECTRIC_1, "3 3.1 0 -3.1 -3", 1, 3);
  }

  @Test
  void aRunOnOneSideIsToldFromItsNinthOrEighthPointAndEndsOnTheCentre() {
    assertLasts(Rule.NELSON_2, "1 1 1 1 1 1 1 1 1 1 -1", 8, 9);
    assertLasts(Rule.WESTERN_ELECTRIC_4, "1 1 1 1 1 1 1 1 1 -1", 7, 8);
    assertLasts(Rule.NELSON_2, "-1 -1 -1 -1 -1 -1 -1 -1 -1", 8);
    assertLasts(Rule.NELSON_2, "1 1 1 1 0 1 1 1 1 1");
    assertLasts(Rule.WESTERN_ELECTRIC_4, "1 1 1 1 -1 1 1 1 1");
  }

  @Test
  void sixPointsOfATrendAreToldAndFiveOrAPauseAreNot() {
    assertLasts(Rule.NELSON_3, "-2 -1 0 1 2 2.5 2.6", 5, 6);
    assertLasts(Rule.NELSON_3, "2 1 0.5 0 -1 -1.5 -1.4", 5);
    assertLasts(Rule.NELSON_3, "-2 -1 0 1 2");
    assertLasts(Rule.NELSON_3, "-2 -1 0 0 1 2 2.5");
    assertLasts(Rule.NELSON_3, "0 0 0 0 0 0 0");
  }

  @Test
  void fourteenPointsThatGoUpAndDownInTurnAreTold() {
    assertLasts(Rule.NELSON_4, "0 1 0 1 0 1 0 1 0 1 0 1 0 1 0", 13, 14);
    assertLasts(Rule.NELSON_4, "0 1 0 1 0 1 0 1 0 1 0 1 0");
    assertLasts(Rule.NELSON_4, "0 1 0 1 0 1 0 1 1 0 1 0 1 0 1");
    assertLasts(Rule.NELSON_4, "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0");
  }

  @Test
  void twoOfThreeBeyondTwoSigmaOnOneSideAreTold() {
    assertLasts(Rule.NELSON_5, "2.1 0 2.1 0 0 -2.1 -2.1 0 0", 2, 6, 7);
    assertLasts(Rule.WESTERN_ELECTRIC_2, "2.1 0 2.1 0 0 -2.1 -2.1 0 0", 2, 6, 7);
    assertLasts(Rule.NELSON_5, "2 2 2 2.1 -2.1 0 0 2.1");
  }

  @Test
  void fourOfFiveBeyondOneSigmaOnOneSideAreTold() {
    assertLasts(Rule.NELSON_6, "1.1 1.1 -1.1 1.1 1.1 0 0", 4);
    assertLasts(Rule.WESTERN_ELECTRIC_3, "-1.1 -1.1 -1.1 -1.1 0 0 0", 4);
    assertLasts(Rule.NELSON_6, "1 1 1 1 1 1.1 1.1 1.1 -1.1 -1.1 0");
  }

  @Test
  void fifteenThatHugTheCentreAreTold() {
    assertLasts(
        Rule.NELSON_7, "0.9 -0.9 0 0.9 -0.9 0 0.9 -0.9 0 0.9 -0.9 0 0.9 -0.9 0.9 0.2", 14, 15);
    assertLasts(Rule.NELSON_7, "0.9 -0.9 0 0.9 -0.9 0 0.9 1 0 0.9 -0.9 0 0.9 -0.9 0");
    assertLasts(Rule.NELSON_7, "0 0 0 0 0 0 0 0 0 0 0 0 0 0");
  }

  @Test
  void eightThatShunTheCentreAreTold() {
    assertLasts(Rule.NELSON_8, "1.1 -1.1 1.1 1.1 -1.1 -1.1 1.1 -1.1 1.1", 7, 8);
    assertLasts(Rule.NELSON_8, "1.1 -1.1 1.1 1.0 -1.1 -1.1 1.1 -1.1 1.1");
    assertLasts(Rule.NELSON_8, "1.1 -1.1 1.1 1.1 -1.1 -1.1 1.1");
  }

  @Test
  void pointsThatAreAllAlikeBreakNoRule() {
    Chart chart = ControlCharts.individuals(new double[40]).location();

    assertThat(chart.broken(Rule.NELSON)).isEmpty();
    assertThat(chart.broken(Rule.WESTERN_ELECTRIC)).isEmpty();
  }

  /** In the mirror sides change, and in another unit sizes do; what is broken stays the same. */
  @Test
  void rulesDependNeitherOnTheSideNorOnTheUnit() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      double[] points = random.doubles(100, 0, 3).toArray();
      double[] mirrored = Arrays.stream(points).map(point -> -1024 * point).toArray();

      assertThat(ControlCharts.individuals(mirrored).location().broken(Rule.NELSON))
          .as("seed " + seed)
          .isEqualTo(ControlCharts.individuals(points).location().broken(Rule.NELSON));
    }
  }

  @Test
  void aStableProcessBreaksTheFirstRuleAsRarelyAsItsChanceIs() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<Double> points = random.doubles(100_000).mapToObj(any -> random.nextGaussian()).toList();

    assertThat(Rule.NELSON_1.lasts(points, LIMITS)).as("seed " + seed).hasSizeBetween(200, 340);
  }

  private static void assertLasts(Rule rule, String points, Integer... lasts) {
    List<Double> all = Arrays.stream(points.split(" ")).map(Double::valueOf).toList();
    assertThat(rule.lasts(all, LIMITS)).containsExactly(lasts);
    assertThat(rule.lasts(Collections.emptyList(), LIMITS)).isEmpty();
  }
}
