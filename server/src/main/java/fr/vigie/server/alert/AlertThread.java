package fr.vigie.server.alert;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** The thread on which rules are judged. */
@Component
final class AlertThread implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(AlertThread.class);
  private static final long MILLIS = 5_000;

  private final Alerts alerts;
  private volatile boolean running;
  private ScheduledExecutorService executor = Executors.newScheduledThreadPool(0);

  AlertThread(Alerts alerts) {
    this.alerts = alerts;
  }

  @Override
  public void start() {
    executor =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "alerts");
              thread.setDaemon(true);
              return thread;
            });
    executor.scheduleWithFixedDelay(() -> run(alerts::step), MILLIS, MILLIS, TimeUnit.MILLISECONDS);
    executor.scheduleWithFixedDelay(() -> run(alerts::forgetOld), 1, 24, TimeUnit.HOURS);
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

  private void run(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      if (running) {
        LOG.error("alerts could not be judged, it is tried again", e);
      }
    }
  }
}
