package fr.vigie.link;

import fr.vigie.outbox.Dropped;
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
import fr.vigie.wire.Command;
import fr.vigie.wire.CommandCodec;
import fr.vigie.wire.Loss;
import fr.vigie.wire.StateCodec;
import fr.vigie.wire.Topic;
import fr.vigie.wire.WireException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
 * batch that is not acknowledged: the server stores each one once.
 *
 * <p>The work is {@link #step()}, to be called every few tens of milliseconds by one thread;
 * readings may come from any thread.
 */
public final class Courier {
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
  private static final int MOST_SAMPLES = 5_000;
  private static final int WINDOW = 128;
  private static final int WINDOW_BYTES = 4 << 20;

  private final CourierSettings settings;
  private final Connector connector;
  private final LongSupplier monotonic;
  private final InstantSource clock;
  private final Outbox outbox;
  private final Backlog backlog;
  private final BirthBook births;
  private final Birth birth;
  private final Head head;
  private final long epoch;
  private final Backoff backoff;
  private final TreeMap<Position, Integer> underWay = new TreeMap<>();

  private Optional<Connection> connection = Optional.empty();
  private boolean greeted;
  private boolean unanswered;
  private Position sentThrough = Position.BEFORE_ALL;
  private long underWayBytes;
  private long sequence;
  private long acknowledged;
  private long losses;
  private long refused;
  private long lastSeal;
  private long lastSync;
  private long lastProgress;
  private long retryAt;
  private Instant since;
  private String problem = "";

  /**
   * Starts a new epoch.
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
    this.settings = settings;
    this.outbox = outbox;
    this.connector = connector;
    this.monotonic = monotonic;
    this.clock = clock;
    this.backlog = new Backlog(outbox, settings.head(), new Declarations());
    this.births = new BirthBook(folder.resolve("births"));
    this.birth = Birth.of(settings.agent(), settings.software(), clock.instant(), sensors);
    this.head = new Head(birth.signals());
    this.epoch = Epochs.after(outbox.last().map(Outbox.Record::epoch).orElse(0L), random);
    this.backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), random);
    this.since = clock.instant();
    this.lastSeal = monotonic.getAsLong();
    this.lastSync = lastSeal;
    this.retryAt = lastSeal;
    births.keep(birth);
  }

  /** How far each device's own sequence had come in what an outbox last kept. */
  public static Map<String, Long> lastMarks(Outbox outbox) throws IOException {
    Optional<Outbox.Record> last = outbox.last();
    return last.isPresent() ? Parcel.of(last.get().payload()).marks() : Map.of();
  }

  /**
   * @throws IllegalArgumentException when the birth does not describe the signal
   */
  public synchronized void accept(Signal signal, Sample sample) {
    head.add(signal, sample);
    if (head.samples() >= MOST_SAMPLES) {
      seal();
    }
  }

  /** Declares a hole; the declaration is kept like a sample. */
  public synchronized void lost(Loss loss) {
    LOG.warn(
        "Lost: {} of {}, {} to {}",
        loss.reason(),
        loss.source(),
        loss.when().start(),
        loss.when().end());
    head.lost(loss);
    losses++;
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
    if (now - lastSeal >= settings.batch().toNanos()) {
      seal();
    }
    backlog.journal(now, settings.head().isZero());
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
        send(open, now);
        if (!underWay.isEmpty() && now - lastProgress > settings.patience().toNanos()) {
          unanswered = true;
          hangUp(
              open,
              "the broker takes batches, but no server has acknowledged any for "
                  + settings.patience().toSeconds()
                  + " s: is the server running and connected to "
                  + connector.address()
                  + "?",
              now);
        }
      }
    }
  }

  private void connect() {
    greeted = false;
    connection =
        Optional.of(
            connector.connect(
                List.of(topic(Topic.Channel.ACK), topic(Topic.Channel.CMD)),
                new Connector.Will(
                    topic(Topic.Channel.STATE),
                    StateCodec.encode(new AgentState(false, epoch, clock.instant())))));
  }

  private boolean greet(Connection open, long now) throws IOException {
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
      since = clock.instant();
      if (!unanswered) {
        problem = "";
      }
      lastProgress = now;
      sentThrough = Position.BEFORE_ALL;
      LOG.info("Connected to {}", connector.address());
    }
    return greeted;
  }

  private void hangUp(Connection open, String why, long now) {
    if (greeted || problem.isEmpty()) {
      since = clock.instant();
    }
    if (!why.equals(problem)) {
      LOG.warn("No link: {}", why);
    }
    problem = why;
    greeted = false;
    open.close();
    connection = Optional.empty();
    underWay.clear();
    underWayBytes = 0;
    sentThrough = Position.BEFORE_ALL;
    retryAt = now + backoff.next().toNanos();
  }

  private void listen(Connection open, long now) throws IOException {
    Optional<Connection.Message> next = open.poll();
    while (next.isPresent()) {
      Connection.Message message = next.get();
      try {
        if (message.topic().equals(topic(Topic.Channel.ACK))) {
          acknowledge(AckCodec.decode(message.payload()), now);
        } else {
          obey(CommandCodec.decode(message.payload()), open);
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
      underWay.clear();
      underWayBytes = 0;
      sentThrough = Position.BEFORE_ALL;
    } else {
      LOG.warn("Unknown command '{}' was ignored", command.name());
    }
  }

  private void acknowledge(Ack ack, long now) throws IOException {
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
    backlog.acknowledge(ack.epoch(), ack.sequence());
    if (outbox.records() == 0) {
      births.keepOnly(birth);
    }
    var arrived =
        underWay.subMap(
            new Position(ack.epoch(), 0), true, new Position(ack.epoch(), ack.sequence()), true);
    if (!arrived.isEmpty()) {
      arrived.values().forEach(bytes -> underWayBytes -= bytes);
      arrived.clear();
      lastProgress = now;
      backoff.reset();
      if (unanswered) {
        unanswered = false;
        problem = "";
      }
    }
  }

  private void send(Connection open, long now) throws IOException {
    while (underWay.size() < WINDOW && underWayBytes < WINDOW_BYTES) {
      Optional<Backlog.Outgoing> next = backlog.after(sentThrough, this::nothingUnderWay);
      if (next.isEmpty()) {
        return;
      }
      Backlog.Outgoing outgoing = next.get();
      byte[] wire = outgoing.gap().map(this::tell).orElse(outgoing.wire());
      if (!open.publish(topic(Topic.Channel.DATA), wire, false)) {
        return;
      }
      if (underWay.isEmpty()) {
        lastProgress = now;
      }
      underWay.put(outgoing.position(), wire.length);
      underWayBytes += wire.length;
      sentThrough = outgoing.position();
      backlog.sent(outgoing);
    }
  }

  private boolean nothingUnderWay(long ofEpoch) {
    return underWay.keySet().stream().noneMatch(position -> position.epoch() == ofEpoch);
  }

  private void seal() {
    lastSeal = monotonic.getAsLong();
    if (head.isEmpty()) {
      return;
    }
    int samples = head.samples();
    List<Batch.Part> parts = head.takeParts();
    List<Loss> declared = head.takeLosses();
    sequence++;
    Batch batch = new Batch(epoch, sequence, acknowledged, birth.id(), parts, declared);
    byte[] wire = BatchCodec.encode(batch, settings.payload());
    backlog.add(
        new Sealed(
            new Position(epoch, sequence),
            wire,
            head.marks(),
            samples,
            span(parts),
            declared,
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

  private byte[] tell(Gap gap) {
    return BatchCodec.encode(
        new Batch(
            gap.epoch(), gap.last(), gap.last() - 1, birth.id(), List.of(), List.of(gap.loss())),
        settings.payload());
  }

  private String topic(Topic.Channel channel) {
    return new Topic(settings.site(), settings.agent(), channel).toString();
  }

  /** Writes everything to the outbox, says goodbye, and ends the connection. */
  public synchronized void stop() {
    seal();
    backlog.journal(monotonic.getAsLong(), true);
    backlog.sync();
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
        since,
        problem,
        backlog.problem(),
        epoch,
        sequence,
        acknowledged,
        backlog.waiting() + (head.isEmpty() ? 0 : 1),
        outbox.bytes(),
        outbox.records(),
        losses,
        refused);
  }

  private final class Declarations implements Backlog.Declarer {
    @Override
    public Gap dropped(Dropped range) {
      losses++;
      Loss.Reason reason =
          switch (range.reason()) {
            case FULL -> Loss.Reason.OUTBOX_FULL;
            case DAMAGED -> Loss.Reason.OUTBOX_DAMAGED;
          };
      LOG.error(
          "The outbox lost {} batches, {} to {} of epoch {}: {}",
          range.records(),
          range.first(),
          range.last(),
          Long.toHexString(range.epoch()),
          reason);
      return new Gap(
          range.epoch(), range.first(), range.last(), new Loss("*", range.when(), -1, reason));
    }

    @Override
    public Sealed shed(Sealed batch) {
      losses++;
      Position at = batch.position();
      List<Loss> told = new ArrayList<>(batch.losses());
      told.add(new Loss("*", batch.span(), batch.samples(), Loss.Reason.HEAD_FULL));
      byte[] wire =
          BatchCodec.encode(
              new Batch(at.epoch(), at.sequence(), 0, birth.id(), List.of(), told),
              settings.payload());
      return new Sealed(at, wire, batch.marks(), 0, batch.span(), told, batch.nanos());
    }
  }
}
