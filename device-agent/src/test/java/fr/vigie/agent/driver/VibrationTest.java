package fr.vigie.agent.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class VibrationTest {
  private static Burst sine(double g, double hertz, double rate, int samples) {
    Burst burst = new Burst(rate, samples);
    for (int i = 0; i < samples; i++) {
      burst.add(1 + g * Math.sin(2 * Math.PI * hertz * i / rate));
    }
    return burst;
  }

  @Test
  void rmsAndPeakAreAroundGravityAndInMetresPerSecondSquared() {
    Burst burst = sine(0.5, 100, 3200, 3200);

    assertThat(burst.mean()).isEqualTo(9.80665, within(1e-6));
    assertThat(burst.rms()).isEqualTo(0.5 * 9.80665 / Math.sqrt(2), within(1e-6));
    assertThat(burst.peak()).isEqualTo(0.5 * 9.80665, within(1e-6));
  }

  @Test
  void aBurstIsFullAfterItsSamplesAndCanBeTakenAnew() {
    Burst burst = sine(0.5, 100, 800, 64);
    assertThat(burst.isFull()).isTrue();

    burst.clear();

    assertThat(burst.room()).isEqualTo(64);
    assertThat(burst.hertz()).isEqualTo(800);
  }
}
