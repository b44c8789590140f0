package fr.vigie.agent;

import static org.assertj.core.api.Assertions.assertThat;

import fr.vigie.host.Heartbeats;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTest {
  private final AtomicLong nanos = new AtomicLong();
  private final Heartbeats hearts = new Heartbeats(nanos::get);
  private final CountDownLatch failed = new CountDownLatch(1);
  private final Workers workers = new Workers(hearts, failed::countDown);

  @Test
  void aWorkerThatDoesNotComeBackIsFoundAndTheOthersAreNot() throws InterruptedException {
    CountDownLatch device = new CountDownLatch(1);
    CountDownLatch inside = new CountDownLatch(1);
    Semaphore turns = new Semaphore(0);
    workers.repeat(
        "sensor press",
        Duration.ZERO,
        () -> {
          inside.countDown();
          awaitQuietly(device);
        });
    workers.repeat("courier", Duration.ofMillis(1), turns::release);
    inside.await();
    turns.acquire();
    nanos.set(Duration.ofSeconds(40).toNanos());
    turns.drainPermits();
    turns.acquire(2);

    assertThat(hearts.stuck(Duration.ofSeconds(30)))
        .map(Heartbeats.Stuck::toString)
        .contains("sensor press has been stuck for 40 s");

    device.countDown();
    while (hearts.stuck(Duration.ofSeconds(30)).isPresent()) {
      Thread.onSpinWait();
    }
    workers.stop();
    assertThat(hearts.stuck(Duration.ZERO)).isEmpty();
  }

  @Test
  void aWorkerIsRungForAtWorkOrAtRest() throws InterruptedException {
    Bell bell = new Bell();
    Semaphore turns = new Semaphore(0);
    Semaphore mayEnd = new Semaphore(0);
    workers.repeat(
        "courier",
        bell,
        Duration.ofDays(1)::toNanos,
        () -> {
          turns.release();
          mayEnd.acquireUninterruptibly();
        });
    turns.acquire();
    bell.ring();
    bell.ring();
    mayEnd.release();
    assertThat(turns.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    mayEnd.release();

    bell.ring();
    assertThat(turns.tryAcquire(30, TimeUnit.SECONDS)).isTrue();

    mayEnd.release();
    workers.stop();
    assertThat(hearts.stuck(Duration.ZERO)).isEmpty();
  }

  @Test
  void aWorkerThatMeetsAnErrorOfTheMachineEndsTheProcess() throws InterruptedException {
    workers.repeat(
        "courier",
        Duration.ZERO,
        () -> {
          throw new OutOfMemoryError("Java heap space");
        });

    assertThat(failed.await(30, TimeUnit.SECONDS)).isTrue();
    workers.stop();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
