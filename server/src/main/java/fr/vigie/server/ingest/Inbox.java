package fr.vigie.server.ingest;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Messages that wait for the ingest thread, bounded in number and bytes. When it is full a message
 * is turned away and counted: its agent still keeps it and sends it again. Safe for several
 * threads.
 */
final class Inbox {
  private static final int MOST_TOPICS = 10_000;

  private final long mostBytes;
  private final LinkedBlockingQueue<Arrival> queue;
  private final AtomicLong bytes = new AtomicLong();
  private final LongAdder turnedAway = new LongAdder();
  private final Set<String> topics = ConcurrentHashMap.newKeySet();

  Inbox(int mostMessages, long mostBytes) {
    this.queue = new LinkedBlockingQueue<>(mostMessages);
    this.mostBytes = mostBytes;
  }

  /** Never blocks; false when the message was turned away. */
  boolean offer(Arrival arrival) {
    int size = arrival.payload().length;
    if (bytes.addAndGet(size) > mostBytes || !queue.offer(arrival)) {
      bytes.addAndGet(-size);
      turnedAway.increment();
      if (topics.size() < MOST_TOPICS) {
        topics.add(arrival.topic());
      }
      return false;
    }
    return true;
  }

  /** The next message, empty when none comes in time. */
  Optional<Arrival> poll(Duration wait) throws InterruptedException {
    return taken(Optional.ofNullable(queue.poll(wait.toNanos(), TimeUnit.NANOSECONDS)));
  }

  /** The next message, empty when none waits. */
  Optional<Arrival> poll() {
    return taken(Optional.ofNullable(queue.poll()));
  }

  int size() {
    return queue.size();
  }

  long bytes() {
    return bytes.get();
  }

  long turnedAway() {
    return turnedAway.sum();
  }

  /** The topics of what was turned away since the last call. */
  Set<String> takeTurnedAway() {
    if (topics.isEmpty()) {
      return Set.of();
    }
    Set<String> taken = Set.copyOf(topics);
    topics.removeAll(taken);
    return taken;
  }

  private Optional<Arrival> taken(Optional<Arrival> arrival) {
    arrival.ifPresent(message -> bytes.addAndGet(-message.payload().length));
    return arrival;
  }
}
