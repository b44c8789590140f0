package fr.vigie.server;

import fr.vigie.host.Supervisor;
import fr.vigie.host.Watchdog;
import fr.vigie.server.ingest.IngestService;
import jakarta.annotation.PreDestroy;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells systemd that the server is ready, stops, and how it does; feeds its watchdog. */
@Component
class Supervision {
  private final Supervisor supervisor =
      Supervisor.of(System.getenv(), ProcessHandle.current().pid());
  private final IngestService ingest;
  private final Watchdog watchdog;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "vigie-watchdog");
            thread.setDaemon(true);
            return thread;
          });

  Supervision(IngestService ingest) {
    this.ingest = ingest;
    this.watchdog = new Watchdog(supervisor, ingest.hearts());
  }

  @EventListener(ApplicationReadyEvent.class)
  void ready() {
    supervisor.ready(line());
    if (supervisor.watchdog().isPresent()) {
      long every = watchdog.every().toMillis();
      timer.scheduleWithFixedDelay(
          () -> watchdog.step(line()), every, every, TimeUnit.MILLISECONDS);
    }
  }

  @EventListener(ContextClosedEvent.class)
  void stopping() {
    supervisor.stopping();
  }

  @PreDestroy
  void end() {
    timer.shutdownNow();
  }

  private String line() {
    return ingest
        .storeTrouble()
        .map(
            trouble -> "the store takes nothing since " + trouble.since() + ": " + trouble.reason())
        .or(() -> ingest.brokerTrouble().map(reason -> "no broker: " + reason))
        .orElseGet(() -> ingest.agents().agents().size() + " agents, all is well");
  }
}
