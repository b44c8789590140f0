package fr.vigie.agent.refine;

import static fr.vigie.agent.refine.Readings.HEAT;
import static fr.vigie.agent.refine.Readings.number;
import static fr.vigie.agent.refine.Readings.seconds;
import static fr.vigie.agent.refine.Readings.time;
import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.agent.refine.Readings.Rules;
import fr.vigie.signal.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SwingingDoorTest {
  @Test
  void aStraightLineIsItsTwoEnds() {
    Readings readings = door(0.1, 3600);
    for (int i = 0; i <= 100; i++) {
      readings.read(i, 20 + 0.5 * i);
    }

    assertThat(readings.told("heat")).containsExactly("0=20");
    assertThat(readings.close().told("heat")).containsExactly("0=20", "100=70");
  }

  @Test
  void aCornerLeavesWithItsOwnTime() {
    Readings readings = door(0.1, 3600);
    for (int i = 0; i <= 20; i++) {
      readings.read(i, i <= 10 ? i : 10);
    }

    assertThat(readings.close().told("heat")).containsExactly("0=0", "10=10", "20=10");
  }

  @Test
  void theLinesBetweenWhatLeftAreNeverFurtherFromWhatWasHeldBackThanTheBound() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      double bound = 0.05 + random.nextDouble();
      Readings readings = door(bound, 20 + random.nextInt(100));
      List<Sample> all = new ArrayList<>();
      double at = 0;
      double value = 0;
      for (int i = 0; i < 500; i++) {
        at += 0.01 + random.nextDouble();
        value += random.nextGaussian() * 0.4;
        all.add(Readings.at(at, value));
        readings.read(all.get(i));
      }
      List<Sample> left = readings.close().of("heat");

      assertThat(left.get(0)).isEqualTo(all.get(0));
      assertThat(left.get(left.size() - 1)).isEqualTo(all.get(all.size() - 1));
      assertThat(all).as("seed " + seed).containsAll(left);
      assertThat(left).extracting(Sample::time).as("seed " + seed).isSorted();
      for (Sample sample : all) {
        assertThat(Math.abs(number(sample) - joined(left, sample)))
            .as("seed " + seed)
            .isLessThanOrEqualTo(bound * (1 + 1e-9));
      }
    }
  }

  @Test
  void aSmoothCurveLeavesFewSamples() {
    Readings readings = door(0.5, 3600);
    for (int i = 0; i < 3600; i++) {
      readings.read(i, 50 + 20 * Math.sin(i / 300.0));
    }

    assertThat(readings.close().of("heat")).hasSizeBetween(10, 80);
  }

  @Test
  void nothingIsSilentForLongerThanConfigured() {
    Readings readings = door(1, 60);
    for (int i = 0; i <= 200; i += 7) {
      readings.read(i, 20);
    }

    List<Sample> left = readings.of("heat");
    for (int i = 1; i < left.size(); i++) {
      assertThat(seconds(left.get(i)) - seconds(left.get(i - 1))).isLessThanOrEqualTo(60);
    }
    assertThat(left).hasSizeGreaterThanOrEqualTo(4);
  }

  @Test
  void whatIsHeldBackLeavesAfterTheSilenceEvenWhenNoSampleComes() {
    Readings readings = door(1, 60);
    readings.read(0, 20).read(5, 20).pass(59);
    assertThat(readings.told("heat")).containsExactly("0=20");

    assertThat(readings.pass(60).told("heat")).containsExactly("0=20", "5=20");
  }

  @Test
  void anAbsenceAndAChangeOfQualityLeaveAtOnceAfterWhatWasHeldBack() {
    Readings readings = door(1, 60);

    readings
        .read(0, 20)
        .read(1, 20)
        .read(Sample.missing(time(2)))
        .read(Sample.missing(time(3)))
        .read(4, 20)
        .readUncertain(5, 20);

    assertThat(readings.told("heat")).containsExactly("0=20", "1=20", "2=missing", "4=20", "5=20?");
  }

  @Test
  void aClockSetBackLosesNothing() {
    Readings readings = door(1, 60);

    readings.read(100, 20).read(101, 20).read(50, 20).read(51, 20);

    assertThat(readings.close().told("heat")).containsExactly("100=20", "101=20", "50=20", "51=20");
  }

  private static double joined(List<Sample> left, Sample sample) {
    int after = 0;
    while (left.get(after).time().isBefore(sample.time())) {
      after++;
    }
    if (after == 0) {
      return number(left.get(0));
    }
    Sample from = left.get(after - 1);
    Sample to = left.get(after);
    double part = (seconds(sample) - seconds(from)) / (seconds(to) - seconds(from));
    return number(from) + part * (number(to) - number(from));
  }

  private static Readings door(double bound, int silence) {
    return new Readings(HEAT, Rules.NONE.door(bound, Duration.ofSeconds(silence)).build());
  }
}
