package fr.vigie.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.zip.GZIPInputStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class VibrationTest {
  private static final Path FAN =
      Path.of("..", "..", "shared", "data", "uci-fan-accelerometer", "accelerometer.csv.gz");

  @Test
  void theVelocityOfASineIsItsAccelerationOverItsAngularFrequency() {
    assertThat(velocity(sine(1, 100), Band.BROAD).millimetersPerSecond())
        .isCloseTo(11.036359, Percentage.withPercentage(0.2));
    double tenth = 0.1 * Math.sqrt(2);
    assertThat(velocity(sine(tenth, 25), Band.BROAD).millimetersPerSecond())
        .isCloseTo(6.24311, Percentage.withPercentage(0.2));
  }

  @Test
  void gravityAndFrequenciesOutsideTheBandAreNoVibration() {
    Burst burst = burst(3200, 4096, at -> 1 + Math.sin(2 * Math.PI * 100 * at) + Math.sin(8 * at));

    assertThat(velocity(burst, Band.BROAD).millimetersPerSecond())
        .isCloseTo(11.036359, Percentage.withPercentage(0.5));
  }

  @Test
  void aSensorThatIsTooSlowSaysWhichPartOfTheBandItCovers() {
    Burst slow = burst(1000, 2048, at -> Math.sin(2 * Math.PI * 100 * at));

    assertThat(velocity(slow, Band.BROAD).band()).hasToString("10-390.6 Hz");
    assertThat(velocity(sine(1, 100), Band.BROAD).band()).isEqualTo(Band.BROAD);
    Burst slower = burst(50, 512, at -> Math.sin(2 * Math.PI * 12 * at));
    assertThat(velocity(slower, Band.BROAD).band()).hasToString("10-19.5 Hz");
    assertThat(Spectrum.of(burst(20, 512, Math::sin)).velocity(Band.BROAD)).isEmpty();
  }

  @Test
  void aSineHasTheCrestAndKurtosisOfTheBooks() {
    Burst sine = burst(3200, 3200, at -> 3 + 2 * Math.sin(2 * Math.PI * 50 * at));

    assertThat(sine.mean()).isCloseTo(gravities(3), within(1e-9));
    assertThat(sine.rms()).isCloseTo(gravities(Math.sqrt(2)), within(1e-9));
    assertThat(sine.peak()).isCloseTo(gravities(2), within(1e-9));
    assertThat(sine.crest().orElseThrow()).isCloseTo(Math.sqrt(2), within(1e-9));
    assertThat(sine.kurtosis().orElseThrow()).isCloseTo(1.5, within(1e-9));
  }

  @Test
  void aStandstillHasNeitherCrestNorKurtosis() {
    Burst still = burst(100, 64, at -> 1);

    assertThat(still.rms()).isZero();
    assertThat(still.crest()).isEmpty();
    assertThat(still.kurtosis()).isEmpty();
    assertThat(velocity(still, new Band(10, 20)).millimetersPerSecond()).isZero();
  }

  @Test
  void noiseHasAKurtosisOfThreeAndBandsThatAddUpToAllOfIt() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Burst noise = burst(3200, 1 << 15, at -> random.nextGaussian());
    Spectrum spectrum = Spectrum.of(noise);

    assertThat(noise.kurtosis().orElseThrow()).as("seed " + seed).isCloseTo(3, within(0.3));
    double low = spectrum.rms(new Band(0.01, 400));
    double high = spectrum.rms(new Band(400.01, 1600));
    assertThat(Math.hypot(low, high))
        .as("seed " + seed)
        .isCloseTo(noise.rms(), Percentage.withPercentage(3));
    assertThat(low * low / (high * high))
        .as("white noise has a third in 400 of 1600 Hz, seed " + seed)
        .isCloseTo(1.0 / 3, Percentage.withPercentage(10));
  }

  @Test
  void aSineBetweenTwoFrequenciesOfTheTransformHasItsFullAmplitude() {
    for (int length : new int[] {1000, 2048, 3000, 4096}) {
      for (double hertz : new double[] {50.3, 119.81, 401.7}) {
        Burst burst = burst(3200, length, at -> 0.7 * Math.sin(2 * Math.PI * hertz * at + 1));

        Spectrum.Line line =
            Spectrum.of(burst).strongest(new Band(hertz * 0.9, hertz * 1.1)).orElseThrow();

        assertThat(line.hertz()).as("%s of %s", hertz, length).isCloseTo(hertz, within(0.2));
        assertThat(line.metersPerSecondSquared())
            .as("%s of %s", hertz, length)
            .isCloseTo(gravities(0.7), Percentage.withPercentage(1));
      }
    }
  }

  @Test
  void theStrikesOfABearingStandInTheEnvelopeAndNotInTheVibration() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    double strikes = 81.1245;
    Burst burst =
        burst(
            12_000,
            1 << 14,
            at -> {
              double since = at % (1 / strikes);
              return Math.exp(-600 * since) * Math.sin(2 * Math.PI * 3000 * since)
                  + 0.05 * random.nextGaussian();
            });
    Band near = new Band(strikes * 0.98, strikes * 1.02);

    Spectrum envelope = Spectrum.of(Envelope.of(burst, new Band(2000, 4000)));

    Spectrum.Line line = envelope.strongest(near).orElseThrow();
    assertThat(line.hertz()).as("seed " + seed).isCloseTo(strikes, within(0.3));
    double vibration = Spectrum.of(burst).strongest(near).orElseThrow().metersPerSecondSquared();
    assertThat(line.metersPerSecondSquared()).as("seed " + seed).isGreaterThan(10 * vibration);
    assertThat(burst.kurtosis().orElseThrow()).as("seed " + seed).isGreaterThan(5);
  }

  @Test
  void theEnvelopeOfAModulatedToneIsItsModulation() {
    Burst burst =
        burst(
            8000,
            8192,
            at ->
                (1 + 0.5 * Math.sin(2 * Math.PI * 31.25 * at)) * Math.sin(2 * Math.PI * 1000 * at));

    Burst envelope = Envelope.of(burst, new Band(800, 1200));

    assertThat(envelope.mean()).isCloseTo(gravities(1), Percentage.withPercentage(0.5));
    assertThat(envelope.peak()).isCloseTo(gravities(0.5), Percentage.withPercentage(2));
  }

  @Test
  void theTransformIsTheSumThatDefinesIt() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int size = 1; size <= 128; size <<= 1) {
      double[] real = random.doubles(size, -1, 1).toArray();
      double[] imaginary = random.doubles(size, -1, 1).toArray();
      double[] gotReal = real.clone();
      double[] gotImaginary = imaginary.clone();
      Fft.forward(gotReal, gotImaginary);
      for (int k = 0; k < size; k++) {
        double sumReal = 0;
        double sumImaginary = 0;
        for (int i = 0; i < size; i++) {
          double angle = -2 * Math.PI * k * i / size;
          sumReal += real[i] * Math.cos(angle) - imaginary[i] * Math.sin(angle);
          sumImaginary += real[i] * Math.sin(angle) + imaginary[i] * Math.cos(angle);
        }
        assertThat(gotReal[k]).as("seed " + seed).isCloseTo(sumReal, within(1e-9));
        assertThat(gotImaginary[k]).as("seed " + seed).isCloseTo(sumImaginary, within(1e-9));
      }
      Fft.inverse(gotReal, gotImaginary);
      assertThat(gotReal).as("seed " + seed).containsExactly(real, within(1e-12));
    }
  }

  @Test
  void aBurstRefusesWhatIsNone() {
    assertThatThrownBy(() -> new Burst(new double[15], 100)).hasMessageContaining("found 15");
    assertThatThrownBy(() -> new Burst(new double[16], 0)).hasMessageContaining("0.0 Hz");
    double[] broken = new double[16];
    broken[3] = Double.NaN;
    assertThatThrownBy(() -> new Burst(broken, 100)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new Band(20, 10)).hasMessageContaining("20.0 to 10.0");
  }

  @Test
  void aRealFanOutOfBalanceShakesAsItsPublishersSay() throws IOException {
    assumeTrue(Files.exists(FAN), () -> FAN + " is absent: the public data is not part of this");
    Map<String, double[]> bursts = fan();

    assertThat(fan(bursts, "1,85,x").rms()).isCloseTo(gravities(1.8469), within(gravities(1e-3)));
    assertThat(fan(bursts, "1,85,y").rms()).isCloseTo(gravities(1.6068), within(gravities(1e-3)));
    assertThat(fan(bursts, "3,85,x").rms()).isCloseTo(gravities(0.1261), within(gravities(1e-3)));
    assertThat(fan(bursts, "1,20,x").rms()).isCloseTo(gravities(0.0250), within(gravities(1e-3)));
    Spectrum.Velocity unbalanced = velocity(fan(bursts, "1,85,x"), Band.BROAD);
    Spectrum.Velocity balanced = velocity(fan(bursts, "3,85,x"), Band.BROAD);
    assertThat(unbalanced.band()).hasToString("10-19.5 Hz");
    assertThat(unbalanced.millimetersPerSecond())
        .isGreaterThan(5 * balanced.millimetersPerSecond());
  }

  private static Burst fan(Map<String, double[]> bursts, String key) {
    return Burst.ofGravities(Optional.ofNullable(bursts.get(key)).orElseThrow(), 50);
  }

  /** The axes of every run, as {@code configuration,speed,axis}, read at 50 Hz. */
  private static Map<String, double[]> fan() throws IOException {
    Map<String, double[]> runs = new HashMap<>();
    Map<String, Integer> sizes = new HashMap<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(FAN)), StandardCharsets.UTF_8))) {
      reader.readLine();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String[] cells = line.split(",");
        for (int axis = 0; axis < 3; axis++) {
          String run = cells[0] + ',' + cells[1] + ',' + "xyz".charAt(axis);
          int size = sizes.merge(run, 1, Integer::sum);
          runs.computeIfAbsent(run, first -> new double[3000])[size - 1] =
              Double.parseDouble(cells[2 + axis]);
        }
      }
    }
    runs.replaceAll((run, values) -> Arrays.copyOf(values, sizes.getOrDefault(run, 0)));
    return runs;
  }

  private static Spectrum.Velocity velocity(Burst burst, Band band) {
    return Spectrum.of(burst).velocity(band).orElseThrow();
  }

  private static Burst sine(double gravities, double hertz) {
    return burst(3200, 4096, at -> gravities * Math.sin(2 * Math.PI * hertz * at));
  }

  private static Burst burst(double rate, int size, DoubleUnaryOperator gravitiesAt) {
    double[] gravities = new double[size];
    for (int i = 0; i < size; i++) {
      gravities[i] = gravitiesAt.applyAsDouble(i / rate);
    }
    return Burst.ofGravities(gravities, rate);
  }

  private static double gravities(double gravities) {
    return gravities * 9.80665;
  }
}
