package fr.vigie.statistics;

import java.util.Arrays;
import java.util.Optional;

/**
 * The mean squares of a burst by frequency. The mean is taken off, a Hann window weighs the rest,
 * and what the window takes away is given back by its own mean square (Parseval), so that the bands
 * add up to the square of {@link Burst#rms()}.
 */
public final class Spectrum {
  private static final double MILLIMETERS = 1000;

  private final Burst burst;
  private final double[] squares;
  private final double step;

  private Spectrum(Burst burst, double[] squares, double step) {
    this.burst = burst;
    this.squares = squares;
    this.step = step;
  }

  /** A frequency that stands out, and the amplitude (not the RMS) that it has. */
  public record Line(double hertz, double metersPerSecondSquared) {}

  public static Spectrum of(Burst burst) {
    int size = Fft.size(burst.size());
    double[] real = new double[size];
    double[] imaginary = new double[size];
    double[] window = hann(burst.size());
    burst.copy(window, real);
    Fft.forward(real, imaginary);
    double weight = size * Arrays.stream(window).map(each -> each * each).sum();
    double[] squares = new double[size / 2 + 1];
    for (int i = 0; i < squares.length; i++) {
      double sides = i == 0 || i == size / 2 ? 1 : 2;
      squares[i] = sides * (real[i] * real[i] + imaginary[i] * imaginary[i]) / weight;
    }
    return new Spectrum(burst, squares, burst.hertz() / size);
  }

  private static double[] hann(int size) {
    double[] window = new double[size];
    for (int i = 0; i < size; i++) {
      window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / size);
    }
    return window;
  }

  /**
   * The RMS of acceleration in a band, in m/s². Frequencies of which the burst cannot tell count
   * nothing: {@link Band#within}.
   */
  public double rms(Band band) {
    double sum = 0;
    for (int i = first(band.low()); i <= last(band.high()); i++) {
      sum += squares[i];
    }
    return Math.sqrt(sum);
  }

  /**
   * The RMS of velocity in the part of a band of which the burst can tell.
   *
   * @param band what it covers, to be named with the figure when it is not all that was asked for
   */
  public record Velocity(double millimetersPerSecond, Band band) {}

  /** Velocity by integration of every frequency; empty when the burst tells of none of the band. */
  public Optional<Velocity> velocity(Band band) {
    return band.within(burst).map(this::integrate);
  }

  private Velocity integrate(Band band) {
    double sum = 0;
    for (int i = first(band.low()); i <= last(band.high()); i++) {
      double angular = 2 * Math.PI * i * step;
      sum += squares[i] / (angular * angular);
    }
    return new Velocity(MILLIMETERS * Math.sqrt(sum), band);
  }

  /**
   * The strongest frequency of a band: where the energy about it lies, and the amplitude of a sine
   * with that energy; empty when the band lies between two frequencies of the transform.
   */
  public Optional<Line> strongest(Band band) {
    int top = -1;
    for (int i = first(band.low()); i <= last(band.high()); i++) {
      if (top < 0 || squares[i] > squares[top]) {
        top = i;
      }
    }
    return top < 0 ? Optional.empty() : Optional.of(line(top));
  }

  /** A Hann window spreads a sine over two resolutions of the burst to either side. */
  private Line line(int top) {
    int lobe = (int) Math.ceil(2 * burst.hertz() / burst.size() / step);
    double sum = 0;
    double moment = 0;
    for (int i = Math.max(1, top - lobe); i <= Math.min(squares.length - 1, top + lobe); i++) {
      sum += squares[i];
      moment += squares[i] * i * step;
    }
    return new Line(sum == 0 ? top * step : moment / sum, Math.sqrt(2 * sum));
  }

  private int first(double low) {
    return (int) Math.max(1, Math.ceil(low / step));
  }

  private int last(double high) {
    return (int) Math.min(squares.length - 1, Math.floor(high / step));
  }
}
