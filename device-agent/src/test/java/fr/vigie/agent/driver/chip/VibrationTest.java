package fr.vigie.agent.driver.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class VibrationTest {
  private static Axis sine(double g, double hertz, double rate, int samples) {
    Axis axis = new Axis(rate, samples);
    for (int i = 0; i < samples; i++) {
      axis.add(1 + g * Math.sin(2 * Math.PI * hertz * i / rate));
    }
    return axis;
  }

  @Test
  void rmsAndPeakAreAroundGravityAndInMetresPerSecondSquared() {
    Axis axis = sine(0.5, 100, 3200, 3200);

    assertThat(axis.burst().size()).isEqualTo(3200);
    assertThat(axis.burst().rms()).isEqualTo(0.5 * 9.80665 / Math.sqrt(2), within(1e-6));
    assertThat(axis.burst().peak()).isEqualTo(0.5 * 9.80665, within(1e-6));
  }

  @Test
  void aBurstIsFullAfterItsSamplesAndCanBeTakenAnew() {
    Axis axis = sine(0.5, 100, 800, 64);
    assertThat(axis.isFull()).isTrue();

    axis.clear();

    assertThat(axis.room()).isEqualTo(64);
  }
}
