package fr.vigie.agent.refine;

import static fr.vigie.agent.refine.Readings.HEAT;
import static fr.vigie.agent.refine.Readings.number;
import static fr.vigie.agent.refine.Readings.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fr.vigie.agent.refine.Readings.Rules;
import fr.vigie.agent.refine.Windows.Weight;
import fr.vigie.signal.Sample;
import fr.vigie.time.BootTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowTest {
  private static final Duration TEN = Duration.ofSeconds(10);

  @Test
  void aWindowTellsWhatItsSamplesWere() {
    Readings readings = window(Weight.SAMPLES, Statistic.values());

    readings.read(0, 3).read(4, -1).read(9.999, 4).read(10, 100);

    assertThat(readings.told("heat.count")).containsExactly("0=3");
    assertThat(readings.told("heat.mean")).containsExactly("0=2");
    assertThat(readings.told("heat.min")).containsExactly("0=-1");
    assertThat(readings.told("heat.max")).containsExactly("0=4");
    assertThat(readings.told("heat.last")).containsExactly("0=4");
    assertThat(number(readings.of("heat.rms").get(0))).isCloseTo(Math.sqrt(26 / 3.0), within(1e-8));
    assertThat(number(readings.of("heat.deviation").get(0)))
        .isCloseTo(Math.sqrt(14 / 3.0), within(1e-8));
    assertThat(readings.told("heat")).hasSize(4);
  }

  @Test
  void windowsBeginAtWholeMultiplesOfTheirLengthAndTheFirstWithItsFirstSample() {
    Readings readings = window(Weight.SAMPLES, Statistic.COUNT);

    readings.read(3, 1).read(12, 1).read(25, 1).read(61, 1).close();

    assertThat(readings.told("heat.count")).containsExactly("3=1", "10=1", "20=1", "60=1");
  }

  @Test
  void aWindowEndsWithoutAnotherSampleASecondAfterItsEnd() {
    Readings readings = window(Weight.SAMPLES, Statistic.MEAN);
    readings.read(2, 5).pass(10.9);
    assertThat(readings.told("heat.mean")).isEmpty();

    assertThat(readings.pass(11).pass(30).told("heat.mean")).containsExactly("2=5");
  }

  @Test
  void anUnfinishedWindowIsToldWhenTheDeviceIsClosedAndTheRestOfItApart() {
    Readings readings = window(Weight.SAMPLES, Statistic.COUNT, Statistic.MEAN);

    readings.read(0, 1).read(10, 2).read(12, 4).close().read(15, 8).read(21, 9);

    assertThat(readings.told("heat.count")).containsExactly("0=1", "10=2", "15=1");
    assertThat(readings.told("heat.mean")).containsExactly("0=1", "10=3", "15=8");
  }

  @Test
  void aSampleThatComesLateIsCountedInAWindowOfItsOwn() {
    Readings readings = window(Weight.SAMPLES, Statistic.COUNT);

    readings.read(0, 1).read(10, 1).read(9, 1).read(11, 1).read(20, 1);

    assertThat(readings.told("heat.count")).containsExactly("0=1", "10=1", "9=1", "11=1");
  }

  @Test
  void anAbsentValueIsToldAndOneDoubtfulSampleMakesItsWindowDoubtful() {
    Readings readings = window(Weight.SAMPLES, Statistic.COUNT, Statistic.MEAN);

    readings.read(Sample.missing(time(0))).read(10, 2).readUncertain(11, 4).read(20, 1).close();

    assertThat(readings.told("heat.count")).containsExactly("0=0", "10=2?", "20=1");
    assertThat(readings.told("heat.mean")).containsExactly("0=missing", "10=3?", "20=1");
  }

  @Test
  void byTimeAValueCountsAsLongAsItHolds() {
    Readings readings = window(Weight.TIME, Statistic.MEAN, Statistic.MAX, Statistic.DEVIATION);

    readings.read(0, 10).read(9, 0).read(15, 20).read(41, 0);

    assertThat(readings.told("heat.mean")).containsExactly("0=9", "10=10");
    assertThat(readings.told("heat.deviation")).containsExactly("0=3", "10=10");
    assertThat(readings.told("heat.max")).containsExactly("0=10", "10=20");
    assertThat(readings.close().told("heat.mean")).containsExactly("0=9", "10=10", "40=20");
  }

  @Test
  void byTimeAnAbsenceHoldsNothing() {
    Readings readings = window(Weight.TIME, Statistic.MEAN);

    readings.read(0, 10).read(Sample.missing(time(2))).read(8, 4).read(10, 0);

    assertThat(readings.told("heat.mean")).containsExactly("0=7");
  }

  @Test
  void byTimeASingleSampleThatHeldForNoTimeIsItsOwnMean() {
    Readings readings = window(Weight.TIME, Statistic.MEAN, Statistic.RMS);

    assertThat(readings.read(3, 7).close().told("heat.mean")).containsExactly("3=7");
    assertThat(readings.told("heat.rms")).containsExactly("3=7");
  }

  @Test
  void windowsSumToTheWhole() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      Readings readings = window(Weight.SAMPLES, Statistic.values());
      double at = 0;
      int count = 0;
      double sum = 0;
      double squares = 0;
      double min = Double.MAX_VALUE;
      double max = -Double.MAX_VALUE;
      for (int i = 0; i < 500; i++) {
        at += random.nextInt(50) == 0 ? -30 * random.nextDouble() : 3 * random.nextDouble();
        double value = 1000 + random.nextGaussian();
        readings.read(at, value);
        if (random.nextInt(40) == 0) {
          readings.close();
        }
        count++;
        sum += value;
        squares += (value - 1000) * (value - 1000);
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
      readings.close();

      List<Sample> counts = readings.of("heat.count");
      double counted = 0;
      double summed = 0;
      double squared = 0;
      for (int i = 0; i < counts.size(); i++) {
        double its = number(counts.get(i));
        double mean = number(readings.of("heat.mean").get(i));
        double deviation = number(readings.of("heat.deviation").get(i));
        counted += its;
        summed += its * mean;
        squared += its * (deviation * deviation + (mean - 1000) * (mean - 1000));
        assertThat(number(readings.of("heat.rms").get(i)))
            .as("seed " + seed)
            .isCloseTo(Math.hypot(mean, deviation), within(1.1e-5));
      }
      assertThat(counted).as("seed " + seed).isEqualTo(count);
      assertThat(summed / counted).as("seed " + seed).isCloseTo(sum / count, within(6e-6));
      assertThat(squared).as("seed " + seed).isCloseTo(squares, within(1e-4 * squares));
      assertThat(readings.of("heat.min").stream().mapToDouble(Readings::number).min())
          .as("seed " + seed)
          .hasValue(min);
      assertThat(readings.of("heat.max").stream().mapToDouble(Readings::number).max())
          .as("seed " + seed)
          .hasValue(max);
    }
  }

  @Test
  void aSmallDeviationFarFromZeroIsNotLost() {
    Readings readings = window(Weight.SAMPLES, Statistic.DEVIATION);

    readings.read(0, 1e9 + 1).read(1, 1e9 + 2).read(2, 1e9 + 3).close();

    assertThat(number(readings.of("heat.deviation").get(0))).isEqualTo(0.816496581);
  }

  @Test
  void byTimeWindowsSumToTheIntegral() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      Readings readings = window(Weight.TIME, Statistic.MEAN);
      double value = random.nextGaussian();
      double integral = 0;
      readings.read(0, value);
      double at = 0;
      while (at < 1000) {
        double next = at + 0.001 + 4 * random.nextDouble();
        integral += value * (Math.min(next, 1000) - at);
        at = next;
        value = random.nextGaussian();
        readings.read(at, value);
      }
      double sum = 0;
      for (Sample mean : readings.of("heat.mean").subList(0, 100)) {
        sum += 10 * number(mean);
      }
      assertThat(sum).as("seed " + seed).isCloseTo(integral, within(1e-6));
    }
  }

  @Test
  void aWindowDoesNotReachFromBeforeTheClockIsKnownToAfterIt() {
    Readings readings = window(Weight.TIME, Statistic.MEAN);
    Sample undated = Sample.good(BootTime.of(Duration.ofSeconds(33).toNanos()), 1);

    readings.read(undated).read(34, 2).read(41, 3);

    assertThat(readings.of("heat.mean")).containsExactly(undated, Readings.at(34, 2));
  }

  @Test
  void theRawSignalCanBeHeldBack() {
    Readings readings =
        new Readings(
            HEAT, Rules.NONE.window(TEN, Weight.SAMPLES, Statistic.MEAN).withoutRaw().build());

    readings.read(0, 1).read(1, 3).read(10, 5);

    assertThat(readings.left.keySet()).containsExactly("heat.mean");
  }

  @Test
  void aWindowThatDoesNotDivideADayAndAFigureTwiceAreRefused() {
    assertThatThrownBy(
            () ->
                new Windows(
                    Optional.of(Duration.ofSeconds(7)),
                    List.of(Statistic.MEAN, Statistic.MEAN),
                    Weight.SAMPLES))
        .hasMessageContaining("window: found 7 s")
        .hasMessageContaining("a figure twice");
    assertThatThrownBy(() -> new Windows(Optional.empty(), List.of(Statistic.MEAN), Weight.TIME))
        .hasMessageContaining("give")
        .hasMessageContaining("weigh-by");
  }

  private static Readings window(Weight weight, Statistic... give) {
    return new Readings(HEAT, Rules.NONE.window(TEN, weight, give).build());
  }
}
