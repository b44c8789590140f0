package fr.vigie.agent;

import fr.vigie.host.Heartbeats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only place where the agent makes threads. Each worker repeats one step until the agent stops;
 * a step that fails with anything unforeseen ends the whole process, so that a supervisor starts it
 * anew rather than half of it going on.
 */
final class Workers {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Runnable onFailure;
  private final Heartbeats hearts;

  Workers(Heartbeats hearts, Runnable onFailure) {
    this.hearts = hearts;
    this.onFailure = onFailure;
  }

  /**
   * Repeats a step, not sooner than {@code pause} after it began; a step that waited as long itself
   * is followed by the next at once, for every waking costs a small board more than most steps.
   */
  void repeat(String name, Duration pause, Runnable step) {
    Thread thread =
        new Thread(
            () -> {
              try {
                long begun;
                do {
                  begun = System.nanoTime();
                  hearts.beat(name);
                  step.run();
                } while (!stopWithin(pause.toNanos() - (System.nanoTime() - begun)));
                hearts.done(name);
              } catch (Throwable e) {
                LOG.error("{} failed, the agent ends", name, e);
                onFailure.run();
              }
            },
            name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private boolean stopWithin(long nanos) {
    try {
      return stop.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Ends every worker after its present step, and waits for them, for ten seconds at most. */
  void stop() {
    stop.countDown();
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    for (Thread thread : threads) {
      try {
        thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
