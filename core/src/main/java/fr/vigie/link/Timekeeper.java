package fr.vigie.link;

import fr.vigie.link.BootBook.Boot;
import fr.vigie.link.BootBook.Worth;
import fr.vigie.signal.Quality;
import fr.vigie.signal.Sample;
import fr.vigie.time.BootTime;
import fr.vigie.time.ClockState;
import fr.vigie.time.Nanos;
import fr.vigie.time.SessionClock;
import fr.vigie.time.Span;
import fr.vigie.wire.Batch;
import fr.vigie.wire.BatchCodec;
import fr.vigie.wire.ClockReading;
import fr.vigie.wire.Loss;
import fr.vigie.wire.Payload;
import fr.vigie.wire.WireException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows what time it is, or that nobody knows yet; keeps what earlier boot sessions knew. The
 * reasons: docs/decisions/0008. Safe for use by several threads.
 */
public final class Timekeeper {
  private static final Logger LOG = LoggerFactory.getLogger(Timekeeper.class);
  private static final Duration DOUBTFUL = Duration.ofSeconds(1);
  private static final long LOOK_EVERY = Duration.ofSeconds(1).toNanos();
  private static final long WRITE_EVERY = Duration.ofHours(1).toNanos();
  private static final long ASK_EVERY = Duration.ofMinutes(10).toNanos();
  private static final long ASK_AGAIN = Duration.ofSeconds(2).toNanos();

  private final long session;
  private final LongSupplier monotonic;
  private final BooleanSupplier trusted;
  private final SessionClock clock;
  private final BootBook book;
  private final Instant lastKnown;
  private boolean learned;
  private boolean unwritten;
  private String problem = "";
  private long lookAt;
  private long writeAt;
  private long question;
  private OptionalLong asked = OptionalLong.empty();
  private long askAt;

  /**
   * @param file where it is kept what the boot sessions knew
   * @param session the same for all processes of a boot, different for every boot, not 0
   * @param monotonic nanoseconds since the boot
   * @param wall the board's clock, right or not
   * @param trusted whether that clock is known to be right now; called about once a second
   */
  public Timekeeper(
      Path file, long session, LongSupplier monotonic, InstantSource wall, BooleanSupplier trusted)
      throws IOException {
    this.session = session;
    this.monotonic = monotonic;
    this.trusted = trusted;
    this.book = new BootBook(file);
    this.lastKnown = book.lastKnown();
    this.clock = new SessionClock(monotonic, wall, lastKnown);
    Optional<Boot> before = book.boot(session);
    long now = monotonic.getAsLong();
    if (before.isPresent() && before.get().worth() == Worth.KNOWN) {
      learned = true;
      if (!trusted.getAsBoolean()) {
        clock.resume(before.get().zero(), Duration.ofNanos(before.get().uncertainty()));
      }
    } else if (before.isEmpty()) {
      book.put(session, new Boot(Worth.BELIEVED, clock.believed(), now, 0));
    }
    this.lookAt = now;
    this.writeAt = now + WRITE_EVERY;
    this.askAt = now;
    this.unwritten = true;
    look(now);
  }

  /** The time of a board whose clock is always right; nothing is kept. */
  static Timekeeper trusting(Path folder, LongSupplier monotonic, InstantSource wall)
      throws IOException {
    return new Timekeeper(folder.resolve("clock"), 1, monotonic, wall, () -> true);
  }

  /** Gives moments to stamp readings with; the courier dates them. */
  public InstantSource stamps() {
    return clock::stamp;
  }

  /** The present time, as well as it is known. */
  public Instant now() {
    return clock.now();
  }

  /** The present moment, to be {@linkplain #show shown} later: a date as soon as it is known. */
  Instant mark() {
    return clock.isKnown() ? clock.now() : clock.stamp();
  }

  /** A moment of {@link #stamps()} as well as it can be dated now; a date as it is. */
  public Instant show(Instant moment) {
    if (!BootTime.is(moment)) {
      return moment;
    }
    return clock.isKnown()
        ? Nanos.instant(clock.date(Nanos.of(moment)))
        : clock.now().minus(Duration.between(moment, clock.stamp()));
  }

  /** A time that was known to be right before this process started, and has passed. */
  public Instant lastKnown() {
    return lastKnown;
  }

  public boolean isKnown() {
    return clock.isKnown();
  }

  public ClockState state() {
    return clock.state();
  }

  /** Does what is due. */
  synchronized void step() {
    long now = monotonic.getAsLong();
    if (now - lookAt >= 0) {
      lookAt = now + LOOK_EVERY;
      look(now);
    }
  }

  private void look(long now) {
    clock.observe(trusted.getAsBoolean()).ifPresent(this::tell);
    if (now - writeAt >= 0) {
      writeAt = now + WRITE_EVERY;
      book.lasted(session, now);
      unwritten = true;
    }
    if (unwritten) {
      write();
    }
  }

  /** Writes down how far the session came. */
  synchronized void stop() {
    book.lasted(session, monotonic.getAsLong());
    write();
  }

