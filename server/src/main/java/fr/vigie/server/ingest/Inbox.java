package fr.vigie.server.ingest;

import java.time.Duration;
import java.util.Optional;
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
  private final long mostBytes;
  private final LinkedBlockingQueue<Arrival> queue;
  private final AtomicLong bytes = new AtomicLong();
  private final LongAdder turnedAway = new LongAdder();

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

  private Optional<Arrival> taken(Optional<Arrival> arrival) {
    arrival.ifPresent(message -> bytes.addAndGet(-message.payload().length));
    return arrival;
  }
}
