package fr.vigie.server.rounds;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * A thread on which the same things are done again and again while the server runs. What fails is
 * logged once until it works again, and does not hold up what comes after it.
 */
public abstract class Rounds implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  private final String name;
  private final int priority;
  private final List<Round> rounds = new ArrayList<>();
  private volatile boolean running;
  private ScheduledExecutorService executor = Executors.newScheduledThreadPool(0);

  /**
   * @param name of the thread
   */
  protected Rounds(String name) {
    this(name, Thread.NORM_PRIORITY);
  }

  protected Rounds(String name, int priority) {
    this.name = name;
    this.priority = priority;
  }

  /** Something that may fail. */
  public interface Work {
    void run() throws IOException;
  }

  /** Something that may fail and tells after which pause it is to be done again. */
  public interface Paced {
    Duration run() throws IOException;
  }

  /**
   * @param first pause before the first time
   * @param pause between the end of one time and the start of the next
   * @param failure said when it fails: what could not be done, and what becomes of it
   */
  protected final void every(Duration first, Duration pause, String failure, Work work) {
    paced(
        first,
        pause,
        failure,
        () -> {
          work.run();
          return pause;
        });
  }

  /**
   * @param afterFailure pause before it is tried again
   */
  protected final void paced(Duration first, Duration afterFailure, String failure, Paced work) {
    rounds.add(new Round(first, afterFailure, failure, work));
  }

  @Override
  public final void start() {
    executor =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              thread.setPriority(priority);
              return thread;
            });
    running = true;
    rounds.forEach(round -> next(round, round.first));
  }

  /** Interrupts what is under way, and does not wait for its end. */
  @Override
  public final void stop() {
    running = false;
    executor.shutdownNow();
  }

  @Override
  public final boolean isRunning() {
    return running;
  }

  private void next(Round round, Duration pause) {
    try {
      if (running) {
        executor.schedule(() -> next(round, turn(round)), pause.toNanos(), TimeUnit.NANOSECONDS);
      }
    } catch (RejectedExecutionException e) {
      LOG.trace("{} has been ended", name, e);
    }
  }

  private Duration turn(Round round) {
    try {
      Duration pause = round.work.run();
      round.failing = false;
      return pause;
    } catch (IOException | RuntimeException e) {
      if (running && !round.failing) {
        LOG.error("{}", round.failure, e);
      }
      round.failing = true;
      return round.afterFailure;
    }
  }

  private static final class Round {
    private final Duration first;
    private final Duration afterFailure;
    private final String failure;
    private final Paced work;
    private boolean failing;

    private Round(Duration first, Duration afterFailure, String failure, Paced work) {
      this.first = first;
      this.afterFailure = afterFailure;
      this.failure = failure;
      this.work = work;
    }
  }
}
