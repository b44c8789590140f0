package fr.vigie.bench;

import fr.vigie.column.Column;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.IncomingBatch.Part;
import fr.vigie.server.store.IncomingBatch.Source;
import fr.vigie.server.store.Series;
import fr.vigie.signal.Quality;
import fr.vigie.time.Nanos;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * An agent that reads ten machines ten times a second: of each a state, a counter, a temperature in
 * steps of 0.1, a current in steps of 0.01, a speed that is held, and pure noise.
 */
final class MixedSeries {
  static final int SERIES_OF_A_MACHINE = 6;
  private static final int MACHINES = 10;
  private static final long PERIOD = 100_000_000L;
  private static final String[] STATES = {"ACTIVE", "READY", "STOPPED", "FEED_HOLD"};

  private final Source source;
  private final Series[] series = new Series[MACHINES * SERIES_OF_A_MACHINE];
  private final double[] last = new double[series.length];
  private final Random random;
  private long nanos = Nanos.of(Instant.parse("2026-11-02T00:00:00Z"));
  private long sequence;

  MixedSeries(int agent) {
    source = new Source("lyon", "board-" + agent);
    random = new Random(agent);
    for (int i = 0; i < series.length; i++) {
      series[i] = new Series("lyon", "m-" + agent + "-" + i / 6, "s-" + i % SERIES_OF_A_MACHINE);
    }
  }

  Source source() {
    return source;
  }

  Series series(int index) {
    return series[index];
  }

  Instant now() {
    return Nanos.instant(nanos);
  }

  /** The next batch, with about so many samples. */
  IncomingBatch next(int samples) {
    int each = Math.max(1, samples / series.length);
    List<Part> parts = new ArrayList<>(series.length);
    for (int i = 0; i < series.length; i++) {
      Column.Builder column = i % SERIES_OF_A_MACHINE == 0 ? Column.texts() : Column.numbers();
      for (int n = 0; n < each; n++) {
        add(column, i, nanos + n * PERIOD);
      }
      parts.add(new Part(series[i], column.build()));
    }
    nanos += each * PERIOD;
    sequence++;
    return new IncomingBatch(source, 1, sequence, 0, parts, List.of());
  }

  private void add(Column.Builder column, int index, long time) {
    double value = last[index];
    switch (index % SERIES_OF_A_MACHINE) {
      case 0 -> value = random.nextInt(600) == 0 ? random.nextInt(STATES.length) : value;
      case 1 -> value += random.nextInt(20) == 0 ? 1 : 0;
      case 2 -> value = Math.rint(value * 10 + random.nextGaussian() * 0.6) / 10;
      case 3 -> value = Math.rint(value * 100 + random.nextGaussian() * 8) / 100;
      case 4 -> value = random.nextInt(300) == 0 ? random.nextInt(40) * 50 : value;
      default -> value = random.nextGaussian();
    }
    last[index] = value;
    if (index % SERIES_OF_A_MACHINE == 0) {
      column.add(time, STATES[(int) value], Quality.GOOD);
    } else {
      column.add(time, value, Quality.GOOD);
    }
  }
}
