package fr.vigie.link;

import fr.vigie.outbox.Outbox;
import fr.vigie.signal.Sample;
import fr.vigie.signal.Signal;
import fr.vigie.wire.Ack;
import fr.vigie.wire.AckCodec;
import fr.vigie.wire.AgentState;
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
 * <p>The work is {@link #step()}, to be called by one thread when the connection has news, or else
 * after {@link #idle()}; readings may come from any thread.
 */
public final class Courier implements Carrier {
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
  private static final int BACKLOG = 30;
  private static final Duration STANDSTILL = Duration.ofMinutes(1);
  private static final Duration LONGEST_IDLE = Duration.ofSeconds(1);
  private static final Duration IDLE_WITHOUT_HEAD = Duration.ofMillis(50);

  private final CourierSettings settings;
  private final LongSupplier monotonic;
  private final Timekeeper timekeeper;
  private final InstantSource clock;
  private final Outbox outbox;
  private final Declarations declarations;
  private final Backlog backlog;
  private final BirthBook births;
  private Birth birth;
  private final Sealer sealer;
  private final RandomGenerator random;
  private final EpochBook book;
  private final MarkBook marks;
  private final Restoration restoration;
  private final Rivalry rivalry = new Rivalry();
  private final Sending sending;
  private final Call call;

  private boolean born;
  private long acknowledged;
  private Optional<Instant> lastAcknowledged = Optional.empty();
  private long refused;
  private final SealTimes seals;
  private long lastSync;

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
    this.monotonic = monotonic;
    this.timekeeper = timekeeper;
    this.clock = timekeeper::now;
    this.births = new BirthBook(folder.resolve("births"));
    this.birth = Birth.of(settings.agent(), settings.software(), clock.instant(), sensors);
    this.marks = new MarkBook(folder);
    this.sealer = new Sealer(birth, settings.payload(), timekeeper, lastMarks(outbox, marks));
    this.random = random;
    this.book = new EpochBook(folder.resolve("epochs"));
    this.declarations =
        new Declarations(() -> birth.id(), settings.payload(), book, timekeeper::now);
    this.backlog = new Backlog(outbox, settings.head(), !settings.keep().isZero(), declarations);
    this.sending = new Sending(backlog, this::inWords);
    this.restoration = new Restoration(book, monotonic.getAsLong());
    this.lastSync = monotonic.getAsLong();
    this.seals = new SealTimes(settings.batch(), lastSync);
    this.call = new Call(connector, timekeeper, random, lastSync);
    births.keep(birth);
    beginEpoch(
        Math.max(outbox.last().map(Outbox.Record::epoch).orElse(0L), marks.position().epoch()));
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

  private void beginEpoch(long previous) {
    long epoch = Epochs.after(previous, random);
    sealer.begin(epoch);
    acknowledged = 0;
    backlog.live(epoch);
    rivalry.drew(epoch);
    book.begin(epoch, clock.instant(), outbox.epochs());
  }

  /**
   * How far each device's own sequence had come in what was acknowledged last, or stands last in
   * the outbox.
   *
   * @param folder the one beside the outbox
   */
  public static Map<String, Long> lastMarks(Outbox outbox, Path folder) throws IOException {
    return lastMarks(outbox, new MarkBook(folder));
  }

  private static Map<String, Long> lastMarks(Outbox outbox, MarkBook book) throws IOException {
    Optional<Outbox.Record> last = outbox.last();
    if (last.isEmpty()) {
      return book.newer(Position.BEFORE_ALL, Map.of());
    }
    Position position = new Position(last.get().epoch(), last.get().sequence());
    try {
      return book.newer(position, Parcel.of(last.get().payload()).marks());
    } catch (EOFException | UTFDataFormatException e) {
      LOG.warn("The last record of the outbox is no batch: {}", e.toString());
      return book.newer(position, Map.of());
    }
  }

  /**
   * Describes further signals of a sensor, which are accepted from then on. Nothing happens when
   * all of them are described already.
   *
   * @throws IllegalArgumentException when a signal of that machine and name has another kind or
   *     unit, or there are more than {@link Birth#MOST_SIGNALS}
   * @throws IOException when it cannot be kept beside the outbox; nothing is described then
   */
  public synchronized void describe(String sensor, List<Signal> signals) throws IOException {
    Birth grown = birth.with(sensor, signals, clock.instant());
    if (grown != birth) {
      births.keep(grown);
      birth = grown;
      sealer.born(grown);
      born = false;
    }
  }

  /**
   * @throws IllegalArgumentException when the birth does not describe the signal
   */
  @Override
  public synchronized void accept(Signal signal, Sample sample) {
    sealer.add(signal, sample);
    if (sealer.isFull()) {
      seal();
    }
  }

  @Override
  public Sample dated(Sample sample) {
    return timekeeper.date(sample);
  }

  @Override
  public synchronized void lost(Loss loss) {
    LOG.warn(
        "Lost: {} of {}, {} to {}",
        loss.reason(),
        loss.source(),
        loss.when().start(),
        loss.when().end());
    sealer.lost(loss);
    declarations.count(loss.reason());
  }

  @Override
  public synchronized void mark(String sensor, long deviceSequence) {
    sealer.mark(sensor, deviceSequence);
  }

  /** With a head of zero what was accepted is written at once. */
  @Override
  public synchronized void handedOver() {
    if (settings.head().isZero() && !sealer.isEmpty()) {
      seal();
      backlog.journal(monotonic.getAsLong(), true);
    }
  }

  /** Does what is due; never blocks on the network. */
  public synchronized void step() {
    long now = monotonic.getAsLong();
    timekeeper.step();
    if (seals.isDue(now, call.isGreeted())) {
      seal();
    }
    backlog.journal(now, settings.head().isZero());
    backlog.keep(now, false);
    if (now - lastSync >= settings.batch().toNanos()) {
      backlog.sync();
      backlog.takeArrived().ifPresent(batch -> marks.write(batch.position(), batch.marks()));
      lastSync = now;
    }
    try {
      backlog.collectDropped();
      converse(now);
    } catch (IOException e) {
      call.broken("the outbox cannot be read: " + e.getMessage());
    }
  }

  /** For how long there is nothing to do unless the connection has news, a second at most. */
  public synchronized Duration idle() {
    long now = monotonic.getAsLong();
    long most = (settings.head().isZero() ? IDLE_WITHOUT_HEAD : LONGEST_IDLE).toNanos();
    long batch = seals.left(now, call.isGreeted());
    long waits = Math.min(call.idle(now), backlog.idle(now));
    return Duration.ofNanos(Math.min(most, Math.min(batch, waits)));
  }

  private void converse(long now) throws IOException {
    if (call.isDue(now)) {
      call.dial(subscriptions(), will());
      return;
    }
    Optional<Connection> connection = call.connection();
    if (connection.isEmpty()) {
      return;
    }
    Connection open = connection.get();
    switch (open.state()) {
      case CONNECTING -> {}
      case DOWN -> {
        call.hangUp(open.problem(), now);
        sending.restart();
      }
      case UP -> {
        if (!call.isGreeted() && !greet(open, now)) {
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
        born = born || tellBirth(open);
        if (born && timekeeper.isKnown()) {
          sending.send(open, topic(Topic.Channel.DATA), now);
        }
        watch(now);
      }
    }
  }

  private void watch(long now) {
    if (rivalry.isOn()) {
      rivalry.leave();
      call.stepAside(rivalry.problem(settings.agent(), call.address(), now), now);
      sending.restart();
    } else if (sending.silence(now) > settings.patience().toNanos()) {
      call.notAnswered(
          "the broker takes batches, but no server has acknowledged any for "
              + settings.patience().toSeconds()
              + " s: is the server running and connected to "
              + call.address()
              + "?",
          now);
      sending.restart();
    } else if (sending.standstill(now) > STANDSTILL.toNanos()) {
      call.notStored(
          "the server answers, but has stored nothing of what was sent for "
              + STANDSTILL.toSeconds()
              + " s: its health and its log say why");
    }
  }

  private List<String> subscriptions() {
    return List.of(
        topic(Topic.Channel.ACK),
        topic(Topic.Channel.CMD),
        topic(Topic.Channel.STATE),
        topic(Topic.Channel.TIME));
  }

  private Connector.Will will() {
    return new Connector.Will(topic(Topic.Channel.STATE), state(false));
  }

  private byte[] state(boolean online) {
    return StateCodec.encode(new AgentState(online, sealer.epoch(), clock.instant()));
  }

  private boolean greet(Connection open, long now) throws IOException {
    if (backlog.waiting(sealer.epoch()) > BACKLOG) {
      seal();
      beginEpoch(sealer.epoch());
    }
    if (backlog.waiting() > 0) {
      tellOtherBirths(open);
    }
    born = tellBirth(open);
    boolean heard = born && open.publish(topic(Topic.Channel.STATE), state(true), true);
    if (heard) {
      call.greeted(rivalry.problem(settings.agent(), call.address(), now));
      sending.begin(now);
      restoration.begin();
      rivalry.connected();
      timekeeper.connected();
    }
    return heard;
  }

  private boolean tellBirth(Connection open) {
    return open.publish(topic(Topic.Channel.BIRTH), BirthCodec.encode(birth), true);
  }

  private void tellOtherBirths(Connection open) throws IOException {
    for (Birth other : births.others(birth)) {
      open.publish(topic(Topic.Channel.BIRTH), BirthCodec.encode(other), false);
    }
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
      tellOtherBirths(open);
      tellBirth(open);
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
          StateCodec.encode(new AgentState(true, sealer.epoch(), clock.instant(), kept)),
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
    if (ack.epoch() == sealer.epoch()) {
      if (ack.sequence() > sealer.sequence()) {
        LOG.warn(
            "The server acknowledges batch {}, but {} is the newest: is another agent named {}?",
            ack.sequence(),
            sealer.sequence(),
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
    if (outbox.epochs().isEmpty() && backlog.waiting() == 0) {
      births.keepOnly(birth);
    }
    if (sending.acknowledged(ack.epoch(), ack.sequence(), now)) {
      lastAcknowledged = Optional.of(timekeeper.mark());
      call.stored();
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
    restoration.about(List.of(sealer.epoch()));
    beginEpoch(sealer.epoch());
    sending.restart();
  }

  private void seal() {
    long now = monotonic.getAsLong();
    seals.sealed(now, sealer.holdsReadings());
    sealer.seal(now).ifPresent(backlog::add);
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
    call.farewell(topic(Topic.Channel.STATE), state(false));
  }

  public synchronized CourierStatus status() {
    return new CourierStatus(
        call.isGreeted(),
        call.address(),
        timekeeper.show(call.since()),
        call.problem(),
        backlog.problem(),
        sealer.epoch(),
        sealer.sequence(),
        acknowledged,
        backlog.waiting() + (sealer.isEmpty() ? 0 : 1),
        outbox.bytes(),
        outbox.records(),
        declarations.count(),
        refused,
        lastAcknowledged.map(timekeeper::show),
        declarations.counts(),
        sealer.bytes());
  }
}
