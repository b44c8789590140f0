package fr.vigie.condition;

import static fr.vigie.condition.Bearing.Part.BALL;
import static fr.vigie.condition.Bearing.Part.CAGE;
import static fr.vigie.condition.Bearing.Part.INNER_RING;
import static fr.vigie.condition.Bearing.Part.OUTER_RING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fr.vigie.statistics.Band;
import fr.vigie.statistics.Burst;
import fr.vigie.statistics.Envelope;
import fr.vigie.statistics.Spectrum;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class BearingTest {
  /** The bearing of the MFPT Society's bearing fault data set, whose shaft turns at 25 Hz. */
  private static final Bearing MFPT = new Bearing(8, 0.235, 1.245, 0);

  @Test
  void thePublishedBearingHasItsPublishedFrequencies() {
    assertThat(MFPT.frequency(OUTER_RING, 25)).isCloseTo(81.1245, within(5e-5));
    assertThat(MFPT.frequency(INNER_RING, 25)).isCloseTo(118.8755, within(5e-5));
    assertThat(MFPT.frequency(BALL, 25)).isCloseTo(63.8640, within(5e-5));
    assertThat(MFPT.frequency(CAGE, 25)).isCloseTo(10.1406, within(5e-5));
  }

  @Test
  void theRingsTogetherSeeEveryBallOnceATurn() {
    Bearing angular = new Bearing(13, 8, 40, 25);
    assertThat(angular.frequency(OUTER_RING, 30) + angular.frequency(INNER_RING, 30))
        .isCloseTo(13 * 30, within(1e-9));
    assertThat(angular.frequency(OUTER_RING, 30))
        .isCloseTo(13 * angular.frequency(CAGE, 30), within(1e-9));
  }

  /** The MFPT data's own peak lies at 80.1 to 80.3 Hz, more than one hundredth below geometry. */
  @Test
  void aFlawIsFoundThoughBallsSlip() {
    long seed = Long.getLong("seed", 7);
    Random random = new Random(seed);
    double strikes = 80.2;
    Burst burst =
        burst(
            at -> {
              double since = at % (1 / strikes);
              return Math.exp(-600 * since) * Math.sin(2 * Math.PI * 3000 * since)
                  + 0.05 * random.nextGaussian();
            });

    Map<Bearing.Part, Bearing.Finding> found = search(burst);

    Bearing.Finding outer = found.get(OUTER_RING);
    assertThat(outer).isNotNull();
    assertThat(outer.standsOut()).as("seed %d, %s", seed, outer).isTrue();
    assertThat(outer.line().hertz()).as("seed %d", seed).isCloseTo(strikes, within(0.3));
    assertThat(outer.expected()).isCloseTo(81.1245, within(5e-5));
    assertThat(found.get(INNER_RING)).isNotNull();
    assertThat(found.get(INNER_RING).standsOut()).as("seed %d", seed).isFalse();
    assertThat(found.get(BALL).standsOut()).as("seed %d", seed).isFalse();
  }

  @Test
  void noiseShowsNoFlaw() {
    long seed = Long.getLong("seed", 7);
    Random random = new Random(seed);
    int standing = 0;
    for (int round = 0; round < 50; round++) {
      for (Bearing.Finding finding : search(burst(at -> random.nextGaussian())).values()) {
        standing += finding.standsOut() ? 1 : 0;
      }
    }
    assertThat(standing).as("of 200, seed %d", seed).isLessThanOrEqualTo(2);
  }

  @Test
  void aSpectrumTooShortOrTooSlowTellsOfNoPart() {
    Burst slow = Burst.ofGravities(new Random(1).doubles(64).toArray(), 50);

    assertThat(MFPT.search(Spectrum.of(slow), 25)).doesNotContainKey(INNER_RING);
  }

  @Test
  void aBearingThatCannotBeIsRefused() {
    assertThatThrownBy(() -> new Bearing(1, 1, 2, 0)).hasMessageContaining("1 balls");
    assertThatThrownBy(() -> new Bearing(8, 3, 2, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Bearing(8, 1, 2, 90)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Map<Bearing.Part, Bearing.Finding> search(Burst burst) {
    return MFPT.search(Spectrum.of(Envelope.of(burst, new Band(2000, 4000))), 25);
  }

  private static Burst burst(DoubleUnaryOperator gravities) {
    double[] values = new double[1 << 16];
    for (int i = 0; i < values.length; i++) {
      values[i] = gravities.applyAsDouble(i / 12_000.0);
    }
    return Burst.ofGravities(values, 12_000);
  }
}
