package fr.vigie.agent;

import fr.vigie.time.Span;
import fr.vigie.wire.Loss;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Declares when one device was away: gone, or silent for longer than it ever is. However long an
 * outage lasts and however often the device comes and goes, declarations are few: at most one a
 * minute after the first, and ever longer pieces of a long outage, so that a power cut hides no
 * more than the last piece. Outages that end before the next declaration is due are told as one.
 * Times are the device's own where its samples carry it. For one thread.
 */
final class Outages {
  private static final long GRACE = Duration.ofSeconds(10).toNanos();
  private static final long BETWEEN = Duration.ofMinutes(1).toNanos();
  private static final long LONGEST_PIECE = Duration.ofMinutes(30).toNanos();

  private final String sensor;
  private final Optional<Duration> heartbeat;
  private final Consumer<Loss> sink;
  private Instant heardAt;
  private long heardNanos;
  private Optional<Long> opened = Optional.empty();
  private boolean starting = true;
  private boolean away = true;
  private boolean owed;
  private Instant from;
  private Instant back;
  private long due;
  private long declared;
  private long piece = BETWEEN;

  /**
   * Away from now on, until it is heard; a start within ten seconds is no outage.
   *
   * @param heartbeat how often the device speaks at the least, when that is known
   * @param nanos monotonic, as in every other call
   */
  Outages(
      String sensor, Optional<Duration> heartbeat, Consumer<Loss> sink, Instant now, long nanos) {
    this.sensor = sensor;
    this.heartbeat = heartbeat;
    this.sink = sink;
    this.heardAt = now;
    this.heardNanos = nanos;
    this.from = now;
    this.back = now;
    this.due = nanos + GRACE;
    this.declared = nanos - BETWEEN;
  }

  /** The device can be read; it is back when it speaks. */
  void opened(long nanos) {
    opened = Optional.of(nanos);
  }

  /** The device cannot be read. */
  void failed(long nanos) {
    opened = Optional.empty();
    leave(at(nanos), nanos);
  }

  /**
   * The device spoke.
   *
   * @param time of the last sample that it gave meanwhile, if it gave one
   */
  void heard(Optional<Instant> time, long nanos) {
    Instant now = time.orElseGet(() -> at(nanos));
    arrive(now, nanos);
    heardAt = now;
    heardNanos = nanos;
  }

  /** Time passes: declares what is due. */
  void step(long nanos) {
    boolean quiet = away && opened.isPresent() && heartbeat.isEmpty();
    if (quiet && nanos - opened.get() >= GRACE) {
      arrive(at(opened.get()), nanos);
    } else if (heartbeat.isPresent() && nanos - heardNanos > heartbeat.get().toNanos()) {
      leave(heardAt, nanos);
    }
    if ((away || owed) && nanos - due >= (quiet ? GRACE : 0)) {
      declare(nanos);
    }
  }

  /** Declares what is still to be told. */
  void stop(long nanos) {
    if (away || owed) {
      declare(nanos);
    }
  }

  /** Whether it can be read, and says nothing for longer than it ever does. */
  boolean isSilent() {
    return away && !starting && opened.isPresent() && heartbeat.isPresent();
  }

  private void leave(Instant since, long nanos) {
    if (!away) {
      from = owed ? from : since;
      away = true;
      piece = BETWEEN;
      due = Math.max(nanos + GRACE, declared + BETWEEN);
    }
  }

  private void arrive(Instant at, long nanos) {
    if (away) {
      away = false;
      back = at.isBefore(from) ? from : at;
      owed = !starting;
      due = declared + BETWEEN;
    }
    starting = false;
    if (owed && nanos - due >= 0) {
      declare(nanos);
    }
  }

  private void declare(long nanos) {
    Instant to = away ? at(nanos) : back;
    Loss.Reason reason = away ? Loss.Reason.DEVICE_OFFLINE : Loss.Reason.DEVICE_BACK;
    Instant end = to.isBefore(from) ? from : to;
    sink.accept(new Loss(sensor, new Span(from, end), -1, reason));
    from = end;
    owed = false;
    starting = false;
    declared = nanos;
    due = nanos + piece;
    piece = Math.min(2 * piece, LONGEST_PIECE);
  }

  /** The device's time now, from the last time that it told. */
  private Instant at(long nanos) {
    return heardAt.plusNanos(nanos - heardNanos);
  }
}
