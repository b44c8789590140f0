package fr.vigie.server.upkeep;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The thread of the {@link Upkeep}: steps follow each other with pauses, so that others come by.
 */
@Component
final class UpkeepThread implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(UpkeepThread.class);
  private static final long FIRST_MILLIS = 60_000;
  private static final long BUSY_MILLIS = 200;
  private static final long IDLE_MILLIS = 300_000;

  private final Upkeep upkeep;
  private final List<Chore> chores;
  private volatile boolean running;
  private ScheduledExecutorService executor = Executors.newScheduledThreadPool(0);
  private boolean failing;

  UpkeepThread(Upkeep upkeep, List<Chore> chores) {
    this.upkeep = upkeep;
    this.chores = List.copyOf(chores);
  }

  @Override
  public void start() {
    executor =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "upkeep");
              thread.setDaemon(true);
              thread.setPriority(Thread.MIN_PRIORITY);
              return thread;
            });
    running = true;
    next(FIRST_MILLIS);
  }

  /** A step under way ends by itself; the store waits for it when it is closed. */
  @Override
  public void stop() {
    running = false;
    executor.shutdownNow();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void step() {
    boolean more = false;
    try {
      more = upkeep.step();
      failing = false;
    } catch (IOException | RuntimeException e) {
      if (!failing && running) {
        LOG.warn(
            "the store could not be compacted, or old samples not dropped; nothing is lost and it"
                + " is tried again: {}",
            e.toString());
      }
      failing = true;
    }
    if (!more) {
      chores.forEach(this::run);
    }
    next(more ? BUSY_MILLIS : IDLE_MILLIS);
  }

  private void run(Chore chore) {
    try {
      chore.run();
    } catch (IOException | RuntimeException e) {
      if (running) {
        LOG.warn("{} failed and is tried again: {}", chore, e.toString());
      }
    }
  }

  private void next(long millis) {
    try {
      if (running) {
        executor.schedule(this::step, millis, TimeUnit.MILLISECONDS);
      }
    } catch (RejectedExecutionException e) {
      LOG.trace("the upkeep has been ended", e);
    }
  }
}
