package fr.vigie.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.vigie.energy.Baseline.Exclusion;
import fr.vigie.energy.Savings.Refusal;
import fr.vigie.time.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SavingsTest {
  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
  private static final Path GOLDEN = Path.of("..", "..", "shared", "data", "golden", "golden.json");

  /** NIST StRD, Norris: a certified linear regression, here as energy over parts. */
  @Test
  void theBaseAndTheMarginalEnergyAreTheCertifiedOnesOfNorris() throws IOException {
    assumeTrue(Files.exists(GOLDEN), "the published numbers are not here");
    String golden = Files.readString(GOLDEN);
    double[] x = numbers(golden, "x");
    double[] y = numbers(golden, "y");
    List<Observation> days = new ArrayList<>();
    for (int i = 0; i < x.length; i++) {
      days.add(new Observation(day(i), y[i], List.of(x[i])));
    }

    Baseline.Fit fit = freeze(days, List.of()).fit();

    assertThat(fit.base().value()).isCloseTo(-0.262323073774029, within(1e-12));
    assertThat(fit.marginal().get(0).value()).isCloseTo(1.00211681802045, within(1e-13));
    assertThat(fit.marginal().get(0).standardError())
        .isCloseTo(0.429796848199937e-3, within(1e-14));
    assertThat(fit.rSquared()).hasValueCloseTo(0.999993745883712, within(1e-13));
  }

  @Test
  void savingsAreWhatWasToBeExpectedLessWhatWasUsedAndAddUp() {
    Baseline baseline = freeze(days(0, 40, i -> 0, i -> parts(i)), List.of());

    Savings savings = Savings.of(baseline, days(40, 10, i -> -20, i -> parts(i)));

    assertThat(savings.saved()).isCloseTo(200, within(1e-6));
    assertThat(savings.periods()).hasSize(10);
    assertThat(savings.periods().get(9).sum()).isEqualTo(savings.saved());
    assertThat(savings.periods().get(3).sum()).isCloseTo(80, within(1e-6));
    assertThat(savings.share()).hasValueCloseTo(200 / savings.expected(), within(1e-12));
    assertThat(savings.mayBeClaimed()).isTrue();
    assertThat(savings.outside()).isZero();
  }

  @Test
  void aSavingThatIsSmallBesideItsNoiseIsRefused() {
    Random random = new Random(3);
    Baseline baseline =
        freeze(days(0, 40, i -> 30 * random.nextGaussian(), SavingsTest::parts), List.of());

    Savings small =
        Savings.of(
            baseline, days(40, 10, i -> 30 * random.nextGaussian() - 10, SavingsTest::parts));
    Savings none =
        Savings.of(
            baseline, days(40, 10, i -> 30 * random.nextGaussian() + 30, SavingsTest::parts));

    assertThat(small.mayBeClaimed()).isFalse();
    assertThat(none.refusals()).containsExactly(Refusal.NOTHING_SAVED);
  }

  @Test
  void withoutAChangeASavingIsSeldomClaimed() {
    long seed = Long.getLong("seed", 7);
    Random random = new Random(seed);
    int claimed = 0;
    int held = 0;
    for (int round = 0; round < 1000; round++) {
      double[] state = {0};
      IntToDoubleFunction noise = i -> state[0] = 0.5 * state[0] + 20 * random.nextGaussian();
      Baseline baseline = freeze(days(0, 60, noise, SavingsTest::parts), List.of());
      Savings savings = Savings.of(baseline, days(60, 30, noise, SavingsTest::parts));
      claimed += savings.mayBeClaimed() ? 1 : 0;
      held += Math.abs(savings.saved()) <= savings.predicted() ? 1 : 0;
    }
    assertThat(claimed).as("of 1000, seed %d", seed).isLessThan(60);
    assertThat(held).as("of 1000 at 68 %%, seed %d", seed).isBetween(600, 780);
  }

  /** Student's t of 68 % is 1.01 for 38 degrees of freedom, and a little more for fewer. */
  @Test
  void theGuidelinesUncertaintyIsItsFormula() {
    List<Observation> days = days(0, 40, i -> i % 4 < 2 ? 1 : -1, i -> i % 2);
    Baseline baseline = freeze(days, List.of());
    Baseline.Fit fit = baseline.fit();

    Savings savings = Savings.of(baseline, days(40, 10, i -> -50, i -> i % 2));

    double ratio = 40 / fit.effective() * (1 + 2 / fit.effective()) / 10;
    double t =
        savings.guideline()
            / (1.26 * fit.cvRmse().orElseThrow() * Math.sqrt(ratio) * savings.expected());
    assertThat(t).isBetween(1.0, 1.03);
  }

  @Test
  void whatIsExcludedIsLeftOutAndKeptOnRecord() {
    List<Observation> days = days(0, 40, i -> i == 7 ? 5000 : 0, SavingsTest::parts);
    Exclusion flood = new Exclusion(day(7), "water in the pit");

    Baseline baseline = freeze(days, List.of(flood));

    assertThat(baseline.observations()).hasSize(39);
    assertThat(baseline.exclusions()).containsExactly(flood);
    assertThat(baseline.fit().base().value()).isCloseTo(100, within(1e-6));
  }

  @Test
  void tooFewPeriodsAndDriversThatDoNotVaryMakeNoBaseline() {
    assertThatThrownBy(() -> freeze(days(0, 29, i -> 0, SavingsTest::parts), List.of()))
        .hasMessageContaining("wants 30 periods, found 29");
    assertThatThrownBy(() -> freeze(days(0, 40, i -> 0, i -> 5), List.of()))
        .hasMessageContaining("constant");
    assertThatThrownBy(
            () -> Savings.of(freeze(days(0, 40, i -> 0, SavingsTest::parts), List.of()), List.of()))
        .hasMessageContaining("at least one period");
  }

  @Test
  void ayearOfMonthsIsEnough() {
    List<Observation> months = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Span month =
          new Span(START.plus(Duration.ofDays(30L * i)), START.plus(Duration.ofDays(30L * i + 30)));
      months.add(new Observation(month, 1000 + 2 * parts(i), List.of(parts(i))));
    }
    assertThat(freeze(months, List.of()).fit().base().value()).isCloseTo(1000, within(1e-6));
    assertThatThrownBy(() -> freeze(months.subList(0, 11), List.of()))
        .hasMessageContaining("wants 12 periods, found 11");
  }

  @Test
  void periodsThatTheBaselineKnowsNothingOfAreCounted() {
    Baseline baseline = freeze(days(0, 40, i -> 0, SavingsTest::parts), List.of());

    assertThat(Savings.of(baseline, days(40, 10, i -> 0, i -> i < 43 ? 100_000 : 300)).outside())
        .isEqualTo(3);
  }

  private static Baseline freeze(List<Observation> days, List<Exclusion> exclusions) {
    return Baseline.freeze("press", 1, START, List.of("good-parts"), days, exclusions);
  }

  /** 100 kWh a day and half a kWh a part, and what is off. */
  private static List<Observation> days(
      int first, int count, IntToDoubleFunction off, IntToDoubleFunction parts) {
    List<Observation> days = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      double made = parts.applyAsDouble(i);
      days.add(new Observation(day(i), 100 + 0.5 * made + off.applyAsDouble(i), List.of(made)));
    }
    return days;
  }

  private static double parts(int day) {
    return 200 + 37 * (day % 7) + 11 * (day % 5);
  }

  private static Span day(int day) {
    Instant start = START.plus(Duration.ofDays(day));
    return new Span(start, start.plus(Duration.ofDays(1)));
  }

  private static double[] numbers(String golden, String key) {
    String norris = golden.substring(golden.indexOf("\"norris\""));
    Matcher matcher = Pattern.compile("\"" + key + "\":\\s*\\[([^]]*)]").matcher(norris);
    assertThat(matcher.find()).isTrue();
    return Pattern.compile(",")
        .splitAsStream(matcher.group(1))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }
}
