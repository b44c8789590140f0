package fr.vigie.agent.driver.line;

import fr.vigie.agent.bus.Framing;
import fr.vigie.agent.driver.DriverContext;
import fr.vigie.agent.driver.DriverCounters;
import fr.vigie.agent.driver.Finding;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How much of what a serial line can carry its device sends. For one thread. */
final class LineLoad {
  private static final long LONGEST = TimeUnit.MINUTES.toNanos(1);
  private static final long SHORTEST = TimeUnit.SECONDS.toNanos(1);
  private static final int FULL_PERCENT = 80;

  private final String line;
  private final double bytesPerSecond;
  private final LongSupplier monotonic;
  private final DriverCounters counters;
  private long since;
  private long bytes;
  private long goodBefore;

  LineLoad(int baud, Framing framing, DriverContext context) {
    this.line = baud + " " + framing;
    this.bytesPerSecond = (double) baud / framing.bits();
    this.monotonic = context.monotonic();
    this.counters = context.counters();
    restart();
  }

  private void restart() {
    since = monotonic.getAsLong();
    bytes = 0;
    goodBefore = good();
  }

  private long good() {
    return counters.read() - counters.rejected();
  }

  void count(int more) {
    bytes += more;
  }

  /** Of the last minute at most, and begins anew after one. */
  Finding finding() {
    long nanos = Math.max(SHORTEST, monotonic.getAsLong() - since);
    double seconds = nanos / 1e9;
    double rate = bytes / seconds;
    long percent = Math.round(100 * rate / bytesPerSecond);
    String words =
        String.format(
            Locale.ROOT,
            "%.0f bytes/s over %.0f s, %d %% of what %s carries",
            rate,
            seconds,
            percent,
            line);
    boolean nothingWhole = bytes > 0 && good() <= goodBefore;
    if (nanos >= LONGEST) {
      restart();
    }
    if (nothingWhole) {
      return Finding.look(
          words
              + ", and nothing good among them: do baud rate and framing agree with the device's,"
              + " and does what it sends end as it should?");
    }
    return percent < FULL_PERCENT
        ? Finding.fine(words)
        : Finding.look(
            words + ": raise the baud rate on both sides, or let the device send less often");
  }
}
