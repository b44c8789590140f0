package fr.vigie.bench;

import fr.vigie.condition.Bearing;
import fr.vigie.statistics.Band;
import fr.vigie.statistics.Burst;
import fr.vigie.statistics.Envelope;
import fr.vigie.statistics.Spectrum;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Random;

/**
 * All that is told of one long burst of vibration: crest, kurtosis, velocity from 10 to 1000 Hz,
 * the envelope of a resonance, and a bearing's frequencies in it.
 */
public final class VibrationBench {
  private static final int SAMPLES = 153_000;
  private static final double HERTZ = 25_600;
  private static final double STRIKES = 80.2;
  private static final int ROUNDS = 31;
  private static final Bearing BEARING = new Bearing(8, 0.235, 1.245, 0);

  private VibrationBench() {}

  public static void main(String[] arguments) {
    double[] gravities = gravities();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    double[] millis = new double[ROUNDS];
    double[] busy = new double[ROUNDS];
    double first = 0;
    double velocity = 0;
    boolean found = false;
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      long busyAtStart = threads.getCurrentThreadCpuTime();
      Burst burst = Burst.ofGravities(gravities, HERTZ);
      double crest = burst.crest().orElse(0) + burst.kurtosis().orElse(0);
      velocity = Spectrum.of(burst).velocity(Band.BROAD).orElseThrow().millimetersPerSecond();
      Spectrum envelope = Spectrum.of(Envelope.of(burst, new Band(2_000, 4_000)));
      found =
          BEARING.search(envelope, 25).values().stream().anyMatch(Bearing.Finding::standsOut)
              && crest > 0;
      millis[i] = (System.nanoTime() - start) / 1e6;
      busy[i] = (threads.getCurrentThreadCpuTime() - busyAtStart) / 1e6;
      first = i == 0 ? millis[0] : first;
    }
    Arrays.sort(millis);
    Arrays.sort(busy);
    System.out.printf(
        "%d samples: first %.0f ms, median %.0f ms (%.0f ms of processor time), slowest %.0f ms of %d;"
            + " %.3f mm/s, %s%n",
        SAMPLES,
        first,
        millis[ROUNDS / 2],
        busy[ROUNDS / 2],
        millis[ROUNDS - 1],
        ROUNDS,
        velocity,
        found ? "the flaw of the bearing stands out" : "no flaw found");
  }

  private static double[] gravities() {
    Random random = new Random(2026);
    double[] gravities = new double[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      double at = i / HERTZ;
      double since = at % (1 / STRIKES);
      gravities[i] =
          0.1 * Math.sin(2 * Math.PI * 25 * at)
              + Math.exp(-600 * since) * Math.sin(2 * Math.PI * 3_000 * since)
              + 0.05 * random.nextGaussian();
    }
    return gravities;
  }
}
