package fr.vigie.agent;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What a worker waits beside until it is rung for. Rung while it works, it does not wait at all.
 */
final class Bell {
  private final Semaphore rings = new Semaphore(0);

  /** For any thread; does not block. */
  void ring() {
    rings.release();
  }

  /**
   * Waits for a ring, or until the time is over. For one thread.
   *
   * @throws InterruptedException when the thread is to end
   */
  void await(long nanos) throws InterruptedException {
    if (rings.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
      rings.drainPermits();
    }
  }
}
