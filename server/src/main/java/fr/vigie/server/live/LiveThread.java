package fr.vigie.server.live;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** The thread on which the {@link LiveBoard} looks at machines. */
@Component
final class LiveThread implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(LiveThread.class);
  private static final long MILLIS = 50;

  private final LiveBoard board;
  private volatile boolean running;
  private ScheduledExecutorService executor = Executors.newScheduledThreadPool(0);

  LiveThread(LiveBoard board) {
    this.board = board;
  }

  @Override
  public void start() {
    executor =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "live-board");
              thread.setDaemon(true);
              return thread;
            });
    executor.scheduleWithFixedDelay(this::step, 0, MILLIS, TimeUnit.MILLISECONDS);
    running = true;
  }

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
    try {
      board.step();
    } catch (RuntimeException e) {
      LOG.error("the live board failed", e);
    }
  }
}
