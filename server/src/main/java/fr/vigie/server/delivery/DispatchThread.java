package fr.vigie.server.delivery;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** The thread on which messages go out; a slow receiver holds up nothing else. */
@Component
final class DispatchThread implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(DispatchThread.class);
  private static final long MILLIS = 1_000;
  private static final long FORGET_HOURS = 24;

  private final Dispatch dispatch;
  private final Outgoing outgoing;
  private volatile boolean running;
  private ScheduledExecutorService executor = Executors.newScheduledThreadPool(0);

  DispatchThread(Dispatch dispatch, Outgoing outgoing) {
    this.dispatch = dispatch;
    this.outgoing = outgoing;
  }

  @Override
  public void start() {
    executor =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "dispatch");
              thread.setDaemon(true);
              return thread;
            });
    executor.scheduleWithFixedDelay(
        () -> run(dispatch::step), MILLIS, MILLIS, TimeUnit.MILLISECONDS);
    executor.scheduleWithFixedDelay(
        () -> run(outgoing::forgetOld), 1, FORGET_HOURS, TimeUnit.HOURS);
    running = true;
  }

  /** A message that is under way may be sent again after the next start, with its id. */
  @Override
  public void stop() {
    running = false;
    executor.shutdownNow();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void run(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      if (running) {
        LOG.error("messages could not be sent, it is tried again", e);
      }
    }
  }
}
