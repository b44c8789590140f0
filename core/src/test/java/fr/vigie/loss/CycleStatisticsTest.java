package fr.vigie.loss;

import static fr.vigie.production.Shop.at;
import static fr.vigie.production.Shop.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fr.vigie.production.CycleTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CycleStatisticsTest {
  private static CycleStatistics of(double... lengths) {
    List<Duration> times = new ArrayList<>();
    for (double length : lengths) {
      times.add(seconds(length));
    }
    return CycleStatistics.of(times);
  }

  @Test
  void spreadIsOfTheTimesInOrder() {
    CycleStatistics statistics = of(5, 1, 4, 2, 3);

    assertThat(statistics.count()).isEqualTo(5);
    assertThat(statistics.mean()).isEqualTo(seconds(3));
    assertThat(statistics.spread())
        .isEqualTo(
            new CycleStatistics.Spread(seconds(1), seconds(2), seconds(3), seconds(4), seconds(5)));
  }

  @Test
  void equalTimesAreOneBinAndTheirOwnMode() {
    CycleStatistics statistics = of(45, 45, 45);

    assertThat(statistics.mode()).isEqualTo(seconds(45));
    assertThat(statistics.histogram())
        .isEqualTo(new CycleStatistics.Histogram(seconds(45), seconds(0.045), List.of(3), 0));
  }

  @Test
  void histogramHoldsEveryTime() {
    CycleStatistics statistics = of(10, 10, 11, 12, 12, 12, 13, 5000);

    CycleStatistics.Histogram histogram = statistics.histogram();
    int inBins = histogram.bins().stream().mapToInt(Integer::intValue).sum();
    assertThat(histogram.width()).isEqualTo(seconds(1));
    assertThat(histogram.bins()).hasSize(CycleStatistics.MOST_BINS);
    assertThat(histogram.bins().subList(0, 5)).containsExactly(2, 1, 3, 1, 0);
    assertThat(inBins + histogram.beyond()).isEqualTo(8);
    assertThat(histogram.beyond()).isEqualTo(1);
    assertThat(statistics.mode()).isEqualTo(seconds(12));
  }

  @Test
  void ofTwoBinsThatAreAsFullTheShorterDecides() {
    assertThat(of(10, 10, 20, 20).mode()).isEqualTo(seconds(10));
  }

  /** 45 s with a noise of 2 %; one cycle in five is slow, one in twenty holds a stop. */
  @Test
  void slowCyclesAndStopsDoNotMoveTheProposal() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<Duration> times = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      double length = 45 * (1 + 0.02 * random.nextGaussian());
      length += i % 5 == 0 ? 10 * random.nextDouble() : 0;
      length += i % 20 == 0 ? 600 * random.nextDouble() : 0;
      times.add(seconds(length));
    }
    Collections.shuffle(times, random);

    CycleStatistics statistics = CycleStatistics.of(times);

    assertThat(statistics.mean()).as("seed %d", seed).isGreaterThan(seconds(55));
    assertThat(statistics.proposal().orElseThrow().toMillis() / 1000.0)
        .as("seed %d", seed)
        .isCloseTo(45, within(1.5));
  }

  @Test
  void fewTimesProposeNothing() {
    double[] times = IntStream.range(0, CycleStatistics.FEWEST).mapToDouble(i -> 10).toArray();

    assertThat(of(times).proposal()).hasValue(seconds(10));
    assertThat(of(java.util.Arrays.copyOf(times, times.length - 1)).proposal()).isEmpty();
    assertThatThrownBy(() -> CycleStatistics.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void eachProductHasItsOwn() {
    var all =
        CycleStatistics.byProduct(
            List.of(
                new CycleTime(at(1), Optional.of("B"), seconds(2)),
                new CycleTime(at(3), Optional.empty(), seconds(7)),
                new CycleTime(at(5), Optional.of("B"), seconds(4))));

    assertThat(all.keySet()).containsExactly("", "B");
    assertThat(all.get("B").mean()).isEqualTo(seconds(3));
  }
}
