package fr.vigie.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fr.vigie.production.Convention;
import fr.vigie.production.Convention.Base;
import fr.vigie.production.Convention.Changeover;
import fr.vigie.production.Convention.Mtbf;
import fr.vigie.production.Rate;
import fr.vigie.statistics.PoissonBound;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReliabilityTest {
  private static final Convention ISO =
      new Convention(Changeover.INSIDE, Mtbf.ISO22400, Base.OPERATING);

  private static Reliability worked(long hours, int failures, long repairHours) {
    return new Reliability(
        new Reliability.Worked(
            Duration.ofHours(hours), Duration.ofHours(hours - 100), Duration.ofHours(2 * hours)),
        failures,
        failures,
        Duration.ofHours(repairHours),
        Rate.ofParts(failures, failures));
  }

  /** Worked examples of the Nemotron-CC-Math corpus (NVIDIA) and of commacmms.com. */
  @ParameterizedTest
  @CsvSource({
    "10000, 10, 50, 1000, 5, 0.9950248756218906",
    "10000, 5, 50, 2000, 10, 0.9950248756218906",
    "2496, 4, 4, 624, 1, 0.9984"
  })
  void publishedExamples(
      long hours, int failures, long repair, long mtbf, long mttr, double available) {
    Reliability machine = worked(hours, failures, repair);

    assertThat(machine.mtbf(Convention.NORM)).hasValue(Duration.ofHours(mtbf));
    assertThat(machine.mttr()).hasValue(Duration.ofHours(mttr));
    assertThat(machine.inherentAvailability(Convention.NORM).ratio().orElseThrow())
        .isCloseTo(available, within(1e-12));
  }

  /** Factors of the one-sided 95 % limit of a Poisson mean, as in Garwood's table (1936). */
  @ParameterizedTest
  @CsvSource({"0, 2.9957", "1, 4.7439", "2, 6.2958", "3, 7.7537", "5, 10.5130", "10, 16.9622"})
  void upperLimitOfARareEvent(int events, double limit) {
    assertThat(PoissonBound.upper(events, 0.95)).isCloseTo(limit, within(5e-5));
  }

  @Test
  void withoutAFailureThereIsALowerBoundAndNoMean() {
    Reliability machine = worked(2996, 0, 0);

    assertThat(machine.mtbf(Convention.NORM)).isEmpty();
    assertThat(machine.mttr()).isEmpty();
    assertThat(machine.inherentAvailability(Convention.NORM)).isEqualTo(Rate.UNKNOWN);
    assertThat(machine.mtbfAtLeast(Convention.NORM).orElseThrow().toMinutes() / 60.0)
        .isCloseTo(1000, within(0.2));
  }

  @Test
  void machineThatNeverWorkedHasNoBound() {
    Reliability idle =
        new Reliability(
            new Reliability.Worked(Duration.ZERO, Duration.ZERO, Duration.ZERO),
            0,
            0,
            Duration.ZERO,
            Rate.ofParts(0, 0));

    assertThat(idle.mtbfAtLeast(Convention.NORM)).isEmpty();
    assertThat(idle.mtbf(ISO)).hasValue(Duration.ZERO);
  }

  @Test
  void isoDividesByOneMoreAndLeavesDelaysOut() {
    Reliability machine = worked(1100, 9, 9);

    assertThat(machine.mtbf(ISO)).hasValue(Duration.ofHours(100));
    assertThat(machine.mtbf(new Convention(Changeover.INSIDE, Mtbf.CLASSIC, Base.CALENDAR)))
        .hasValue(Duration.ofHours(2200).dividedBy(9));
    assertThat(machine.mtbf(new Convention(Changeover.INSIDE, Mtbf.ISO22400, Base.CALENDAR)))
        .hasValue(Duration.ofHours(220));
  }

  @Test
  void sumsOfSpansComeBeforeQuotients() {
    Reliability both = worked(1000, 1, 3).plus(worked(500, 2, 3));

    assertThat(both.mtbf(Convention.NORM)).hasValue(Duration.ofHours(500));
    assertThat(both.mttr()).hasValue(Duration.ofHours(2));
    assertThat(both.explained()).isEqualTo(Rate.ofParts(3, 3));
  }
}
