package fr.vigie.server.ingest;

import fr.vigie.server.ingest.Progress.Epoch;
import fr.vigie.server.store.IncomingBatch;
import fr.vigie.server.store.Store;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One turn of ingest: reads what waits, writes all of it at once, and only then acknowledges. While
 * one group is written the next gathers in the inbox, so that a slow disk makes groups larger
 * instead of the queue longer; when a write takes longer than a second they become smaller again,
 * so that agents hear of their batches in time. For one thread.
 */
final class Ingest {
  private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);
  private static final int MOST_BATCHES = 512;
  private static final int MOST_SAMPLES = 200_000;
  private static final long MOST_BYTES = 8L << 20;
  private static final long LONGEST_WRITE = TimeUnit.SECONDS.toNanos(1);

  private final Inbox inbox;
  private final Reader reader;
  private final Store store;
  private final Progress progress;
  private final Replies replies;
  private final Ledger ledger;
  private final Unborn unborn = new Unborn();
  private final List<Waiting> group = new ArrayList<>();
  private final Fingerprints fingerprints = new Fingerprints();
  private int mostBatches = MOST_BATCHES;
  private int samples;
  private long bytes;

  /** A batch on its way into the store. */
  private record Waiting(Arrival arrival, IncomingBatch batch, int samples) {
    Epoch epoch() {
      return new Epoch(batch.source(), batch.epoch());
    }
  }

  Ingest(
      Inbox inbox, Reader reader, Store store, Progress progress, Replies replies, Ledger ledger) {
    this.inbox = inbox;
    this.reader = reader;
    this.store = store;
    this.progress = progress;
    this.replies = replies;
    this.ledger = ledger;
  }

  /**
   * Waits for messages and works them off.
   *
   * @return whether there was anything to do
   * @throws IOException when the store cannot take them now; what was read is kept, and the next
   *     turn tries again
   */
  boolean step(Duration wait) throws IOException, InterruptedException {
    boolean any = !group.isEmpty();
    if (!any) {
      any = gather(wait);
    }
    try {
      commit();
    } catch (IOException e) {
      answerAnyway(e);
      throw e;
    }
    answerTurnedAway();
    replies.flush();
    return any;
  }

  /** Agents that hear how far they are stored stay, and send again later. */
  private void answerAnyway(IOException trouble) {
    try {
      group.forEach(waiting -> replies.due(waiting.epoch()));
      answerTurnedAway();
      replies.flush();
    } catch (IOException e) {
      trouble.addSuppressed(e);
    }
  }

  private void answerTurnedAway() {
    for (String topic : inbox.takeTurnedAway()) {
      reader.source(topic).flatMap(ledger::epoch).ifPresent(replies::due);
    }
  }

  private boolean gather(Duration wait) throws IOException, InterruptedException {
    Optional<Arrival> next = inbox.poll(wait);
    boolean any = next.isPresent();
    while (next.isPresent()) {
      Arrival arrival = next.get();
      boolean kept = false;
      try {
        kept = take(arrival);
      } finally {
        if (!kept) {
          arrival.settled().run();
        }
      }
      next = isFull() ? Optional.empty() : inbox.poll();
    }
    return any;
  }

  private boolean isFull() {
    return group.size() >= mostBatches || samples >= MOST_SAMPLES || bytes >= MOST_BYTES;
  }

  /** Whether the message waits for the store now. */
  private boolean take(Arrival arrival) throws IOException {
    Reading reading = reader.read(arrival.topic(), arrival.payload());
    if (reading instanceof Reading.Taken taken) {
      return add(arrival, taken.batch(), taken.samples());
    }
    if (reading instanceof Reading.Refused refused) {
      Epoch epoch = new Epoch(refused.stub().source(), refused.stub().epoch());
      boolean fresh = add(arrival, refused.stub(), 0);
      if (fresh) {
        ledger.refused(arrival, epoch, refused.reason());
        progress.refused(epoch, refused.stub().sequence(), refused.reason());
      }
      return fresh;
    }
    if (reading instanceof Reading.Born born) {
      ledger.born(born.source(), born.birth());
      for (Arrival held : unborn.release(born.source())) {
        take(held);
      }
    } else if (reading instanceof Reading.Told told) {
      ledger.told(told.source(), told.state());
      if (told.state().online()) {
        replies.due(new Epoch(told.source(), told.state().epoch()));
        told.state().kept().forEach(epoch -> replies.due(new Epoch(told.source(), epoch)));
      }
    } else if (reading instanceof Reading.Unborn early) {
      unborn.hold(early.source(), arrival);
      replies.ask(early.source(), arrival.at());
    } else if (reading instanceof Reading.Unreadable unreadable) {
      ledger.unreadable(arrival, unreadable.reason());
    }
    return false;
  }

  private boolean add(Arrival arrival, IncomingBatch batch, int itsSamples) throws IOException {
    Epoch epoch = new Epoch(batch.source(), batch.epoch());
    if (batch.floor() > 0 && !progress.isTold(epoch)) {
      replies.due(epoch);
      return false;
    }
    if (!batch.parts().isEmpty()
        && fingerprints.differs(epoch, batch.sequence(), arrival.payload())) {
      conflict(arrival, epoch, batch.sequence());
      return false;
    }
    if (batch.sequence() <= progress.mark(epoch)) {
      ledger.duplicate(batch.source());
      replies.due(epoch);
      return false;
    }
    samples += itsSamples;
    bytes += arrival.payload().length;
    return group.add(new Waiting(arrival, batch, itsSamples));
  }

  private void conflict(Arrival arrival, Epoch epoch, long sequence) throws IOException {
    String reason =
        "batch "
            + sequence
            + " of epoch "
            + Long.toHexString(epoch.epoch())
            + " came before with other content: two agents have one identity. The second batch is"
            + " kept as a dead letter. If the data folder of one was copied from the other, run"
            + " 'agent reset-identity' on the copy";
    ledger.conflict(arrival, epoch, reason);
    progress.refused(epoch, sequence, reason);
    replies.due(epoch);
  }

  private void commit() throws IOException {
    if (group.isEmpty()) {
      return;
    }
    int size = group.size();
    long began = System.nanoTime();
    List<IncomingBatch> batches = group.stream().map(Waiting::batch).toList();
    int fresh;
    try {
      fresh = store.write(batches);
    } catch (RuntimeException e) {
      LOG.error("the store refused a group of batches; trying each alone", e);
      fresh = writeEach();
    }
    pace(size, System.nanoTime() - began);
    settle(group.size() - fresh);
  }

  private void pace(int batches, long took) {
    mostBatches =
        took > LONGEST_WRITE
            ? (int) Math.max(1, batches * LONGEST_WRITE / took)
            : Math.min(MOST_BATCHES, 2 * mostBatches);
  }

  /** What is durable leaves the group first: whatever fails after, it is not tried again. */
  private void settle(int known) throws IOException {
    List<Waiting> durable = List.copyOf(group);
    group.clear();
    samples = 0;
    bytes = 0;
    Set<Epoch> epochs = new LinkedHashSet<>();
    for (Waiting waiting : durable) {
      waiting.arrival().settled().run();
      epochs.add(waiting.epoch());
    }
    for (Epoch epoch : epochs) {
      ledger.mark(epoch, progress.refresh(epoch));
      replies.due(epoch);
    }
    ledger.duplicates(known);
    List<IncomingBatch> shown = new ArrayList<>(durable.size());
    for (Waiting waiting : durable) {
      ledger.stored(waiting.batch(), waiting.samples());
      ledger.acknowledged(Duration.ofNanos(System.nanoTime() - waiting.arrival().at()));
      if (!waiting.batch().parts().isEmpty()) {
        shown.add(waiting.batch());
      }
    }
    ledger.committed(shown);
  }

  private int writeEach() throws IOException {
    int fresh = 0;
    for (int i = 0; i < group.size(); i++) {
      Waiting waiting = group.get(i);
      try {
        fresh += store.write(List.of(waiting.batch()));
      } catch (RuntimeException e) {
        Waiting stub = new Waiting(waiting.arrival(), reader.stub(waiting.batch()), 0);
        if (!takesStub(stub)) {
          group.remove(i--);
          waiting.arrival().settled().run();
          ledger.unreadable(
              waiting.arrival(), "the store takes neither it nor a note of its refusal: " + e);
          continue;
        }
        fresh++;
        group.set(i, stub);
        ledger.refused(waiting.arrival(), stub.epoch(), "the store cannot take it: " + e);
        progress.refused(stub.epoch(), stub.batch().sequence(), String.valueOf(e.getMessage()));
      }
    }
    return fresh;
  }

  private boolean takesStub(Waiting stub) throws IOException {
    try {
      return store.write(List.of(stub.batch())) >= 0;
    } catch (RuntimeException e) {
      LOG.error("the store refused even a note of a refusal; the others go on", e);
      return false;
    }
  }
}
