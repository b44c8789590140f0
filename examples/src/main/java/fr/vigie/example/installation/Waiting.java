package fr.vigie.example.installation;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for what another process does, since none of them can call back. */
public final class Waiting {
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private Waiting() {}

  /** Something that is so or is not yet. */
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws IOException;
  }

  /**
   * Looks until the condition holds.
   *
   * @return whether it did within {@code patience}
   * @throws InterruptedException when this thread is to stop
   */
  public static boolean until(Duration patience, Condition condition)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    CountDownLatch never = new CountDownLatch(1);
    while (!condition.holds()) {
      if (System.nanoTime() - start >= patience.toNanos()) {
        return false;
      }
      never.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }
    return true;
  }
}
