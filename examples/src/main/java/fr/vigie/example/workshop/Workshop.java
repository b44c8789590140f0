package fr.vigie.example.workshop;

import fr.vigie.example.ledger.Ledger;
import fr.vigie.example.terminal.Cable;
import fr.vigie.example.terminal.PseudoTerminal;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A running workshop of two machines: a press with a microcontroller beside it and a filling
 * machine with a PLC, each on a serial line of its own.
 */
public final class Workshop implements Closeable {
  public static final String PRESS = "press";
  public static final String PRESS_SENSOR = "companion";
  public static final String FILLER = "filler";
  public static final String FILLER_SENSOR = "plc";

  /** How many values both machines say in a second of their time. */
  public static final int SAMPLES_PER_SECOND = 10 * 4 + 6;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final PseudoTerminal pressLine;
  private final PseudoTerminal fillerLine;
  private final Ledger ledger;
  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile Optional<IOException> failure = Optional.empty();

  private Workshop(Path folder) throws IOException {
    Files.createDirectories(folder);
    this.ledger = new Ledger(folder.resolve("ledger"));
    this.pressLine = PseudoTerminal.open(folder.resolve(PRESS));
    this.fillerLine = PseudoTerminal.open(folder.resolve(FILLER));
  }

  /** Lays the lines {@code press} and {@code filler} in a folder; nothing speaks yet. */
  public static Workshop lay(Path folder) throws IOException {
    return new Workshop(folder);
  }

  /** The ledger's file. */
  public static Path ledger(Path folder) {
    return folder.resolve("ledger");
  }

  /**
   * Lays a cable from a machine's line to another port.
   *
   * @param machine {@link #PRESS} or {@link #FILLER}
   */
  public Cable cable(String machine, Path port) throws IOException {
    return Cable.lay(machine.equals(PRESS) ? pressLine : fillerLine, port);
  }

  /** Switches both machines on. */
  public void start(long seed, InstantSource clock, LongSupplier monotonic) {
    run(
        new Speaker(
            PRESS_SENSOR,
            PRESS,
            new Press(seed),
            FrameVoice.companion(clock.instant().getEpochSecond()),
            pressLine,
            ledger,
            clock.instant()),
        PRESS,
        monotonic);
    run(
        new Speaker(
            FILLER_SENSOR,
            FILLER,
            new Filler(seed + 1),
            new LineVoice(),
            fillerLine,
            ledger,
            clock.instant()),
        FILLER,
        monotonic);
  }

  /**
   * @throws IOException when a machine could not go on speaking
   */
  public void mustSpeak() throws IOException {
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  /** Whether a line holds bytes that nobody has read yet. */
  public boolean hasUnread() throws IOException {
    return pressLine.waiting() || fillerLine.waiting();
  }

  /** Switches both machines off after what they are saying; their lines stay. */
  public void stop() throws IOException {
    stop.countDown();
    try {
      for (Thread thread : threads) {
        thread.join(PATIENCE.toMillis());
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      threads.forEach(Thread::interrupt);
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    stop();
    pressLine.close();
    fillerLine.close();
    ledger.close();
  }

  private void run(Speaker speaker, String name, LongSupplier monotonic) {
    long start = monotonic.getAsLong();
    Thread thread =
        new Thread(
            () -> {
              try {
                do {
                  speaker.step(Duration.ofNanos(monotonic.getAsLong() - start));
                } while (!stoppedBefore(speaker.next(), start, monotonic));
              } catch (InterruptedIOException e) {
                Thread.currentThread().interrupt();
              } catch (IOException e) {
                failure = Optional.of(e);
              }
            },
            name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private boolean stoppedBefore(Duration next, long start, LongSupplier monotonic) {
    long wait = next.toNanos() - (monotonic.getAsLong() - start);
    try {
      return stop.await(Math.max(0, wait), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
