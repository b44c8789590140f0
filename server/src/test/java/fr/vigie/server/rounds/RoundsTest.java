package fr.vigie.server.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(60)
class RoundsTest {
  private static final Duration SHORT = Duration.ofMillis(1);
  private static final Duration NEVER = Duration.ofDays(1);
  private final Logger logger = (Logger) LoggerFactory.getLogger(Rounds.class);
  private final ListAppender<ILoggingEvent> said = new ListAppender<>();

  @BeforeEach
  void listen() {
    said.list = new CopyOnWriteArrayList<>();
    said.start();
    logger.addAppender(said);
  }

  @AfterEach
  void forget() {
    logger.detachAppender(said);
  }

  @Test
  void whatFailsIsSaidOnceUntilItWorksAgainAndHoldsUpNothing() throws InterruptedException {
    AtomicInteger turns = new AtomicInteger();
    CountDownLatch failedTwice = new CountDownLatch(7);
    CountDownLatch other = new CountDownLatch(20);
    Rounds rounds = new Rounds("test") {};
    rounds.every(
        Duration.ZERO,
        SHORT,
        "the lamp could not be lit",
        () -> {
          failedTwice.countDown();
          if (turns.incrementAndGet() % 4 != 0) {
            throw new IOException("no oil");
          }
        });
    rounds.every(Duration.ZERO, SHORT, "never said", other::countDown);

    rounds.start();
    failedTwice.await();
    other.await();
    rounds.stop();

    assertThat(said.list)
        .hasSizeGreaterThanOrEqualTo(2)
        .hasSizeLessThanOrEqualTo(1 + turns.get() / 4)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsOnly("the lamp could not be lit");
  }

  @Test
  void workTellsItsOwnPauseAndAFailureAnother() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(3);
    Rounds rounds = new Rounds("test", Thread.MIN_PRIORITY) {};
    AtomicInteger priority = new AtomicInteger();
    rounds.paced(
        Duration.ZERO,
        SHORT,
        "failed",
        () -> {
          priority.set(Thread.currentThread().getPriority());
          done.countDown();
          if (done.getCount() == 2) {
            throw new IllegalStateException("once");
          }
          return done.getCount() == 0 ? NEVER : SHORT;
        });

    rounds.start();
    done.await();
    assertThat(priority).hasValue(Thread.MIN_PRIORITY);
    assertThat(rounds.isRunning()).isTrue();
    rounds.stop();
    assertThat(rounds.isRunning()).isFalse();
  }

  @Test
  void stopInterruptsWhatIsUnderWayAndSaysNothingOfIt() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Rounds rounds = new Rounds("test") {};
    rounds.every(
        Duration.ZERO,
        SHORT,
        "failed",
        () -> {
          begun.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
            throw new IOException(e);
          }
        });

    rounds.start();
    begun.await();
    rounds.stop();

    assertThat(interrupted.await(50, TimeUnit.SECONDS)).isTrue();
    assertThat(said.list).isEmpty();
  }
}
