package fr.vigie.agent;

import fr.vigie.link.Courier;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import fr.vigie.signal.Value;
import fr.vigie.time.Span;
import fr.vigie.wire.Birth;
import fr.vigie.wire.Loss;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signals of the program around the agent, and what it gave of them and the courier has not
 * taken yet. Safe for use by several threads; only {@link #step} waits for the disk.
 */
final class OwnSignals {
  /** Under which name among the sensors they stand in a birth. */
  static final String SENSOR = "program";

  static final int MOST_WAITING = 10_000;
  private static final Logger LOG = LoggerFactory.getLogger(OwnSignals.class);

  private final InstantSource clock;
  private final Runnable many;
  private final Map<String, Signal> known = new HashMap<>();
  private final Map<String, OwnSignal> own = new HashMap<>();
  private List<Signal> fresh = new ArrayList<>();
  private List<Given> waiting = new ArrayList<>();
  private Optional<Loss> overflow = Optional.empty();
  private boolean closed;
  private String problem = "";

  private record Given(Signal signal, Sample sample) {}

  private record Taken(List<Signal> fresh, List<Given> given, Optional<Loss> overflow) {}

  /**
   * @param others the signals that the agent gives itself
   * @param many called by any thread when so much waits that a step is due
   */
  OwnSignals(Collection<Signal> others, InstantSource clock, Runnable many) {
    this.clock = clock;
    this.many = many;
    others.forEach(signal -> known.put(name(signal), signal));
  }

  Instant now() {
    return clock.instant();
  }

  /**
   * @throws IllegalArgumentException when a sensor gives it, or it was asked for with another kind
   *     or unit, or there are too many
   */
  synchronized OwnSignal signal(Signal signal) {
    String name = name(signal);
    Signal before = known.putIfAbsent(name, signal);
    if (before == null && known.size() > Birth.MOST_SIGNALS) {
      known.remove(name);
      throw new IllegalArgumentException(
          "an agent gives at most " + Birth.MOST_SIGNALS + " signals, no room for " + name);
    }
    if (before == null) {
      fresh.add(signal);
      own.put(name, new OwnSignal(signal, this));
    }
    OwnSignal given = own.get(name);
    if (given == null) {
      throw new IllegalArgumentException(name + " is given by the agent or one of its sensors");
    }
    if (!given.signal().equals(signal)) {
      throw new IllegalArgumentException(
          name + ": found " + signal + ", wanted it as it was: " + given.signal());
    }
    return given;
  }

  private static String name(Signal signal) {
    return signal.machine() + '/' + signal.name();
  }

  void give(Signal signal, Sample sample) {
    boolean fits =
        sample.value() instanceof Value.Missing
            || sample.value() instanceof Value.Text == signal.kind().isText();
    if (!fits) {
      throw new IllegalArgumentException(
          name(signal) + " is a " + signal.kind() + " and cannot hold '" + sample.value() + "'");
    }
    synchronized (this) {
      if (closed) {
        return;
      }
      if (waiting.size() < MOST_WAITING) {
        waiting.add(new Given(signal, sample));
        if (waiting.size() == MOST_WAITING / 2) {
          many.run();
        }
      } else {
        overflow = Optional.of(longer(overflow, clock.instant()));
      }
    }
  }

  private static Loss longer(Optional<Loss> before, Instant now) {
    Instant first = before.map(loss -> loss.when().start()).orElse(now);
    long count = before.map(Loss::count).orElse(0L) + 1;
    Span when = new Span(first, now.isBefore(first) ? first : now);
    return new Loss(SENSOR, when, count, Loss.Reason.HEAD_FULL);
  }

  private static Loss joined(Loss before, Optional<Loss> after) {
    Span when = new Span(before.when().start(), after.orElse(before).when().end());
    long count = before.count() + after.map(Loss::count).orElse(0L);
    return new Loss(SENSOR, when, count, Loss.Reason.HEAD_FULL);
  }

  /** Hands to the courier what was given since the last time. For one thread. */
  void step(Courier courier) {
    Taken taken = take();
    try {
      if (!taken.fresh.isEmpty()) {
        courier.describe(SENSOR, taken.fresh);
      }
      problem = "";
    } catch (IOException e) {
      putBack(taken);
      String why = "signals of the program cannot be described, what it gives waits: " + e;
      if (!why.equals(problem)) {
        LOG.warn(why);
      }
      problem = why;
      return;
    }
    for (Given given : taken.given) {
      courier.accept(given.signal, given.sample);
    }
    taken.overflow.ifPresent(courier::lost);
    if (!taken.given.isEmpty()) {
      courier.handedOver();
    }
  }

  /** The last step: what is given from now on is left out, and what cannot leave is declared. */
  void stop(Courier courier) {
    synchronized (this) {
      closed = true;
    }
    step(courier);
    Taken left = take();
    if (!left.given.isEmpty()) {
      Instant now = clock.instant();
      courier.lost(new Loss(SENSOR, new Span(now, now), left.given.size(), Loss.Reason.HEAD_FULL));
    }
  }

  private synchronized Taken take() {
    Taken taken = new Taken(fresh, waiting, overflow);
    fresh = new ArrayList<>();
    waiting = new ArrayList<>();
    overflow = Optional.empty();
    return taken;
  }

  private synchronized void putBack(Taken taken) {
    taken.fresh.addAll(fresh);
    taken.given.addAll(waiting);
    fresh = taken.fresh;
    waiting = taken.given;
    overflow = taken.overflow.map(before -> joined(before, overflow)).or(() -> overflow);
  }
}
