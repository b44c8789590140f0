package fr.vigie.server.web;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter.SseEventBuilder;

/**
 * Clients that follow a stream of events, at most {@value #MOST} of them. Of each subject only the
 * newest event waits for a client, so a slow one takes no more memory; one that takes no event for
 * {@value #PATIENCE_SECONDS} seconds is dropped. Safe for use by several threads.
 */
@Component
final class Screens implements SmartLifecycle {
  static final int MOST = 100;
  static final int PATIENCE_SECONDS = 10;
  private static final int PULSE_SECONDS = 5;

  private final InstantSource clock;
  private final Set<Screen> screens = ConcurrentHashMap.newKeySet();
  private final ThreadPoolExecutor senders =
      new ThreadPoolExecutor(
          0, MOST, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), threads("screen"));
  private final ScheduledExecutorService pulse =
      new ScheduledThreadPoolExecutor(1, threads("screen-pulse"));
  private volatile boolean running;

  Screens(InstantSource clock) {
    this.clock = clock;
  }

  /** What a client is sent; made only once the client is ready for it. */
  record Event(String name, Supplier<String> data) {}

  /**
   * A new client.
   *
   * @param language of what it is sent; empty when that is the same in all
   * @throws Problem when there are too many
   */
  Screen open(String language) {
    if (screens.size() >= MOST) {
      throw Problem.busy("problem.clients");
    }
    Screen screen = new Screen(language);
    screens.add(screen);
    screen.offer("time", time());
    return screen;
  }

  /** All clients of now. */
  List<Screen> all() {
    return List.copyOf(screens);
  }

  int size() {
    return screens.size();
  }

  private Event time() {
    return new Event("time", () -> clock.instant().toString());
  }

  private void beat() {
    for (Screen screen : screens) {
      if (screen.isStuck(System.nanoTime())) {
        screen.close();
      } else {
        screen.offer("time", time());
      }
    }
  }

  @Override
  public void start() {
    pulse.scheduleWithFixedDelay(this::beat, PULSE_SECONDS, PULSE_SECONDS, TimeUnit.SECONDS);
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    pulse.shutdownNow();
    screens.forEach(Screen::close);
    senders.shutdownNow();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private static ThreadFactory threads(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** One client. */
  final class Screen {
    private final SseEmitter emitter = new SseEmitter(0L);
    private final String language;
    private final Map<String, Event> waiting = new LinkedHashMap<>();
    private boolean sending;
    private boolean closed;
    private volatile long sendingSince;

    private Screen(String language) {
      this.language = language;
      emitter.onCompletion(this::gone);
      emitter.onError(error -> gone());
      emitter.onTimeout(this::close);
    }

    SseEmitter emitter() {
      return emitter;
    }

    String language() {
      return language;
    }

    /** Sends an event as soon as the client is ready, unless a newer one of the subject comes. */
    synchronized void offer(String subject, Event event) {
      if (closed) {
        return;
      }
      waiting.put(subject, event);
      if (!sending) {
        try {
          sending = true;
          sendingSince = System.nanoTime();
          senders.execute(this::send);
        } catch (RejectedExecutionException e) {
          sending = false;
        }
      }
    }

    private void send() {
      try {
        for (List<Event> events = next(); !events.isEmpty(); events = next()) {
          for (Event event : events) {
            sendingSince = System.nanoTime();
            SseEventBuilder builder = SseEmitter.event().name(event.name());
            if (event.name().equals("time")) {
              builder.reconnectTime(2_000);
            }
            emitter.send(builder.data(event.data().get()));
          }
        }
      } catch (IOException | RuntimeException e) {
        close();
      }
    }

    private synchronized List<Event> next() {
      List<Event> events = closed ? List.of() : new ArrayList<>(waiting.values());
      waiting.clear();
      sending = !events.isEmpty();
      return events;
    }

    private synchronized boolean isStuck(long nanos) {
      return sending && nanos - sendingSince > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    }

    private void close() {
      gone();
      emitter.complete();
    }

    private void gone() {
      synchronized (this) {
        closed = true;
        waiting.clear();
      }
      screens.remove(this);
    }
  }
}
