package fr.vigie.server.ingest;

import fr.vigie.server.store.IncomingBatch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands commits to listeners; holds the latest few and drops the oldest. */
final class Feed {
  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
  private static final int MOST_COMMITS = 64;

  private final List<IngestListener> listeners;
  private final LinkedBlockingDeque<List<IncomingBatch>> waiting = new LinkedBlockingDeque<>();
  private final LongAdder dropped = new LongAdder();

  Feed(List<IngestListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  /** Never blocks. */
  void offer(List<IncomingBatch> batches) {
    if (listeners.isEmpty() || batches.isEmpty()) {
      return;
    }
    waiting.addLast(batches);
    while (waiting.size() > MOST_COMMITS && waiting.pollFirst() != null) {
      dropped.increment();
    }
  }

  /** Hands on one commit, or returns when none comes in time. */
  void step(Duration wait) throws InterruptedException {
    List<IncomingBatch> batches = waiting.pollFirst(wait.toNanos(), TimeUnit.NANOSECONDS);
    if (batches == null) {
      return;
    }
    for (IngestListener listener : listeners) {
      try {
        listener.committed(batches);
      } catch (RuntimeException e) {
        LOG.error("a listener of new samples failed", e);
      }
    }
  }

  long dropped() {
    return dropped.sum();
  }
}
