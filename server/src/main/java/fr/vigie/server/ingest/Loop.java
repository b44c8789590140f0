package fr.vigie.server.ingest;

import fr.vigie.host.Heartbeats;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place of ingest that makes threads: does a step again and again until it is ended. A step
 * that fails is told in the log and tried again a second later; one that meets an error of the JVM
 * ends the whole process, so that a supervisor starts it anew.
 */
final class Loop {
  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

  private final CountDownLatch ending = new CountDownLatch(1);
  private final Heartbeats hearts;
  private final Thread thread;

  /** One turn; returns soon when nothing is to be done. */
  interface Step {
    void run(Loop loop) throws InterruptedException;
  }

  private Loop(String name, Heartbeats hearts, Step step) {
    this.hearts = hearts;
    this.thread = new Thread(() -> run(step), name);
    thread.setDaemon(true);
  }

  /**
   * @param hearts hear of every turn
   */
  static Loop start(String name, Heartbeats hearts, Step step) {
    Loop loop = new Loop(name, hearts, step);
    loop.thread.start();
    return loop;
  }

  /** Waits, or less when the loop is being ended. */
  void pause(Duration length) throws InterruptedException {
    boolean ended = ending.await(length.toNanos(), TimeUnit.NANOSECONDS);
    LOG.trace("paused, ended: {}", ended);
  }

  /** Lets the running step finish; interrupts it when it takes longer than {@code patience}. */
  void end(Duration patience) throws InterruptedException {
    ending.countDown();
    thread.join(patience.toMillis());
    if (thread.isAlive()) {
      thread.interrupt();
      thread.join(patience.toMillis());
    }
  }

  private void run(Step step) {
    try {
      while (ending.getCount() > 0) {
        hearts.beat(thread.getName());
        try {
          step.run(this);
        } catch (RuntimeException e) {
          LOG.error("{} failed and goes on", thread.getName(), e);
          pause(Duration.ofSeconds(1));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Error e) {
      LOG.error("{} cannot go on, the server ends", thread.getName(), e);
      Runtime.getRuntime().halt(1);
    } finally {
      hearts.done(thread.getName());
    }
  }
}
