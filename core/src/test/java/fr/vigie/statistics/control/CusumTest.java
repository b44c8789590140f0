package fr.vigie.statistics.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CusumTest {
  private static final double[] NIST = {
    324.925, 324.675, 324.725, 324.35, 325.35, 325.225, 324.125, 324.525, 325.225, 324.6, 324.625,
    325.15, 328.325, 327.25, 327.825, 328.5, 326.675, 327.775, 326.875, 328.35
  };

  /** NIST/SEMATECH e-Handbook 6.3.2.3, with its sums and its limit. */
  @Test
  void theExampleOfTheNistHandbookComesOut() {
    double[] above = {
      0, 0, 0, 0, 0.0325, 0, 0, 0, 0, 0, 0, 0, 3.0075, 4.94, 7.4475, 10.63, 11.9875, 14.445,
      16.0025, 19.035
    };
    double[] below = {
      0, 0.0075, 0, 0.3325, 0, 0, 0.5575, 0.715, 0.1725, 0.255, 0.3125, 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    Cusum cusum = new Cusum(325, 0.3175, 4.1959, 0);
    Cusum.Sums sums = cusum.start();
    for (int i = 0; i < NIST.length; i++) {
      sums = cusum.next(sums, NIST[i]);
      assertThat(sums.above()).as("S+ of %s", i + 1).isCloseTo(above[i], within(1e-9));
      assertThat(sums.below()).as("S- of %s", i + 1).isCloseTo(below[i], within(1e-9));
    }

    assertThat(cusum.firstAlarm(NIST)).hasValue(new Cusum.Alarm(Side.ABOVE, 13, 12));
    assertThat(cusum.alarm(sums)).hasValue(new Cusum.Alarm(Side.ABOVE, 19, 12));
  }

  @Test
  void aShiftDownwardsAlarmsLikeOneUpwards() {
    Cusum cusum = new Cusum(-325, 0.3175, 4.1959, 0);
    double[] mirrored = NIST.clone();
    for (int i = 0; i < mirrored.length; i++) {
      mirrored[i] = -mirrored[i];
    }

    assertThat(cusum.firstAlarm(mirrored)).hasValue(new Cusum.Alarm(Side.BELOW, 13, 12));
    assertThat(cusum.firstAlarm(-325, -325.1)).isEmpty();
  }

  @Test
  void aSumAtTheLimitDoesNotAlarmYetAndTheLargerOfTwoIsTold() {
    Cusum cusum = new Cusum(0, 0, 2, 0);

    assertThat(cusum.alarm(new Cusum.Sums(3, 2, 0, 1, 3))).isEmpty();
    assertThat(cusum.alarm(new Cusum.Sums(3, 3, 3, 1, 2)))
        .hasValue(new Cusum.Alarm(Side.ABOVE, 2, 1));
    assertThat(cusum.alarm(new Cusum.Sums(3, 3, 4, 1, 2)))
        .hasValue(new Cusum.Alarm(Side.BELOW, 2, 2));
  }

  @Test
  void aShiftFromTheStartIsFoundSoonerWithAHeadStartAndDatedToIt() {
    Cusum plain = Cusum.usual(10, 2);
    double[] shifted = {13, 13, 13, 13, 13, 13};

    assertThat(plain).isEqualTo(new Cusum(10, 1, 10, 0));
    assertThat(plain.withHeadStart().headStart()).isEqualTo(5);
    assertThat(plain.withHeadStart().firstAlarm(shifted))
        .hasValue(new Cusum.Alarm(Side.ABOVE, 2, 0));
    assertThat(plain.firstAlarm(shifted)).hasValue(new Cusum.Alarm(Side.ABOVE, 5, 0));
  }

  /**
   * Average run lengths of Montgomery, "Introduction to Statistical Quality Control", table 9.3.
   */
  @Test
  void independentObservationsAlarmAsRarelyAsTheTablesSay() {
    long seed = Long.getLong("seed", 7);
    Random random = new Random(seed);

    assertThat(runLength(random, Cusum.usual(0, 1), 0)).as("seed " + seed).isBetween(415.0, 515.0);
    assertThat(runLength(random, Cusum.usual(0, 1), 1)).as("seed " + seed).isBetween(9.9, 10.9);
    Cusum tight = new Cusum(0, 0.5, 4, 0);
    assertThat(runLength(random, tight, 0)).as("seed " + seed).isBetween(150.0, 186.0);
    assertThat(runLength(random, tight, 1)).as("seed " + seed).isBetween(8.0, 8.8);
  }

  private static double runLength(Random random, Cusum cusum, double shift) {
    int rounds = 2_000;
    long observations = 0;
    for (int round = 0; round < rounds; round++) {
      Cusum.Sums sums = cusum.start();
      while (cusum.alarm(sums).isEmpty()) {
        sums = cusum.next(sums, shift + random.nextGaussian());
      }
      observations += sums.seen();
    }
    return (double) observations / rounds;
  }

  @Test
  void aCusumRefusesWhatIsNone() {
    assertThatThrownBy(() -> new Cusum(0, -1, 5, 0)).hasMessageContaining("slack -1.0");
    assertThatThrownBy(() -> new Cusum(0, 1, 0, 0)).hasMessageContaining("limit 0.0");
    assertThatThrownBy(() -> new Cusum(0, 1, 5, 5)).hasMessageContaining("5.0");
    assertThatThrownBy(() -> new Cusum(0, 1, 5, -1)).hasMessageContaining("-1.0");
    assertThatThrownBy(() -> new Cusum(Double.NaN, 1, 5, 0)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> Cusum.usual(0, 1).firstAlarm(Double.NaN)).hasMessageContaining("NaN");
  }
}
