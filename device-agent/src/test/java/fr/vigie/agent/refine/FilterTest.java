package fr.vigie.agent.refine;

import static fr.vigie.agent.refine.Readings.HEAT;
import static fr.vigie.agent.refine.Readings.number;
import static fr.vigie.agent.refine.Readings.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fr.vigie.agent.refine.Readings.Rules;
import fr.vigie.signal.Sample;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FilterTest {
  @Test
  void anOutlierDisappearsAndEverySampleKeepsItsOwnTime() {
    Readings readings = new Readings(HEAT, Rules.NONE.median(3).build());

    readings.read(0, 20).read(1, 21).read(2, 999).read(3, 22).read(4, 23);

    assertThat(readings.told("heat")).containsExactly("0=20", "1=21", "2=22", "3=23");
    assertThat(readings.close().told("heat"))
        .containsExactly("0=20", "1=21", "2=22", "3=23", "4=23");
  }

  @Test
  void asManySamplesLeaveAMedianAsCameAndEachIsTheMedianOfItsNeighbours() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      int width = 3 + 2 * random.nextInt(4);
      double[] values = random.doubles(1 + random.nextInt(20), -5, 5).toArray();
      Readings readings = new Readings(HEAT, Rules.NONE.median(width).build());
      for (int i = 0; i < values.length; i++) {
        readings.read(i, values[i]);
      }
      List<Sample> left = readings.close().of("heat");

      assertThat(left).as("seed " + seed).hasSameSizeAs(values);
      for (int i = 0; i < values.length; i++) {
        int reach = Math.min(width / 2, Math.min(i, values.length - 1 - i));
        double[] near = Arrays.copyOfRange(values, i - reach, i + reach + 1);
        Arrays.sort(near);
        assertThat(left.get(i)).as("seed " + seed).isEqualTo(Readings.at(i, near[reach]));
      }
    }
  }

  @Test
  void aMedianDoesNotReachAcrossAnAbsenceOrAChangeOfQuality() {
    Readings readings = new Readings(HEAT, Rules.NONE.median(3).build());

    readings.read(0, 1).read(1, 9).read(Sample.missing(time(2))).read(3, 5).readUncertain(4, 7);

    assertThat(readings.close().told("heat"))
        .containsExactly("0=1", "1=9", "2=missing", "3=5", "4=7?");
  }

  @Test
  void aStepIsFollowedByTheTimeConstantHoweverTheSamplesCome() {
    Readings readings = exponential(Duration.ofSeconds(10));

    readings.read(0, 0).read(0.000001, 1).read(3, 1).read(3.5, 1).read(10, 1).read(30, 1);

    List<Sample> left = readings.of("heat");
    assertThat(number(left.get(2))).isCloseTo(1 - Math.exp(-0.3), within(1e-6));
    assertThat(number(left.get(4))).isCloseTo(1 - Math.exp(-1), within(1e-6));
    assertThat(number(left.get(5))).isCloseTo(1 - Math.exp(-3), within(1e-6));
    assertThat(left).extracting(Sample::time).contains(time(3.5));
  }

  @Test
  void samplesThatLieOnTheLineBetweenTwoOthersChangeNothing() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      Readings few = exponential(Duration.ofSeconds(5));
      Readings many = exponential(Duration.ofSeconds(5));
      double at = 0;
      double value = random.nextGaussian();
      few.read(at, value);
      many.read(at, value);
      for (int i = 0; i < 20; i++) {
        double toAt = at + 0.01 + 10 * random.nextDouble();
        double to = random.nextGaussian();
        int between = random.nextInt(5);
        for (int j = 1; j <= between; j++) {
          double part = j / (between + 1.0);
          many.read(at + part * (toAt - at), value + part * (to - value));
        }
        few.read(toAt, to);
        many.read(toAt, to);
        at = toAt;
        value = to;
        assertThat(number(last(few)))
            .as("seed " + seed)
            .isCloseTo(number(last(many)), within(1e-6));
      }
    }
  }

  @Test
  void aLongGapOrAClockSetBackBeginsAnew() {
    Readings readings = exponential(Duration.ofSeconds(1));

    readings.read(0, 5).read(1_000_000, 9).read(10, 3);

    assertThat(number(readings.of("heat").get(1))).isCloseTo(9, within(1e-3));
    assertThat(readings.told("heat").get(2)).isEqualTo("10=3");
  }

  @Test
  void twoSamplesOfOneTimeAreNoDivisionByZero() {
    Readings readings = exponential(Duration.ofSeconds(1));

    assertThat(readings.read(0, 5).read(0, 9).told("heat")).containsExactly("0=5", "0=5");
  }

  @Test
  void anEvenMedianAndAFilterThatDoesNothingAreRefused() {
    assertThatThrownBy(() -> new Filter(4, Duration.ZERO)).hasMessageContaining("odd");
    assertThatThrownBy(() -> new Filter(1, Duration.ZERO)).hasMessageContaining("no filter");
  }

  private static Sample last(Readings readings) {
    List<Sample> left = readings.of("heat");
    return left.get(left.size() - 1);
  }

  private static Readings exponential(Duration constant) {
    return new Readings(HEAT, Rules.NONE.filter(new Filter(1, constant)).build());
  }
}