  private void tell(SessionClock.Event event) {
    if (event instanceof SessionClock.Event.Known known) {
      LOG.info(
          "The time is known from the {}, to {} ms; the board believed in one {} s away",
          known.source().name().toLowerCase(Locale.ROOT),
          known.uncertainty().toMillis(),
          seconds(known.correction()));
      learn();
      unwritten = true;
    } else if (event instanceof SessionClock.Event.Stepped stepped) {
      LOG.warn("The clock has jumped by {} s", seconds(stepped.step().by()));
    }
  }

  private void learn() {
    if (!learned) {
      learned = true;
      book.put(
          session,
          new Boot(
              Worth.KNOWN, clock.learned(), monotonic.getAsLong(), clock.uncertainty().toNanos()));
    }
  }

  private void write() {
    if (clock.isKnown()) {
      book.passed(clock.now());
    }
    try {
      book.write();
      unwritten = false;
      problem = "";
    } catch (IOException e) {
      String why = "what is known of the time cannot be kept: " + e.getMessage();
      if (!why.equals(problem)) {
        LOG.warn(why);
      }
      problem = why;
    }
  }

  /** The session whose moments wait for their date, for what is put away. */
  long session() {
    return session;
  }

  /** Tells how long an earlier session lasted at least. */
  synchronized void lasted(long itsSession, byte[] wire) {
    try {
      book.lasted(itsSession, Redating.lastMoment(BatchCodec.decode(wire)));
    } catch (WireException e) {
      LOG.warn("A batch of an earlier session makes no sense: {}", e.getMessage());
    }
  }

  /** The sample with its date, if that is known. */
  Sample date(Sample sample) {
    if (!BootTime.is(sample.time()) || !clock.isKnown()) {
      return sample;
    }
    Instant time = Nanos.instant(clock.date(Nanos.of(sample.time())));
    Quality quality = sample.quality() == Quality.GOOD ? worth() : sample.quality();
    return new Sample(time, sample.value(), quality);
  }

  /** The loss with its dates, if they are known. */
  Loss date(Loss loss) {
    if (!BootTime.is(loss.when().start()) || !clock.isKnown()) {
      return loss;
    }
    Instant start = Nanos.instant(clock.date(Nanos.of(loss.when().start())));
    Instant end = Nanos.instant(clock.date(Nanos.of(loss.when().end())));
    Span when = new Span(start, end.isBefore(start) ? start : end);
    return new Loss(loss.source(), when, loss.count(), loss.reason());
  }

  /** The parts with the dates that this session's moments have since the time is known. */
  List<Batch.Part> date(List<Batch.Part> parts) {
    return new Redating(clock.learned(), worth()).parts(parts);
  }

  /**
   * The bytes of a batch whose moments wait for their date, dated: always the same bytes for the
   * same batch. To be called when the time is known.
   */
  synchronized byte[] date(byte[] wire, long itsSession) {
    try {
      Batch batch = BatchCodec.decode(wire);
      Payload payload = wire[0] == '{' ? Payload.JSON : Payload.COLUMNS;
      return BatchCodec.encode(redating(batch, itsSession).date(batch), payload);
    } catch (WireException e) {
      LOG.warn("A batch cannot be dated and is sent as it is: {}", e.getMessage());
      return wire;
    }
  }

  private Redating redating(Batch batch, long itsSession) {
    Optional<Boot> boot = book.boot(itsSession);
    if (boot.isEmpty()) {
      long zero = clock.learned() - Redating.lastMoment(batch);
      book.put(itsSession, new Boot(Worth.GUESSED, zero, 0, 0));
      write();
    } else if (boot.get().worth() == Worth.BELIEVED) {
      book.settle(session, book.boot(session).map(Boot::zero).orElse(clock.learned()));
      write();
    }
    Boot settled = book.boot(itsSession).orElseThrow();
    return new Redating(
        settled.zero(),
        settled.worth() == Worth.KNOWN ? worth(settled.uncertainty()) : Quality.CLOCK_UNSYNCED);
  }

  private Quality worth() {
    return worth(clock.uncertainty().toNanos());
  }

  private static Quality worth(long uncertainty) {
    return uncertainty > DOUBTFUL.toNanos() ? Quality.UNCERTAIN : Quality.GOOD;
  }

  /** The question to put to the server now, when one is due. */
  synchronized Optional<ClockReading> question() {
    long now = monotonic.getAsLong();
    if (now - askAt < 0) {
      return Optional.empty();
    }
    askAt = now + ASK_AGAIN;
    asked = OptionalLong.of(now);
    question = now;
    return Optional.of(new ClockReading(question, clock.now(), clock.isKnown()));
  }

  /** A connection has come up: the server can be asked. */
  synchronized void connected() {
    askAt = monotonic.getAsLong();
  }

  /** The server's answer; one to an older question tells nothing. */
  synchronized void answered(ClockReading answer) {
    if (asked.isPresent() && answer.question() == question) {
      clock.told(answer.at(), asked.getAsLong()).ifPresent(this::tell);
      asked = OptionalLong.empty();
      askAt = monotonic.getAsLong() + ASK_EVERY;
      if (unwritten) {
        write();
      }
    }
  }

  private static String seconds(Duration length) {
    return String.format(Locale.ROOT, "%+.3f", length.toNanos() / 1e9);
  }
}
