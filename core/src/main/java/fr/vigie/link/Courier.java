package fr.vigie.link;

import fr.vigie.outbox.Outbox;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import fr.vigie.time.Nanos;
import fr.vigie.time.Span;
import fr.vigie.wire.Ack;
import fr.vigie.wire.AckCodec;
import fr.vigie.wire.AgentState;
import fr.vigie.wire.Batch;
import fr.vigie.wire.BatchCodec;
import fr.vigie.wire.Birth;
import fr.vigie.wire.BirthCodec;
import fr.vigie.wire.ClockReadingCodec;
import fr.vigie.wire.Command;
import fr.vigie.wire.CommandCodec;
import fr.vigie.wire.Loss;
import fr.vigie.wire.StateCodec;
import fr.vigie.wire.Topic;
import fr.vigie.wire.WireException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries readings to the server and does not rest until the server says that they are stored.
 *
 * <p>Readings gather in a memory head; every batch interval the head is sealed into a batch with
 * the next sequence. A batch is sent as soon as the link is up, and is written to the outbox if no
 * acknowledgement has come within the head's duration. Only the server's acknowledgement lets go of
 * it; a broker's does not. After every break of the connection sending begins anew from the oldest
 * batch that is not acknowledged: the server stores each one once. When many wait by then, what is
 * read from there on goes under a new epoch, first, and the earlier epochs beside it.
 *
 * <p>The work is {@link #step()}, to be called every few tens of milliseconds by one thread;
 * readings may come from any thread.
 */
public final class Courier {
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
  private static final int MOST_SAMPLES = 5_000;
  private static final int BACKLOG = 30;
  private static final Duration STANDSTILL = Duration.ofMinutes(1);

  private final CourierSettings settings;
  private final Connector connector;
  private final LongSupplier monotonic;
  private final Timekeeper timekeeper;
  private final InstantSource clock;
  private final Outbox outbox;
  private final Declarations declarations;
  private final Backlog backlog;
  private final BirthBook births;
  private final Birth birth;
  private final Head head;
  private final RandomGenerator random;
  private final EpochBook book;
  private final Restoration restoration;
  private final Rivalry rivalry = new Rivalry();
  private final Sending sending;
  private final Backoff backoff;
  private final Backoff aside;

  private Optional<Connection> connection = Optional.empty();
  private boolean greeted;
  private boolean unanswered;
  private long epoch;
  private long sequence;
  private long acknowledged;
  private long sealedBytes;
  private Optional<Instant> lastAcknowledged = Optional.empty();
  private long refused;
  private long lastSeal;
  private long lastSync;
  private long retryAt;
  private Instant since;
  private String problem = "";

  /**
   * Starts a new epoch on a board whose clock is right.
   *
   * @param sensors the signals that each sensor gives
   * @param folder where births are kept beside the outbox
   * @param monotonic nanoseconds that never go back
   * @param clock the wall clock, for stamping
   * @throws IOException when the folder cannot be written
   */
  public Courier(
      CourierSettings settings,
      Map<String, List<Signal>> sensors,
      Path folder,
      Outbox outbox,
      Connector connector,
      LongSupplier monotonic,
      InstantSource clock,
      RandomGenerator random)
      throws IOException {
    this(
        settings,
        sensors,
        folder,
        outbox,
        connector,
        monotonic,
        Timekeeper.trusting(folder, monotonic, clock),
        random);
  }

  /**
   * Starts a new epoch on a board whose clock may not be right yet. Readings that carry moments of
   * {@link Timekeeper#stamps()} are dated, and nothing is sent before that is possible.
   *
   * @param sensors the signals that each sensor gives
   * @param folder where births are kept beside the outbox
   * @param monotonic nanoseconds since the boot
   * @throws IOException when the folder cannot be written
   */
  public Courier(
      CourierSettings settings,
      Map<String, List<Signal>> sensors,
      Path folder,
      Outbox outbox,
      Connector connector,
      LongSupplier monotonic,
      Timekeeper timekeeper,
      RandomGenerator random)
      throws IOException {
    this.settings = settings;
    this.outbox = outbox;
    this.connector = connector;
    this.monotonic = monotonic;
    this.timekeeper = timekeeper;
    this.clock = timekeeper::now;
    this.births = new BirthBook(folder.resolve("births"));
    this.birth = Birth.of(settings.agent(), settings.software(), clock.instant(), sensors);
    this.head = new Head(birth.signals());
    lastMarks(outbox).forEach(head::mark);
    this.random = random;
    this.book = new EpochBook(folder.resolve("epochs"));
    this.declarations = new Declarations(birth.id(), settings.payload(), book, timekeeper::now);
    this.backlog = new Backlog(outbox, settings.head(), !settings.keep().isZero(), declarations);
    this.sending = new Sending(backlog, this::inWords);
    this.restoration = new Restoration(book, monotonic.getAsLong());
    this.epoch = outbox.last().map(Outbox.Record::epoch).orElse(0L);
    this.aside = new Backoff(Duration.ofMinutes(1), Duration.ofMinutes(10), random);
    this.backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), random);
    this.since = timekeeper.mark();
    this.lastSeal = monotonic.getAsLong();
    this.lastSync = lastSeal;
    this.retryAt = lastSeal;
    births.keep(birth);
    beginEpoch();
    outbox.last().ifPresent(this::lasted);
  }

  /** The newest record tells how long the session before lasted at least, if it is whole. */
  private void lasted(Outbox.Record newest) {
    try {
      Parcel parcel = Parcel.of(newest.payload());
      if (parcel.session() != 0) {
        timekeeper.lasted(parcel.session(), parcel.wire());
      }
    } catch (IOException e) {
      LOG.debug("The newest record is no batch: {}", e.getMessage());
    }
  }

  private void beginEpoch() {
    epoch = Epochs.after(epoch, random);
    sequence = 0;
    acknowledged = 0;
    backlog.live(epoch);
    rivalry.drew(epoch);
    book.begin(epoch, clock.instant(), outbox.epochs());
  }

  /**
   * How far each device's own sequence had come in what an outbox last kept; nothing when that is
   * no batch.
   */
  public static Map<String, Long> lastMarks(Outbox outbox) throws IOException {
    Optional<Outbox.Record> last = outbox.last();
    try {
      return last.isPresent() ? Parcel.of(last.get().payload()).marks() : Map.of();
    } catch (EOFException | UTFDataFormatException e) {
      LOG.warn("The last record of the outbox is no batch: {}", e.toString());
      return Map.of();
    }
  }

  /**
   * @throws IllegalArgumentException when the birth does not describe the signal
   */
  public synchronized void accept(Signal signal, Sample sample) {
    head.add(signal, timekeeper.date(sample));
    if (head.samples() >= MOST_SAMPLES) {
      seal();
    }
  }

  /** A sample that carries a moment, with its date as far as that is known; another as it is. */
  public Sample dated(Sample sample) {
    return timekeeper.date(sample);
  }

  /** Declares a hole; the declaration is kept like a sample. */
  public synchronized void lost(Loss loss) {
    LOG.warn(
        "Lost: {} of {}, {} to {}",
        loss.reason(),
        loss.source(),
        loss.when().start(),
        loss.when().end());
    head.lost(timekeeper.date(loss));
    declarations.count(loss.reason());
  }

  /** Remembers, with what was accepted before, how far a device's own sequence has come. */
  public synchronized void mark(String sensor, long deviceSequence) {
    head.mark(sensor, deviceSequence);
  }

  /**
   * Tells that a driver has handed over what it read; with a head of zero it is written at once.
   */
  public synchronized void handedOver() {
    if (settings.head().isZero() && !head.isEmpty()) {
      seal();
      backlog.journal(monotonic.getAsLong(), true);
    }
  }

  /** Does what is due; never blocks on the network. */
  public synchronized void step() {
    long now = monotonic.getAsLong();
    timekeeper.step();
    if (now - lastSeal >= settings.batch().toNanos()) {
      seal();
    }
    backlog.journal(now, settings.head().isZero());
    backlog.keep(now, false);
    if (now - lastSync >= settings.batch().toNanos()) {
      backlog.sync();
      lastSync = now;
    }
    try {
      backlog.collectDropped();
      converse(now);
    } catch (IOException e) {
      problem = "the outbox cannot be read: " + e.getMessage();
    }
  }

  private void converse(long now) throws IOException {
    if (connection.isEmpty()) {
      if (now - retryAt >= 0) {
        connect();
      }
      return;
    }
    Connection open = connection.get();
    switch (open.state()) {
      case CONNECTING -> {}
      case DOWN -> hangUp(open, open.problem(), now);
      case UP -> {
        if (!greeted && !greet(open, now)) {
          return;
        }
        listen(open, now);
        ask(open, now);
        timekeeper
            .question()
            .ifPresent(
                question ->
                    open.publish(
                        topic(Topic.Channel.CLOCK), ClockReadingCodec.encode(question), false));
        if (timekeeper.isKnown()) {
          sending.send(open, topic(Topic.Channel.DATA), now);
        }
        watch(open, now);
      }
    }
  }

  private void watch(Connection open, long now) {
    if (rivalry.isOn()) {
      rivalry.leave();
      hangUp(open, rivalry.problem(settings.agent(), connector.address(), now), now);
      retryAt = now + aside.next().toNanos();
    } else if (sending.silence(now) > settings.patience().toNanos()) {
      unanswered = true;
      hangUp(
          open,
          "the broker takes batches, but no server has acknowledged any for "
              + settings.patience().toSeconds()
              + " s: is the server running and connected to "
              + connector.address()
              + "?",
          now);
    } else if (!unanswered && sending.standstill(now) > STANDSTILL.toNanos()) {
      unanswered = true;
      since = timekeeper.mark();
      problem =
          "the server answers, but has stored nothing of what was sent for "
              + STANDSTILL.toSeconds()
              + " s: its health and its log say why";
      LOG.warn("Nothing moves: {}", problem);
    }
  }

  private void connect() {
    greeted = false;
    connection =
        Optional.of(
            connector.connect(
                List.of(
                    topic(Topic.Channel.ACK),
                    topic(Topic.Channel.CMD),
                    topic(Topic.Channel.STATE),
                    topic(Topic.Channel.TIME)),
                new Connector.Will(
                    topic(Topic.Channel.STATE),
                    StateCodec.encode(new AgentState(false, epoch, clock.instant())))));
  }

  private boolean greet(Connection open, long now) throws IOException {
    if (backlog.waiting(epoch) > BACKLOG) {
      seal();
      beginEpoch();
    }
    for (Birth other : outbox.records() > 0 ? births.others(birth) : List.<Birth>of()) {
      open.publish(topic(Topic.Channel.BIRTH), BirthCodec.encode(other), false);
    }
    greeted =
        open.publish(topic(Topic.Channel.BIRTH), BirthCodec.encode(birth), true)
            && open.publish(
                topic(Topic.Channel.STATE),
                StateCodec.encode(new AgentState(true, epoch, clock.instant())),
                true);
    if (greeted) {
      since = timekeeper.mark();
      if (!unanswered) {
        problem = rivalry.problem(settings.agent(), connector.address(), now);
      }
      sending.begin(now);
      restoration.begin();
      rivalry.connected();
      timekeeper.connected();
      LOG.info("Connected to {}", connector.address());
    }
    return greeted;
  }

  private void hangUp(Connection open, String why, long now) {
    if (greeted || problem.isEmpty()) {
      since = timekeeper.mark();
    }
    if (!why.equals(problem)) {
      LOG.warn("No link: {}", why);
    }
    problem = why;
    greeted = false;
    open.close();
    connection = Optional.empty();
    sending.restart();
    retryAt = now + backoff.next().toNanos();
  }

  private void listen(Connection open, long now) throws IOException {
    Optional<Connection.Message> next = open.poll();
    while (next.isPresent()) {
      Connection.Message message = next.get();
      try {
        switch (Topic.parse(message.topic()).channel()) {
          case ACK -> acknowledge(AckCodec.decode(message.payload()), now);
          case CMD -> obey(CommandCodec.decode(message.payload()), open);
          case STATE -> rivalry.heard(StateCodec.decode(message.payload()), now);
          case TIME -> timekeeper.answered(ClockReadingCodec.decode(message.payload()));
          case BIRTH, DATA, CLOCK -> {}
        }
      } catch (WireException e) {
        LOG.warn("A message on {} makes no sense: {}", message.topic(), e.getMessage());
      }
      next = open.poll();
    }
  }

  private void obey(Command command, Connection open) throws IOException {
    if (command.name().equals(Command.BIRTH)) {
      for (Birth other : births.others(birth)) {
        open.publish(topic(Topic.Channel.BIRTH), BirthCodec.encode(other), false);
      }
      open.publish(topic(Topic.Channel.BIRTH), BirthCodec.encode(birth), true);
      sending.heard(monotonic.getAsLong());
      sending.restart();
    } else {
      LOG.warn("Unknown command '{}' was ignored", command.name());
    }
  }

  private void ask(Connection open, long now) {
    restoration.settle(!backlog.hasForgotten());
    List<Long> kept = restoration.question(now);
    if (!kept.isEmpty()) {
      open.publish(
          topic(Topic.Channel.STATE),
          StateCodec.encode(new AgentState(true, epoch, clock.instant(), kept)),
          false);
    }
  }

  private void acknowledge(Ack ack, long now) throws IOException {
    switch (restoration.hear(ack.store(), now)) {
      case GOOD -> {}
      case OF_A_NEW_STORE -> startOver();
      case OF_ANOTHER -> {
        LOG.warn("An acknowledgement of another store ({}) was ignored", ack.store());
        return;
      }
    }
    for (Ack.Refusal refusal : ack.refused()) {
      LOG.warn("The server refused batch {}: {}", refusal.sequence(), refusal.reason());
      refused++;
    }
    if (ack.epoch() == epoch) {
      if (ack.sequence() > sequence) {
        LOG.warn(
            "The server acknowledges batch {}, but {} is the newest: is another agent named {}?",
            ack.sequence(),
            sequence,
            settings.agent());
        return;
      }
      acknowledged = Math.max(acknowledged, ack.sequence());
    }
    if (restoration.isAnswer(ack.epoch())) {
      backlog.withdraw(ack.epoch(), ack.sequence());
      sending.restart();
    }
    backlog.acknowledge(ack.epoch(), ack.sequence());
    if (outbox.epochs().isEmpty()) {
      births.keepOnly(birth);
    }
    if (sending.acknowledged(ack.epoch(), ack.sequence(), now)) {
      backoff.reset();
      lastAcknowledged = Optional.of(timekeeper.mark());
      if (unanswered) {
        unanswered = false;
        problem = "";
      }
    }
  }

  /** Everything so far is of earlier epochs from now on, and the new store is asked about each. */
  private void startOver() throws IOException {
    LOG.warn(
        "The server's store is not the one that acknowledged before: it was put back from a copy"
            + " or replaced. It gets again what it lacks and is still kept here");
    seal();
    backlog.keep(monotonic.getAsLong(), true);
    backlog.journal(monotonic.getAsLong(), true);
    restoration.about(outbox.epochs());
    restoration.about(List.of(epoch));
    beginEpoch();
    sending.restart();
  }

  private void seal() {
    lastSeal = monotonic.getAsLong();
    if (head.isEmpty()) {
      return;
    }
    int samples = head.samples();
    List<Batch.Part> parts = head.takeParts();
    List<Loss> declared = head.takeLosses();
    boolean undated = Redating.isDue(parts, declared);
    if (undated && timekeeper.isKnown()) {
      parts = timekeeper.date(parts);
      declared = declared.stream().map(timekeeper::date).toList();
      undated = false;
    }
    sequence++;
    Batch batch = new Batch(epoch, sequence, 0, birth.id(), parts, declared);
    byte[] wire = BatchCodec.encode(batch, settings.payload());
    sealedBytes += wire.length;
    backlog.add(
        new Sealed(
            new Position(epoch, sequence),
            wire,
            head.marks(),
            samples,
            span(parts),
            declared,
            undated ? timekeeper.session() : 0,
            lastSeal));
  }

  private Span span(List<Batch.Part> parts) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (Batch.Part part : parts) {
      for (int i = 0; i < part.samples().size(); i++) {
        first = Math.min(first, part.samples().nanos(i));
        last = Math.max(last, part.samples().nanos(i));
      }
    }
    Instant now = clock.instant();
    return last == Long.MIN_VALUE
        ? new Span(now, now)
        : new Span(Nanos.instant(first), Nanos.instant(last));
  }

  private byte[] inWords(Backlog.Outgoing outgoing) {
    if (outgoing.gap().isPresent()) {
      return declarations.inWords(outgoing.gap().get());
    }
    return outgoing.session() == 0
        ? outgoing.wire()
        : timekeeper.date(outgoing.wire(), outgoing.session());
  }

  private String topic(Topic.Channel channel) {
    return new Topic(settings.site(), settings.agent(), channel).toString();
  }

  /** Writes everything to the outbox, says goodbye, and ends the connection. */
  public synchronized void stop() {
    seal();
    backlog.keep(monotonic.getAsLong(), true);
    backlog.journal(monotonic.getAsLong(), true);
    backlog.sync();
    timekeeper.stop();
    connection.ifPresent(
        open -> {
          if (open.state() == Connection.State.UP) {
            open.publish(
                topic(Topic.Channel.STATE),
                StateCodec.encode(new AgentState(false, epoch, clock.instant())),
                true);
          }
          open.close();
        });
    connection = Optional.empty();
  }

  public synchronized CourierStatus status() {
    return new CourierStatus(
        greeted,
        connector.address(),
        timekeeper.show(since),
        problem,
        backlog.problem(),
        epoch,
        sequence,
        acknowledged,
        backlog.waiting() + (head.isEmpty() ? 0 : 1),
        outbox.bytes(),
        outbox.records(),
        declarations.count(),
        refused,
        lastAcknowledged.map(timekeeper::show),
        declarations.counts(),
        sealedBytes);
  }
}
