package fr.vigie.agent.driver.modbus;

import fr.vigie.agent.bus.modbus.Answer;
import fr.vigie.agent.bus.modbus.Modbus;
import fr.vigie.agent.driver.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How a device answers, and how busy the way to it is with all that hang on it. For one thread. */
final class ModbusLoad {
  private static final long LONGEST = TimeUnit.MINUTES.toNanos(1);
  private static final double MILLI = 1e6;
  private static final int FULL_PERCENT = 80;
  private static final double SLOW = 0.8;

  private final String way;
  private final Duration timeout;
  private final LongSupplier monotonic;
  private long questions;
  private long silences;
  private long answers;
  private long sum;
  private long slowest;
  private long since;
  private Modbus.Use before;

  ModbusLoad(String way, Modbus.Use before, Duration timeout, LongSupplier monotonic) {
    this.way = way;
    this.before = before;
    this.timeout = timeout;
    this.monotonic = monotonic;
    this.since = monotonic.getAsLong();
  }

  /** Takes what became of a question, at once. */
  void count(Answer answer) {
    questions++;
    if (answer instanceof Answer.Data data) {
      long took = monotonic.getAsLong() - data.asked();
      answers++;
      sum += took;
      slowest = Math.max(slowest, took);
    } else if (answer instanceof Answer.Silence) {
      silences++;
    }
  }

  /** Of the device since it was opened, and of the way in the last minute at most. */
  List<Finding> findings(Modbus.Use use) {
    List<Finding> findings = new ArrayList<>();
    if (answers > 0) {
      findings.add(answering());
    }
    if (silences > 0) {
      findings.add(
          Finding.look(
              String.format(
                  Locale.ROOT,
                  "%,d of %,d questions were not answered within %d ms; on %s %,d answers came too"
                      + " late: %s",
                  silences,
                  questions,
                  timeout.toMillis(),
                  way,
                  use.late(),
                  use.late() > 0
                      ? "raise `timeout`, or ask for less at once"
                      : "look at cable, termination and supply")));
    }
    findings.add(occupancy(use));
    return findings;
  }

  private Finding answering() {
    String words =
        String.format(
            Locale.ROOT,
            "answers took %.0f ms on average and %.0f ms at most, with the time on the wire; the"
                + " timeout is %d ms",
            sum / MILLI / answers,
            slowest / MILLI,
            timeout.toMillis());
    return slowest < SLOW * timeout.toNanos()
        ? Finding.fine(words)
        : Finding.look(words + ": raise `timeout`");
  }

  private Finding occupancy(Modbus.Use use) {
    long nanos = Math.max(1, monotonic.getAsLong() - since);
    long percent = Math.round(100.0 * (use.busyNanos() - before.busyNanos()) / nanos);
    String words =
        String.format(Locale.ROOT, "%s was busy for %d %% of %.0f s", way, percent, nanos / 1e9);
    if (nanos >= LONGEST) {
      since = monotonic.getAsLong();
      before = use;
    }
    return percent < FULL_PERCENT
        ? Finding.fine(words)
        : Finding.look(
            words + ", and answers wait for each other: raise `every` or the speed of the line");
  }
}
