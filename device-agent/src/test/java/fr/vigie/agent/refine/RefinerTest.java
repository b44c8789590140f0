package fr.vigie.agent.refine;

import static fr.vigie.agent.refine.Readings.HEAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.vigie.agent.refine.Calibration.Point;
import fr.vigie.agent.refine.Readings.Rules;
import fr.vigie.agent.refine.Windows.Weight;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RefinerTest {
  private static final Duration TEN = Duration.ofSeconds(10);
  private static final Calibration TWICE =
      new Calibration(
          List.of(new Point(0.0, 0.0), new Point(1000.0, 2000.0)),
          0.0,
          LocalDate.of(2026, 11, 3),
          "the metrology lab");

  @Test
  void readingsAreCalibratedThenFilteredThenToldOfThenThinnedOut() {
    Readings readings =
        new Readings(
            HEAT,
            Rules.NONE
                .calibrate(TWICE)
                .median(3)
                .window(TEN, Weight.SAMPLES, Statistic.MAX)
                .door(1, Duration.ofMinutes(10))
                .build());

    readings.read(0, 10).read(1, 10).read(2, 500).read(3, 10).read(9, 10).read(10, 10).read(11, 9);

    assertThat(readings.told("heat.max")).containsExactly("0=20");
    assertThat(readings.told("heat")).containsExactly("0=20");
    assertThat(readings.close().told("heat")).containsExactly("0=20", "10=20", "11=18");
  }

  @Test
  void aWindowWaitsForTheSamplesThatAFilterHoldsBack() {
    Readings readings =
        new Readings(
            HEAT, Rules.NONE.median(9).window(TEN, Weight.SAMPLES, Statistic.COUNT).build());
    for (int i = 0; i < 60; i++) {
      readings.read(i, 1);
      for (int tenth = 0; tenth < 10; tenth++) {
        readings.pass(i + tenth / 10.0);
      }
    }

    assertThat(readings.told("heat.count"))
        .containsExactly("0=10", "10=10", "20=10", "30=10", "40=10");
    assertThat(readings.pass(1000).close().told("heat.count")).hasSize(6).endsWith("50=10");
  }

  @Test
  void whateverIsReadNothingFailsAndWhatLeavesIsDescribed() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Refinement all =
        Rules.NONE
            .calibrate(TWICE)
            .filter(new Filter(5, Duration.ofSeconds(3)))
            .window(TEN, Weight.TIME, Statistic.values())
            .states(
                new States(
                    Optional.of(Duration.ofMinutes(1)),
                    List.of(),
                    List.of("off", "on"),
                    0.2,
                    Duration.ofSeconds(2)))
            .door(5, Duration.ofSeconds(30))
            .build();
    List<String> described = all.gives(HEAT).stream().map(Signal::name).toList();
    Readings readings = new Readings(HEAT, all);
    double at = 0;
    for (int i = 0; i < 20_000; i++) {
      at += random.nextInt(200) == 0 ? 1e5 * random.nextGaussian() : random.nextDouble();
      switch (random.nextInt(20)) {
        case 0 -> readings.read(Sample.missing(Readings.time(at)));
        case 1 -> readings.readUncertain(at, random.nextGaussian());
        case 2 -> readings.read(at, Double.MAX_VALUE * (2 * random.nextDouble() - 1));
        case 3 -> readings.pass(at + 10 * random.nextDouble());
        case 4 -> readings.close();
        default -> readings.read(at, Math.abs(100 * random.nextGaussian()));
      }
    }

    assertThat(described).as("seed " + seed).containsAll(readings.left.keySet());
  }

  @Test
  void derivedSignalsAreNamedAndMeasuredAfterTheirs() {
    Refinement refinement =
        Rules.NONE
            .window(TEN, Weight.SAMPLES, Statistic.MEAN, Statistic.COUNT)
            .states(
                new States(Optional.empty(), List.of(80.0), List.of(), 0.2, Duration.ofSeconds(2)))
            .build();

    assertThat(refinement.gives(HEAT))
        .containsExactly(
            HEAT,
            new Signal("oven", "heat.mean", Kind.GAUGE, "Cel"),
            new Signal("oven", "heat.count", Kind.GAUGE, "1"),
            new Signal("oven", "heat.state", Kind.STATE, ""));
  }

  @Test
  void whatWouldLetNothingLeaveIsRefused() {
    assertThatThrownBy(() -> Rules.NONE.withoutRaw().build())
        .hasMessageContaining("nothing leaves");
    assertThatThrownBy(
            () ->
                Rules.NONE
                    .window(TEN, Weight.SAMPLES, Statistic.MEAN)
                    .door(1, TEN)
                    .withoutRaw()
                    .build())
        .hasMessageContaining("does not leave");
  }
}
