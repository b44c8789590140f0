package fr.vigie.statistics.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EwmaTest {
  /** NIST/SEMATECH e-Handbook 6.3.2.4: observations, averages to two digits, and the limits. */
  @Test
  void theExampleOfTheNistHandbookComesOut() {
    double[] observed = {
      52.0, 47.0, 53.0, 49.3, 50.1, 47.0, 51.0, 50.1, 51.2, 50.5, 49.6, 47.6, 49.9, 51.3, 47.8,
      51.2, 52.6, 52.4, 53.6, 52.1
    };
    double[] averages = {
      50.60, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75, 49.85, 50.26, 50.33, 50.11, 49.36, 49.52,
      50.05, 49.38, 49.92, 50.73, 51.23, 51.94, 51.99
    };
    Ewma ewma = new Ewma(50, 2.0539, 0.3, 3);
    Ewma.Average average = ewma.start();
    for (int i = 0; i < observed.length; i++) {
      average = ewma.next(average, observed[i]);
      assertThat(average.value()).as("of %s", i + 1).isCloseTo(averages[i], within(0.005));
      assertThat(ewma.alarm(average)).isEmpty();
    }
    assertThat(average.seen()).isEqualTo(20);
    assertThat(50 + ewma.settledReach()).isCloseTo(52.5884, within(5e-5));
    assertThat(50 - ewma.settledReach()).isCloseTo(47.4115, within(1e-4));
  }

  /** ISO 7870-6: σ √(λ / (2 − λ) (1 − (1 − λ)²ⁱ)), which for the first average is λ σ. */
  @Test
  void theLimitsWidenFromThoseOfOneObservationToTheSettledOnes() {
    Ewma ewma = Ewma.usual(10, 2);

    assertThat(ewma).isEqualTo(new Ewma(10, 2, 0.2, 3));
    assertThat(ewma.reach(1)).isCloseTo(3 * 0.2 * 2, within(1e-12));
    assertThat(ewma.reach(2)).isCloseTo(3 * 2 * Math.sqrt(0.04 + 0.0256), within(1e-12));
    assertThat(ewma.reach(10_000)).isCloseTo(ewma.settledReach(), within(1e-12));
    assertThat(ewma.settledReach()).isCloseTo(2, within(1e-12));
  }

  @Test
  void anAverageBeyondItsLimitAlarmsAndOneAtTheLimitDoesNot() {
    Ewma shewhart = new Ewma(0, 1, 1, 3);

    assertThat(shewhart.alarm(shewhart.next(shewhart.start(), 3))).isEmpty();
    assertThat(shewhart.alarm(shewhart.next(shewhart.start(), 3.01))).hasValue(Side.ABOVE);
    assertThat(shewhart.alarm(shewhart.next(shewhart.start(), -3.01))).hasValue(Side.BELOW);
    assertThat(shewhart.alarm(shewhart.start())).isEmpty();
  }

  @Test
  void anEwmaRefusesWhatIsNone() {
    assertThatThrownBy(() -> new Ewma(0, 0, 0.2, 3)).hasMessageContaining("σ 0.0");
    assertThatThrownBy(() -> new Ewma(0, 1, 0, 3)).hasMessageContaining("λ 0.0");
    assertThatThrownBy(() -> new Ewma(0, 1, 1.1, 3)).hasMessageContaining("λ 1.1");
    assertThatThrownBy(() -> new Ewma(0, 1, 0.2, 0)).hasMessageContaining("L 0.0");
    assertThatThrownBy(() -> new Ewma(Double.NaN, 1, 0.2, 3)).hasMessageContaining("NaN");
    Ewma usual = Ewma.usual(0, 1);
    assertThatThrownBy(() -> usual.next(usual.start(), Double.NaN)).hasMessageContaining("NaN");
  }
}
