package fr.vigie.agent.refine;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.signal.Quality;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeadbandTest {
  private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");

  @Test
  void theFirstSampleAndEveryChangeBeyondTheBandPass() {
    Deadband band = new Deadband(0.5, Optional.empty());

    assertThat(band.passes(at(0, 20.0))).isTrue();
    assertThat(band.passes(at(1, 20.5))).isFalse();
    assertThat(band.passes(at(2, 20.51))).isTrue();
    assertThat(band.passes(at(3, 20.02))).isFalse();
    assertThat(band.passes(at(4, 20.0))).isTrue();
  }

  @Test
  void aSlowDriftPassesAlthoughNoStepIsBeyondTheBand() {
    Deadband band = new Deadband(0.5, Optional.empty());
    band.passes(at(0, 20.0));

    int passed = 0;
    for (int i = 1; i <= 100; i++) {
      passed += band.passes(at(i, 20.0 + i * 0.1)) ? 1 : 0;
    }

    assertThat(passed).isBetween(15, 20);
  }

  @Test
  void changesOfQualityPassBothWays() {
    Deadband band = new Deadband(5, Optional.empty());
    band.passes(at(0, 20.0));

    assertThat(band.passes(Sample.missing(START.plusSeconds(1)))).isTrue();
    assertThat(band.passes(Sample.missing(START.plusSeconds(2)))).isFalse();
    assertThat(band.passes(at(3, 20.0))).isTrue();
    assertThat(band.passes(new Sample(START.plusSeconds(4), Value.of(20.0), Quality.UNCERTAIN)))
        .isTrue();
  }

  @Test
  void aRepeatedTextIsHeldBackAndAChangedOnePasses() {
    Deadband band = new Deadband(0, Optional.empty());

    assertThat(band.passes(Sample.good(START, "RUN"))).isTrue();
    assertThat(band.passes(Sample.good(START.plusSeconds(1), "RUN"))).isFalse();
    assertThat(band.passes(Sample.good(START.plusSeconds(2), "STOP"))).isTrue();
  }

  @Test
  void nothingIsSilentForLongerThanConfiguredWhileSamplesCome() {
    Deadband band = new Deadband(5, Optional.of(Duration.ofSeconds(60)));
    band.passes(at(0, 20.0));

    assertThat(band.passes(at(59, 20.0))).isFalse();
    assertThat(band.passes(at(60, 20.0))).isTrue();
    assertThat(band.passes(at(119, 20.0))).isFalse();
  }

  @Test
  void aClockThatIsSetBackDoesNotSilenceTheSignal() {
    Deadband band = new Deadband(5, Optional.of(Duration.ofSeconds(60)));
    band.passes(at(100_000, 20.0));

    assertThat(band.passes(at(0, 20.0))).isTrue();
    assertThat(band.passes(at(60, 20.0))).isTrue();
  }

  @Test
  void whatIsHeldBackIsNeverFurtherFromWhatPassedThanTheBand() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Deadband band = new Deadband(0.3, Optional.of(Duration.ofSeconds(20)));
    double value = 0;
    double passed = Double.NaN;
    for (int i = 0; i < 10_000; i++) {
      value += random.nextGaussian() * 0.2;
      if (band.passes(at(i, value))) {
        passed = value;
      } else {
        assertThat(Math.abs(value - passed)).as("seed " + seed).isLessThanOrEqualTo(0.3);
      }
    }
  }

  private static Sample at(long seconds, double number) {
    return Sample.good(START.plusSeconds(seconds), number);
  }
}
