package fr.vigie.server.ingest;

import fr.vigie.host.Heartbeats;
import fr.vigie.server.store.Store;
import fr.vigie.wire.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ingest as a running whole: a connection to the broker, a thread that works, one that tells. */
public final class IngestService {
  /**
   * The subscription to batches. It ends in a level that matches nothing more, so that a broker can
   * tell it from the subscriptions of others to the same topics.
   */
  public static final String DATA_FILTER = Topic.filter(Topic.Channel.DATA) + "/#";

  private static final Logger LOG = LoggerFactory.getLogger(IngestService.class);
  private static final Duration TURN = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MOST_MESSAGES = 4_096;
  private static final long MOST_BYTES = 16L << 20;

  private final InstantSource clock;
  private final Heartbeats hearts = new Heartbeats(System::nanoTime);
  private final Inbox inbox = new Inbox(MOST_MESSAGES, MOST_BYTES);
  private final AgentDirectory agents;
  private final DeadLetters letters;
  private final Feed feed;
  private final Ingest ingest;
  private final BrokerSession session;
  private final Backoff storeBackoff;
  private volatile @Nullable Trouble trouble;
  private @Nullable Loop connecting;
  private @Nullable Loop working;
  private @Nullable Loop telling;

  /** Why nothing is stored, and since when. */
  public record Trouble(Instant since, String reason) {}

  /** As the other, of agents that it reads from the folder itself. */
  public IngestService(
      Store store,
      Supplier<String> generation,
      BrokerAccess broker,
      Path folder,
      List<IngestListener> listeners,
      MeterRegistry registry,
      InstantSource clock) {
    this(
        store,
        generation,
        broker,
        folder,
        listeners,
        registry,
        clock,
        AgentDirectory.open(folder, clock, AgentDirectory.SKEW_LIMIT));
  }

  /**
   * @param generation which history of the store this is: another text when it was put back from a
   *     copy or replaced; empty when that is not known
   * @param folder for births and dead letters
   * @param agents of the same folder
   */
  public IngestService(
      Store store,
      Supplier<String> generation,
      BrokerAccess broker,
      Path folder,
      List<IngestListener> listeners,
      MeterRegistry registry,
      InstantSource clock,
      AgentDirectory agents) {
    RandomGenerator random = RandomGenerator.getDefault();
    this.clock = clock;
    this.agents = agents;
    this.letters = new DeadLetters(folder.resolve("dead-letters"), clock);
    Births births = Births.of(folder);
    this.feed = new Feed(listeners);
    this.session =
        new BrokerSession(
            broker, inbox, new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10), random));
    this.storeBackoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5), random);
    IngestMeters meters = new IngestMeters(registry);
    Progress progress = new Progress(store, generation);
    Replies replies = new Replies(progress, session, () -> UUID.randomUUID().toString());
    Ledger ledger = new Ledger(births, agents, letters, meters, feed, clock);
    this.ingest = new Ingest(inbox, new Reader(births, clock), store, progress, replies, ledger);
    gauges(meters);
  }

  public void start() {
    telling = Loop.start("vigie-live", hearts, loop -> feed.step(TURN));
    working = Loop.start("vigie-ingest", hearts, this::work);
    connecting = Loop.start("vigie-broker", hearts, session::step);
  }

  /** Takes no more, works off what was taken, and ends; within about fifteen seconds. */
  public void stop() {
    try {
      session.stopTaking();
      end(working);
      flush();
      end(connecting);
      session.close();
      end(telling);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Of the threads that ingest lives by. */
  public Heartbeats hearts() {
    return hearts;
  }

  public AgentDirectory agents() {
    return agents;
  }

  public DeadLetters deadLetters() {
    return letters;
  }

  /** Why the broker is not connected, empty when it is. */
  public Optional<String> brokerTrouble() {
    return session.trouble();
  }

  /** Why the store takes nothing, empty when it does. */
  public Optional<Trouble> storeTrouble() {
    return Optional.ofNullable(trouble);
  }

  private void work(Loop loop) throws InterruptedException {
    try {
      if (ingest.step(TURN) && trouble != null) {
        LOG.info("the store takes batches again");
        trouble = null;
        storeBackoff.reset();
      }
    } catch (IOException e) {
      if (trouble == null) {
        LOG.error(
            "the store takes nothing, agents keep what they have and send it again later: {}",
            e.toString());
        trouble = new Trouble(clock.instant(), String.valueOf(e.getMessage()));
      }
      loop.pause(storeBackoff.next());
    }
  }

  private void flush() throws InterruptedException {
    Instant deadline = clock.instant().plus(PATIENCE);
    try {
      while (ingest.step(Duration.ZERO) && clock.instant().isBefore(deadline)) {
        LOG.debug("working off {} messages", inbox.size());
      }
    } catch (IOException e) {
      LOG.warn(
          "stopped with {} messages that agents will send again: {}", inbox.size(), e.toString());
    }
  }

  private static void end(@Nullable Loop loop) throws InterruptedException {
    if (loop != null) {
      loop.end(PATIENCE);
    }
  }

  private void gauges(IngestMeters meters) {
    meters.gauge("inbox.messages", "messages that wait", inbox, Inbox::size);
    meters.gauge("inbox.bytes", "bytes of the messages that wait", inbox, Inbox::bytes);
    meters.gauge("inbox.turned.away", "messages that found no room", inbox, Inbox::turnedAway);
    meters.gauge("dead.letters", "messages that could not be read", letters, DeadLetters::came);
    meters.gauge(
        "dead.letters.dropped", "dead letters that were not kept", letters, DeadLetters::dropped);
    meters.gauge("feed.dropped", "commits that a slow listener missed", feed, Feed::dropped);
    meters.gauge("agents", "agents heard of", agents, seen -> seen.agents().size());
    meters.gauge("agents.skewed", "clocks that are wrong", agents, seen -> seen.skews().count());
  }
}
