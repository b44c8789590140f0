package fr.vigie.time;

import fr.vigie.time.ClockState.Source;
import fr.vigie.time.ClockState.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The time of one boot session: monotonic time, and where its zero lies once that is known.
 *
 * <p>Until then {@link #stamp()} gives moments of {@link BootTime}, which can be dated later. Once
 * known, the zero follows what it was learned from: by at most a thousandth of the time that
 * passes, so that dates of growing moments grow, or at once when it is off by {@link #STEP} or
 * more, which is an event. Safe for use by several threads.
 */
public final class SessionClock {
  /** A difference that is jumped over instead of being smoothed. */
  public static final Duration STEP = Duration.ofMillis(500);

  private static final long SLEW = 1_000;
  private static final long LONGEST_LOOK = Duration.ofMillis(2).toNanos();

  private final LongSupplier monotonic;
  private final InstantSource wall;
  private final long believed;
  private volatile Source source = Source.NONE;
  private long since;
  private long learned;
  private volatile Zero zero;
  private volatile Duration uncertainty = Duration.ZERO;
  private Optional<Duration> server = Optional.empty();
  private long steps;
  private Optional<Step> lastStep = Optional.empty();

  /** Where zero lies from a moment on: it moves from one place to another and stays there. */
  private record Line(long from, long zero, long target) {
    long zero(long moment) {
      long most = Math.max(0, moment - from) / SLEW;
      return zero + Math.max(-most, Math.min(most, target - zero));
    }
  }

  /**
   * A moment from before the last look keeps the date that it had then.
   *
   * @param before what held until {@code line} begins
   */
  private record Zero(Line before, Line line) {
    long at(long moment) {
      return (moment < line.from() ? before : line).zero(moment);
    }
  }

  /** Something that people should be told. */
  public sealed interface Event {
    /** The time is known from now on. */
    record Known(Source source, Duration correction, Duration uncertainty) implements Event {}

    /** The clock has jumped. */
    record Stepped(Step step) implements Event {}
  }

  /**
   * @param monotonic nanoseconds since the boot
   * @param wall the board's clock, right or not
   * @param noEarlier a time that has surely passed, for guesses while nothing is known
   */
  public SessionClock(LongSupplier monotonic, InstantSource wall, Instant noEarlier) {
    this.monotonic = monotonic;
    this.wall = wall;
    long now = monotonic.getAsLong();
    Instant shown = wall.instant();
    this.believed = Nanos.of(shown.isAfter(noEarlier) ? shown : noEarlier) - now;
    this.since = believed + now;
    Line line = new Line(now, believed, believed);
    this.zero = new Zero(line, line);
  }

  /** This moment, to be dated by {@link #date}. */
  public Instant stamp() {
    return BootTime.of(monotonic.getAsLong());
  }

  /** The present time, a guess while the time is not known; never before what has surely passed. */
  public Instant now() {
    long now = monotonic.getAsLong();
    return Nanos.instant(now + zero.at(now));
  }

  public boolean isKnown() {
    return source != Source.NONE;
  }

  /**
   * The date of a moment in nanoseconds since 1970; what is a date already stays as it is.
   *
   * @throws IllegalStateException while the time is not known
   */
  public long date(long nanos) {
    if (!BootTime.is(nanos)) {
      return nanos;
    }
    if (source == Source.NONE) {
      throw new IllegalStateException("the time is not known yet");
    }
    long moment = BootTime.monotonic(nanos);
    return moment + zero.at(moment);
  }

  /** Where the zero lay when the time became known, in nanoseconds since 1970. */
  public synchronized long learned() {
    return learned;
  }

  /** Where the zero lies by the best guess of the start, in nanoseconds since 1970. */
  public long believed() {
    return believed;
  }

  public Duration uncertainty() {
    return uncertainty;
  }

  /** Takes up what was learned earlier in this boot session. */
  public synchronized void resume(long zero, Duration itsUncertainty) {
    learn(Source.SERVER, zero, itsUncertainty, monotonic.getAsLong());
  }

  /**
   * Looks at the board's clock; to be called about once a second.
   *
   * @param trusted whether the board's clock is known to be right
   */
  public synchronized Optional<Event> observe(boolean trusted) {
    if (!trusted && source != Source.SYSTEM) {
      return Optional.empty();
    }
    long start = monotonic.getAsLong();
    long shown = Nanos.of(wall.instant());
    long now = monotonic.getAsLong();
    if (now - start > LONGEST_LOOK && source != Source.NONE) {
      return Optional.empty();
    }
    long target = shown - (start + (now - start) / 2);
    if (source == Source.NONE) {
      return Optional.of(learn(Source.SYSTEM, target, Duration.ofNanos(now - start), now));
    }
    if (source == Source.SERVER) {
      source = Source.SYSTEM;
      uncertainty = Duration.ofNanos(now - start);
    }
    return follow(target, now);
  }

  /**
   * Takes the server's time, which lies somewhere between question and answer: half of what passed
   * between them is the uncertainty.
   *
   * @param asked the moment of the question, monotonic
   */
  public synchronized Optional<Event> told(Instant serverTime, long asked) {
    long now = monotonic.getAsLong();
    long half = (now - asked) / 2;
    long target = Nanos.of(serverTime) - (asked + half);
    if (source == Source.NONE) {
      server = Optional.of(Duration.ZERO);
      return Optional.of(learn(Source.SERVER, target, Duration.ofNanos(half), now));
    }
    server = Optional.of(Duration.ofNanos(target - zero.at(now)));
    return source == Source.SERVER && half < STEP.toNanos()
        ? follow(target, now)
        : Optional.empty();
  }

  public synchronized ClockState state() {
    return new ClockState(
        source,
        Nanos.instant(since),
        uncertainty,
        source == Source.NONE ? Duration.ZERO : Duration.ofNanos(learned - believed),
        server,
        steps,
        lastStep);
  }

  private Event learn(Source from, long itsZero, Duration itsUncertainty, long now) {
    learned = itsZero;
    uncertainty = itsUncertainty;
    Line line = new Line(now, itsZero, itsZero);
    zero = new Zero(line, line);
    source = from;
    since = itsZero + now;
    return new Event.Known(from, Duration.ofNanos(itsZero - believed), itsUncertainty);
  }

  private Optional<Event> follow(long target, long now) {
    long present = zero.at(now);
    long off = target - present;
    boolean smooth = Math.abs(off) < STEP.toNanos();
    zero = new Zero(zero.line(), new Line(now, smooth ? present : target, target));
    if (smooth) {
      return Optional.empty();
    }
    Step step = new Step(Duration.ofNanos(off), Nanos.instant(target + now));
    steps++;
    lastStep = Optional.of(step);
    return Optional.of(new Event.Stepped(step));
  }
}
