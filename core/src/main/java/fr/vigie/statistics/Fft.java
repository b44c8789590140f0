package fr.vigie.statistics;

/** The discrete Fourier transform of a power of two of complex numbers, in place. */
final class Fft {
  private Fft() {}

  static int size(int atLeast) {
    int size = Integer.highestOneBit(atLeast);
    return size == atLeast ? size : size << 1;
  }

  static void forward(double[] real, double[] imaginary) {
    int size = real.length;
    if (Integer.bitCount(size) != 1 || imaginary.length != size) {
      throw new IllegalArgumentException("not a power of two: " + size);
    }
    int shift = 32 - Integer.numberOfTrailingZeros(size);
    for (int i = 1; i < size; i++) {
      int j = Integer.reverse(i) >>> shift;
      if (j > i) {
        swap(real, i, j);
        swap(imaginary, i, j);
      }
    }
    double[] cosines = new double[size / 2];
    double[] sines = new double[size / 2];
    for (int i = 0; i < size / 2; i++) {
      cosines[i] = Math.cos(2 * Math.PI * i / size);
      sines[i] = -Math.sin(2 * Math.PI * i / size);
    }
    for (int half = 1; half < size; half <<= 1) {
      int stride = size / (2 * half);
      for (int start = 0; start < size; start += 2 * half) {
        for (int k = 0; k < half; k++) {
          int upper = start + k;
          int lower = upper + half;
          double cosine = cosines[k * stride];
          double sine = sines[k * stride];
          double turnedReal = real[lower] * cosine - imaginary[lower] * sine;
          double turnedImaginary = real[lower] * sine + imaginary[lower] * cosine;
          real[lower] = real[upper] - turnedReal;
          imaginary[lower] = imaginary[upper] - turnedImaginary;
          real[upper] += turnedReal;
          imaginary[upper] += turnedImaginary;
        }
      }
    }
  }

  /** Undoes {@link #forward}. */
  static void inverse(double[] real, double[] imaginary) {
    forward(imaginary, real);
    for (int i = 0; i < real.length; i++) {
      real[i] /= real.length;
      imaginary[i] /= real.length;
    }
  }

  private static void swap(double[] values, int i, int j) {
    double value = values[i];
    values[i] = values[j];
    values[j] = value;
  }
}
