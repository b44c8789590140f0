package fr.vigie.agent.refine;

import static fr.vigie.agent.refine.Readings.PARTS;
import static fr.vigie.agent.refine.Readings.number;
import static fr.vigie.agent.refine.Readings.seconds;
import static fr.vigie.agent.refine.Readings.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fr.vigie.agent.refine.RateRule.Per;
import fr.vigie.agent.refine.Readings.Rules;
import fr.vigie.signal.Kind;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CounterRateTest {
  @Test
  void aRateIsWhatWasCountedOverTheTimeInWhichItWas() {
    Readings readings = rate(Optional.empty(), Optional.empty());

    readings.read(0, 100).read(30, 105).read(60, 110).read(90, 111).read(119, 112).read(130, 113);

    assertThat(readings.told("parts.rate")).containsExactly("0=10", "60=" + shown(7 * 60 / 89.0));
  }

  @Test
  void aResetCountsWhatWasCountedSince() {
    Readings readings = rate(Optional.empty(), Optional.empty());

    readings.read(0, 100).read(30, 110).read(59, 3).close();

    assertThat(readings.told("parts.rate")).containsExactly("0=" + shown(13 * 60 / 59.0));
  }

  @Test
  void aRollOverCountsTheWayRound() {
    Readings readings = rate(Optional.of(65536.0), Optional.empty());

    readings.read(0, 65530).read(30, 4).close();

    assertThat(readings.told("parts.rate")).containsExactly("0=20");
  }

  @Test
  void oneImpossibleReadingCountsNothing() {
    Readings readings = rate(Optional.empty(), Optional.of(100.0));

    readings.read(0, 1000).read(10, 4_000_000).read(20, 1010).read(30, 995).read(40, 1020).close();

    assertThat(readings.told("parts.rate")).containsExactly("0=30");
  }

  @Test
  void aCounterThatWasMovedForGoodGoesOnFromThere() {
    Readings readings = rate(Optional.empty(), Optional.of(100.0));

    readings.read(0, 1000).read(10, 5000).read(20, 5010).read(30, 5020).close();

    assertThat(readings.told("parts.rate")).containsExactly("0=40");
  }

  @Test
  void aStandstillIsARateOfZeroAndSilenceIsNone() {
    Readings readings = rate(Optional.empty(), Optional.empty());

    readings.read(0, 5).read(50, 5).read(70, 5).pass(300).read(310, 5);

    assertThat(readings.told("parts.rate")).containsExactly("0=0", "60=0");
  }

  @Test
  void oneSampleAloneIsNoRate() {
    Readings readings = rate(Optional.empty(), Optional.empty());

    readings.read(Sample.missing(time(0))).read(1, 5).close().read(2, 50).close();

    assertThat(readings.told("parts.rate")).isEmpty();
  }

  @Test
  void ratesTimesTheirTimesAddUpToWhatWasCountedWhateverTheResets() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      boolean rolls = random.nextBoolean();
      Readings readings = rate(rolls ? Optional.of(1000.0) : Optional.empty(), Optional.empty());
      TreeSet<Double> times = new TreeSet<>();
      double at = 60 * random.nextDouble();
      double counter = 900;
      double counted = 0;
      readings.read(at, counter);
      times.add(at);
      for (int i = 0; i < 1000; i++) {
        at += random.nextInt(100) == 0 ? 200 * random.nextDouble() : 2 * random.nextDouble();
        int parts = random.nextInt(3);
        counter += parts;
        if (rolls) {
          counter %= 1000;
        } else if (random.nextInt(100) == 0 && counter > 10) {
          parts = random.nextInt(3);
          counter = parts;
        }
        counted += parts;
        readings.read(at, counter);
        times.add(at);
      }
      double sum = 0;
      double since = times.first();
      for (Sample rate : readings.close().of("parts.rate")) {
        double end = 60 * (Math.floor(seconds(rate) / 60) + 1);
        double until = Optional.ofNullable(times.lower(end)).orElseThrow();
        sum += number(rate) * (until - since) / 60;
        since = until;
      }
      assertThat(sum).as("seed " + seed).isCloseTo(counted, within(1e-4));
    }
  }

  @Test
  void theUnitOfARateIsThatOfItsCounterByTheTime() {
    RateRule hourly =
        new RateRule(Optional.of(Duration.ofMinutes(1)), Per.H, Optional.empty(), Optional.empty());
    Signal energy = new Signal("oven", "energy", Kind.COUNTER, "kW.h");

    assertThat(Rules.NONE.rate(hourly).build().gives(energy))
        .contains(new Signal("oven", "energy.rate", Kind.GAUGE, "kW.h/h"));
    Readings readings = new Readings(energy, Rules.NONE.rate(hourly).build());
    assertThat(readings.read(0, 10).read(36, 10.5).close().told("energy.rate"))
        .containsExactly("0=50");
  }

  private static String shown(double number) {
    return Double.toString(Math.round(number * 1e6) / 1e6);
  }

  private static Readings rate(Optional<Double> modulus, Optional<Double> most) {
    RateRule rule = new RateRule(Optional.of(Duration.ofMinutes(1)), Per.MIN, most, modulus);
    return new Readings(PARTS, Rules.NONE.rate(rule).build());
  }
}
