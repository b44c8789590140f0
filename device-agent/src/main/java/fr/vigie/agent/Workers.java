package fr.vigie.agent;

import fr.vigie.host.Heartbeats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
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
  private final List<Bell> bells = new ArrayList<>();
  private final Runnable onFailure;
  private final Heartbeats hearts;
  private volatile boolean stopped;

  Workers(Heartbeats hearts, Runnable onFailure) {
    this.hearts = hearts;
    this.onFailure = onFailure;
  }

  /**
   * Repeats a step, not sooner than {@code pause} after it began; a step that waited as long itself
   * is followed by the next at once, for every waking costs a small board more than most steps.
   */
  void repeat(String name, Duration pause, Runnable step) {
    long nanos = pause.toNanos();
    repeat(name, new Bell(), begun -> nanos - (System.nanoTime() - begun), step);
  }

  /**
   * Repeats a step when the bell rings, or else after a while.
   *
   * @param idle how long a while is, in nanoseconds; asked for after each step
   */
  void repeat(String name, Bell bell, LongSupplier idle, Runnable step) {
    repeat(name, bell, begun -> idle.getAsLong(), step);
  }

  private void repeat(String name, Bell bell, LongUnaryOperator pause, Runnable step) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (!stopped) {
                  long begun = System.nanoTime();
                  hearts.beat(name);
                  step.run();
                  bell.await(pause.applyAsLong(begun));
                }
                hearts.done(name);
              } catch (InterruptedException e) {
                hearts.done(name);
                Thread.currentThread().interrupt();
              } catch (Throwable e) {
                LOG.error("{} failed, the agent ends", name, e);
                onFailure.run();
              }
            },
            name);
    thread.setDaemon(true);
    threads.add(thread);
    bells.add(bell);
    thread.start();
  }

  /** Ends every worker after its present step, and waits for them, for ten seconds at most. */
  void stop() {
    stopped = true;
    bells.forEach(Bell::ring);
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
