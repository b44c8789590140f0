package fr.vigie.statistics;

import java.util.Arrays;

/**
 * How strongly a band of high frequencies sounds over time. Each turn of a damaged bearing strikes
 * a resonance; the strikes stand in the {@linkplain Spectrum spectrum} of the envelope at the
 * bearing's own frequencies, where the spectrum of the vibration itself shows nothing.
 */
public final class Envelope {
  private Envelope() {}

  /**
   * The magnitude of the analytic signal of the band: band-pass and Hilbert transform in one, by
   * leaving out all other frequencies and all negative ones.
   */
  public static Burst of(Burst burst, Band band) {
    int size = Fft.size(burst.size());
    double[] real = new double[size];
    double[] imaginary = new double[size];
    double[] flat = new double[burst.size()];
    Arrays.fill(flat, 1);
    burst.copy(flat, real);
    Fft.forward(real, imaginary);
    double step = burst.hertz() / size;
    for (int i = 0; i < size; i++) {
      boolean inside = i > 0 && i < size / 2 && i * step >= band.low() && i * step <= band.high();
      real[i] *= inside ? 2 : 0;
      imaginary[i] *= inside ? 2 : 0;
    }
    Fft.inverse(real, imaginary);
    double[] magnitudes = new double[burst.size()];
    for (int i = 0; i < magnitudes.length; i++) {
      magnitudes[i] = Math.hypot(real[i], imaginary[i]);
    }
    return new Burst(magnitudes, burst.hertz());
  }
}
